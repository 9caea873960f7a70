import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { BenchRecord } from '../../../bench/record.js';
import { temporaryFolder } from '../../fixtures/clips.js';

const folder = temporaryFolder('benches');
afterAll(() => folder.remove());

/** As little work as each can do. */
const BENCHES: Readonly<Record<string, readonly string[]>> = {
  engine: ['--repeats', '1', '--rounds', '1', '--frames', '2'],
  pipeline: ['--seconds', '1', '--rounds', '1'],
  store: ['--samples', '20000', '--days', '2', '--repeats', '1', '--ingest-seconds', '1'],
  years: ['--days', '3', '--contacts', '30', '--visits', '20'],
  socket: ['--subscribers', '4', '--seconds', '1'],
  ingest: ['--seconds', '1', '--rounds', '1', '--streams', '1'],
};

it.each(Object.entries(BENCHES))(
  'bench/%s.ts runs and writes its figures',
  { timeout: 300_000 },
  async (name, options) => {
    const file = join(folder.path, `${name}.json`);
    const args = ['--import', 'tsx', `bench/${name}.ts`, ...options, '--json', file];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code, complaints).toBe(0);
    const { bench, ranOn, tables } = JSON.parse(readFileSync(file, 'utf8')) as BenchRecord;
    expect(bench).toBe(name);
    expect(ranOn.cores).toBeGreaterThan(0);
    expect(tables.length).toBeGreaterThan(0);
    for (const { columns, rows } of tables) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row).toHaveLength(columns.length);
        expect(row.join(' ')).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  },
);
