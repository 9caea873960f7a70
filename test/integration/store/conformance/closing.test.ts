import { describe, expect, it } from 'vitest';
import { crowd } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

const PERIOD = { fromTs: DAY, toTs: DAY + 3_600_000, threshold: 20, smileIndex: 'face' } as const;

onEveryEngine((stores) => {
  describe('a closed store', () => {
    it('has committed what waited, refuses everything and closes once', async () => {
      const { store, config } = await stores.file();
      const rows = crowd({ seed: 8, fromTs: DAY, minutes: 1 });
      store.append(rows);
      await Promise.all([store.close(), store.close()]);
      store.append(rows);
      await expect(store.flush()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
      await expect(store.me1(PERIOD)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
      expect(store.health().state).toBe('closed');
      const again = await stores.open(config);
      expect(again.health().stored.samples).toBe(rows.samples.length);
    });
  });
});
