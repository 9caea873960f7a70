import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../fixtures/run-cli.js';

// What most systems give to new files: everybody may read them.
process.umask(0o022);
const folder = mkdtempSync(join(tmpdir(), 'emoscope-private-'));
const at = (name: string): string => join(folder, name);
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const config = at('emoscope.yaml');
writeFileSync(config, `store: { path: ${at('data/emoscope.duckdb')} }\nserver: { accounts: ${at('accounts.json')} }\n`);

const run = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await runCli([...args, '--config', config]);
  expect(code, stderr).toBe(0);
  return stdout;
};
const filesFound = async () => {
  const { stdout } = await runCli(['doctor', '--json', '--config', config]);
  const { findings } = JSON.parse(stdout) as { findings: { name: string; outcome: string; detail: string }[] };
  return findings.find(({ name }) => name === 'files');
};

describe('what is stored is its owner’s alone', () => {
  it('the store, its folder and backups; a report is for handing on', async () => {
    await run('report', 'me1', '--last', '1h', '--format', 'csv', '--out', at('report.csv'));
    expect(modeOf(at('data'))).toBe('700');
    expect(modeOf(at('data/emoscope.duckdb'))).toBe('600');
    expect(modeOf(at('report.csv'))).toBe('644');
    await run('backup', at('backup.duckdb'));
    expect(modeOf(at('backup.duckdb'))).toBe('600');
  });

  it('doctor names files that others may open, and a store of before is closed to them', async () => {
    chmodSync(at('data/emoscope.duckdb'), 0o644);
    expect(await filesFound()).toMatchObject({ outcome: 'warning', detail: expect.stringContaining(config) as string });
    expect(modeOf(at('data/emoscope.duckdb'))).toBe('600');
    chmodSync(config, 0o640);
    expect(await filesFound()).toMatchObject({ outcome: 'ok' });
  });
});
