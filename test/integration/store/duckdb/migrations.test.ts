import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, it } from 'vitest';
import { migrate, SCHEMA_VERSION } from '../../../../src/store/duckdb/file/migrate.js';
import { MIGRATIONS } from '../../../../src/store/duckdb/migrations/index.js';
import { sample } from '../../../fixtures/store-rows.js';
import { DAY, storeConfig, Stores } from '../stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

/** The columns of samples as every version has them. */
const SAMPLE_COLUMNS = `seq, ts, stream, zone, role, track, happiness, surprise, anger, disgust, fear, sadness, neutral,
  raw_happiness, raw_surprise, raw_anger, raw_disgust, raw_fear, raw_sadness, raw_neutral, mood, age, gender, yaw, pitch,
  roll, attention, box_x, box_y, box_width, box_height, size_px, quality, faces_in_frame`;

/** A file as a program of that version left it: two samples, their second and an audit entry. */
const oldFile = async (path: string, version: number): Promise<void> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await migrate(connection, version);
  for (const [n, happiness] of [10, 90].entries()) {
    await connection.run(
      `INSERT INTO samples (${SAMPLE_COLUMNS}) VALUES (1, ${DAY + n}, 'a', NULL, 'customer', 't${n}', ${happiness}, 0, 0, 0, 0, 0, 10,
        ${happiness}, 0, 0, 0, 0, 0, 10, 50, 30, 0.9, 0, 0, 0, true, 0.1, 0.1, 0.1, 0.1, 80, 0.5, 1)`,
    );
  }
  await connection.run(
    `INSERT INTO frames (seq, ts, stream, zone, role, analysed, with_faces, faces)
     VALUES (1, ${DAY}, 'a', NULL, 'customer', 5, 2, 2)`,
  );
  await connection.run(`INSERT INTO commits VALUES (1, 'old-batch')`);
  await connection.run(
    `INSERT INTO audit VALUES (7, ${DAY}, 'security', 'cli', 'auth.login', NULL, 'allowed', NULL, NULL),
      (8, ${DAY}, 'security', 'user:anna', 'auth.logout', NULL, 'refused', '127.0.0.1', 'r1')`,
  );
  connection.closeSync();
  instance.closeSync();
};

describe('migrations', () => {
  it('are numbered from 1 without gaps', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, n) => n + 1));
  });

  it.each(MIGRATIONS.map(({ version, name }) => [version, name]))(
    'bring a file of version %i (%s) to the present one with all its rows',
    async (version) => {
      const path = join(await stores.folder(), 'old.duckdb');
      await oldFile(path, version);
      const store = await stores.open(storeConfig({ path }));
      expect(store.health()).toMatchObject({ schemaVersion: SCHEMA_VERSION, stored: { samples: 2, frames: 1 } });
      await store.maintain();
      const query = { fromTs: DAY, toTs: DAY + 60_000, threshold: 50, smileIndex: 'face' } as const;
      for (const source of ['raw', 'rollups'] as const) {
        const { aggregates } = await store.me1(query, source);
        expect(aggregates).toMatchObject([{ samples: 2, absolute: 1, analysedFrames: 5, framesWithFaces: 2 }]);
      }
      const anna = {
        kind: 'security',
        actor: 'user:anna',
        action: 'auth.logout',
        address: '127.0.0.1',
        requestId: 'r1',
      };
      const end = { ts: DAY, phase: 'finished', of: null, target: null };
      expect(await store.formerAudit({ limit: 5 })).toEqual([
        { ...end, ...anna, seq: 0, outcome: 'refused' },
        {
          ...end,
          ...anna,
          seq: -1,
          actor: 'cli',
          action: 'auth.login',
          outcome: 'allowed',
          address: null,
          requestId: null,
        },
      ]);
      expect(await store.formerAudit({ beforeSeq: 0, limit: 5 })).toMatchObject([{ seq: -1 }]);
      // What the old program had committed is still recognised, and new rows come after it.
      store.append({ id: 'old-batch', samples: [sample({ ts: DAY + 5, trackId: 'again' })] });
      store.append({ id: 'new-batch', samples: [sample({ ts: DAY + 6, trackId: 'new' })] });
      await store.maintain();
      expect((await store.me1(query)).aggregates[0]?.samples).toBe(3);
    },
  );

  it('leave the file as it was when one fails', async () => {
    const path = join(await stores.folder(), 'old.duckdb');
    await oldFile(path, 1);
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run('CREATE TABLE rollup_state (mine INTEGER)');
    await expect(migrate(connection)).rejects.toThrow();
    const versions = await connection.runAndReadAll('SELECT max(version) FROM schema_versions');
    expect(versions.getRows()).toEqual([[1]]);
    const tables = await connection.runAndReadAll(
      "SELECT count(*)::INTEGER FROM duckdb_tables() WHERE table_name = 'rollups'",
    );
    expect(tables.getRows()).toEqual([[0]]);
    connection.closeSync();
    instance.closeSync();
  });
});
