import { describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../../../fixtures/same-numbers.js';
import { contact, crowd } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
  describe('repeated batches', () => {
    it('stores a named batch once, in one commit, across commits and after opening again', async () => {
      const { store, config } = await stores.file();
      const batch = { id: 'edge-1:17', ...crowd({ seed: 3, fromTs: DAY, minutes: 1 }), contacts: [contact()] };
      store.append(batch);
      store.append(batch);
      await store.flush();
      store.append(batch);
      await store.flush();
      const period = { fromTs: DAY, toTs: DAY + 60_000, threshold: 20, smileIndex: 'face' } as const;
      const before = await store.me1(period);
      await store.close();
      const again = await stores.open(config);
      again.append(batch);
      await again.flush();
      // DuckDB's threads add up the same rows in any order.
      expectSameNumbers((await again.me1(period)).aggregates, before.aggregates, 1e-9);
      const sum = before.aggregates.reduce((total, { samples }) => total + samples, 0);
      expect(sum).toBe(batch.samples.length);
      expect(before.aggregates.reduce((total, { analysedFrames }) => total + analysedFrames, 0)).toBe(
        batch.frames.reduce((total, { analysed }) => total + analysed, 0),
      );
    });

    it('recognises samples, tracks and contacts by themselves when the batch has no name', async () => {
      const store = await stores.memory();
      const { samples, tracks } = crowd({ seed: 4, fromTs: DAY, minutes: 1 });
      for (let n = 0; n < 3; n += 1) {
        store.append({ samples, tracks, contacts: [contact({ startTs: DAY })] });
        store.append({ samples });
        await store.flush();
      }
      await store.maintain();
      expect(store.health().stored).toEqual({
        samples: samples.length,
        frames: 0,
        tracks: tracks.length,
        contacts: 1,
        observations: 0,
        checkGroups: 0,
      });
    });
  });
});
