import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { printedSeed } from '../../../fixtures/seeded.js';
import { seeded } from '../../../fixtures/store-rows.js';
import { writeAndKill } from './killed.js';
import { storeConfig, Stores } from '../stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

it('survives kill -9: what was confirmed is there, without holes, and only the newest rows are missing', async () => {
  const path = join(await stores.folder(), 'emoscope.duckdb');
  const seed = printedSeed('kill -9');
  const random = seeded(seed);
  let start = 0;
  for (let round = 0; round < 4; round += 1) {
    const killed = await writeAndKill(path, start, 20 + Math.floor(random() * 120), random() * 50);
    const store = await stores.open(storeConfig({ path }));
    const stored = await store.samples({ fromTs: 0, toTs: killed.appended + 1000, limit: 1e9 });
    // A commit takes whole turns in order, so whatever survived is a beginning of what was appended.
    expect(stored.map(({ ts }) => ts)).toEqual(Array.from({ length: stored.length }, (_, n) => n));
    expect(stored.length).toBeGreaterThanOrEqual(killed.committed);
    const query = { fromTs: 0, toTs: 60_000_000, threshold: 50, smileIndex: 'face' } as const;
    const raw = await store.me1(query, 'raw');
    const rolled = await store.me1(query, 'rollups');
    // A kill before the very first commit leaves a sound store without rows.
    expect(raw.aggregates).toHaveLength(stored.length === 0 ? 0 : 1);
    if (stored.length > 0) {
      expect(raw.aggregates[0]).toMatchObject({ samples: stored.length, framesWithFaces: stored.length / 20 });
    }
    expect(rolled.aggregates[0]?.absolute).toBe(raw.aggregates[0]?.absolute);
    start = stored.length;
    await store.close();
  }
}, 240_000);
