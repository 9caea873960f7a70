import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contact, crowd, sample } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

const PERIOD = { fromTs: DAY, toTs: DAY + 3_600_000, limit: 1e6 };

onEveryEngine((stores) => {
  describe('a backup', () => {
    it('holds what was appended before it, whole, while rows go on coming, and opens as a store', async () => {
      const { store, config, folder } = await stores.file();
      const rows = crowd({ seed: 31, fromTs: DAY, minutes: 3 });
      store.append({ ...rows, contacts: [contact({ startTs: DAY })] });
      let later = 0;
      const coming = setInterval(() => {
        store.append({ samples: [sample({ ts: DAY + 1_800_000 + later, trackId: `later-${later}` })] });
        later += 1;
      }, 1);
      const copy = join(folder, 'copy');
      try {
        await store.backup(copy);
      } finally {
        clearInterval(coming);
      }
      await expect(store.backup(copy)).rejects.toMatchObject({ code: 'CONFLICT' });
      const before = (samples: readonly { readonly ts: number }[]) => samples.filter(({ ts }) => ts < DAY + 1_800_000);
      const expected = before(await store.samples(PERIOD));
      const opened = await stores.open({ ...config, path: copy });
      const found = await opened.samples(PERIOD);
      expect(before(found)).toEqual(expected);
      expect(expected).toHaveLength(rows.samples.length);
      expect(found.length).toBeLessThanOrEqual(rows.samples.length + later);
      expect(await opened.tracks(PERIOD)).toEqual(await store.tracks(PERIOD));
      expect(await opened.contact('c1')).toEqual(contact({ startTs: DAY }));
    });
  });
});
