import { describe, expect, it } from 'vitest';
import { checkGroup } from '../../../fixtures/observations.js';
import { DAY, TestClock } from '../stores.js';
import { onEveryEngine } from './engines.js';

const DAY_MS = 86_400_000;
const PERIOD = { fromTs: DAY, toTs: DAY + DAY_MS };

onEveryEngine((stores) => {
  describe('checks that are told together', () => {
    it('come back as they were made, by time, of the cameras asked for, also after opening again', async () => {
      const { store, config } = await stores.file();
      const groups = [
        checkGroup({ ts: DAY + 1000 }),
        checkGroup({ ts: DAY + 2000, level: 'wide', k: 20, threshold: 22.5 }),
        checkGroup({ ts: DAY + 3000, streamId: 'вход «2»' }),
      ];
      store.append({ checkGroups: groups.toReversed() });
      await store.flush();
      expect(await store.checkGroups(PERIOD)).toEqual(groups);
      expect(await store.checkGroups({ ...PERIOD, streams: ['door'] })).toEqual(groups.slice(0, 2));
      await store.close();
      const again = await stores.open(config);
      expect(await again.checkGroups(PERIOD)).toEqual(groups);
      expect(again.health().stored.checkGroups).toBe(3);
    });

    it('are made once: one that shares a check with a kept one of its level is dropped', async () => {
      const store = await stores.memory();
      const first = checkGroup({ ts: DAY });
      const [check] = first.checks;
      if (check === undefined) throw new Error('a group has checks');
      const wide = { ...first, id: 'wide', level: 'wide' as const };
      store.append({ checkGroups: [first] });
      await store.flush();
      // The same again, and one with another check beside: their difference would be that check.
      const more = { ...first, id: 'more', checks: [check, { ...check, id: 'another' }] };
      store.append({ checkGroups: [first, more, wide] });
      await store.flush();
      expect(await store.checkGroups(PERIOD)).toEqual([first, wide]);
      store.append({ checkGroups: [{ ...first, id: 'elsewhere', streamId: 'hall' }] });
      await store.flush();
      expect(await store.checkGroups(PERIOD)).toHaveLength(3);
    });

    it('live as long as visits do, and not as long as samples', async () => {
      const clock = new TestClock(DAY + 40 * DAY_MS);
      const store = await stores.memory({ retention: { samples: '10d', rollups: '60d' } }, clock);
      store.append({ checkGroups: [checkGroup({ ts: DAY }), checkGroup({ ts: DAY + 30 * DAY_MS })] });
      await store.maintain();
      expect(store.health().stored.checkGroups).toBe(2);
    });
  });
});
