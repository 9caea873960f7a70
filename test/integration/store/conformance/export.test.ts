import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/store/ports/store.js';
import { crowd, sample, summaryOf } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
  const query = { fromTs: DAY, toTs: DAY + 3_600_000, minorsAge: 18, kAnonymity: 1 } as const;

  const csvRows = async (store: Store, fields: object = {}): Promise<Record<string, string>[]> => {
    const { stream, bytes, rows } = await store.exportSamples({ ...query, format: 'csv', ...fields });
    const content = await text(stream);
    expect(Buffer.byteLength(content)).toBe(bytes);
    const [head = '', ...lines] = content.trimEnd().split('\n');
    expect(lines).toHaveLength(rows);
    const names = head.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, n) => [names[n] ?? '', cell])));
  };

  describe('an export of samples', () => {
    it('as CSV has a head, one line a sample in order of time, and exact values', async () => {
      const { store, folder } = await stores.file();
      const rows = crowd({ seed: 1, fromTs: DAY, minutes: 3 });
      const grown = rows.samples.map((row) => ({ ...row, age: row.age === null ? null : Math.max(18, row.age) }));
      store.append({ samples: grown });
      await store.flush();
      const found = await csvRows(store);
      expect(found.map(({ ts }) => Number(ts))).toEqual(grown.map(({ ts }) => ts));
      expect(found[0]).toMatchObject({
        time_utc: new Date(grown[0]?.ts ?? 0).toISOString(),
        stream: grown[0]?.streamId,
      });
      expect(found.reduce((sum, { happiness }) => sum + Number(happiness), 0)).toBeCloseTo(
        grown.reduce((sum, { emotions }) => sum + emotions.happiness, 0),
        6,
      );
      // Nothing of it stays on disk.
      expect((await readdir(folder)).filter((name) => name.includes('export'))).toEqual([]);
    });

    it('as Parquet can be read by another program', async () => {
      const { store, folder } = await stores.file();
      const { samples } = crowd({ seed: 2, fromTs: DAY, minutes: 2 });
      store.append({ samples: samples.map((row) => ({ ...row, age: 40 })) });
      await store.flush();
      const { stream, rows } = await store.exportSamples({ ...query, format: 'parquet' });
      const path = join(folder, 'copy.parquet');
      await writeFile(path, await buffer(stream));
      const reader = await (await DuckDBInstance.create(':memory:')).connect();
      const answer = await reader.runAndReadAll(`SELECT count(*)::INTEGER, sum(happiness) FROM '${path}'`);
      const [[count, sum] = []] = answer.getRows();
      expect(count).toBe(rows);
      expect(rows).toBe(samples.length);
      expect(Number(sum)).toBeCloseTo(
        samples.reduce((total, { emotions }) => total + emotions.happiness, 0),
        4,
      );
    });

    it('leaves out minors by the age of their visit, or of their samples while the visit lasts', async () => {
      const store = await stores.memory();
      const adult = [0, 1, 2].map((n) => sample({ ts: DAY + n, trackId: 'adult', age: n === 0 ? 15 : 40 }));
      const child = [0, 1].map((n) => sample({ ts: DAY + n, trackId: 'child', age: n === 0 ? 30 : 14 }));
      const unknown = [sample({ ts: DAY, trackId: 'unknown', age: null })];
      const young = [sample({ ts: DAY, trackId: 'young', age: 17.9 })];
      store.append({
        samples: [...adult, ...child, ...unknown, ...young],
        tracks: [
          { ...summaryOf(adult), age: 35 },
          { ...summaryOf(child), age: 16 },
        ],
      });
      await store.flush();
      const tracks = (await csvRows(store)).map(({ track }) => track);
      expect(new Set(tracks)).toEqual(new Set(['adult', 'unknown']));
      expect(tracks.filter((track) => track === 'adult')).toHaveLength(3);
      const younger = new Set((await csvRows(store, { minorsAge: 16 })).map(({ track }) => track));
      expect(younger).toEqual(new Set(['adult', 'unknown', 'young', 'child']));
    });

    it('leaves out streams and roles with too few visitors, minors not counted among them', async () => {
      const store = await stores.memory();
      const visitors = (streamId: string, count: number, age: number, from = 0) =>
        Array.from({ length: count }, (_, n) =>
          sample({ ts: DAY + n, streamId, trackId: `${streamId}${from + n}`, age }),
        );
      store.append({
        samples: [...visitors('many', 5, 30), ...visitors('few', 4, 30), ...visitors('few', 3, 12, 10)],
      });
      await store.flush();
      const streams = new Set((await csvRows(store, { kAnonymity: 5 })).map(({ stream }) => stream));
      expect(streams).toEqual(new Set(['many']));
      expect(await csvRows(store, { kAnonymity: 6 })).toEqual([]);
      expect(await csvRows(store, { roles: ['seller'] })).toEqual([]);
    });

    it('stops when whoever asked has gone, and a vanished reader leaves nothing behind', async () => {
      const { store, folder } = await stores.file();
      store.append({ samples: [sample({ ts: DAY })] });
      await store.flush();
      const gone = AbortSignal.abort();
      await expect(store.exportSamples({ ...query, format: 'csv', signal: gone })).rejects.toThrow(/abort/i);
      const { stream } = await store.exportSamples({ ...query, format: 'csv' });
      stream.destroy();
      expect((await readdir(folder)).filter((name) => name.includes('export'))).toEqual([]);
      await expect(store.exportSamples({ ...query, toTs: DAY, format: 'csv' })).rejects.toMatchObject({
        code: 'PERIOD_INVALID',
      });
    });
  });
});
