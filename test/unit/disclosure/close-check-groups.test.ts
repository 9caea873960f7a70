import { describe, expect, it } from 'vitest';
import {
  closeCheckGroups,
  fewestTold,
  withoutOverlaps,
  type CheckWindow,
  type ToldStretch,
  type ZoneVisit,
} from '../../../src/disclosure/close-check-groups.js';
import { LinearAttack } from '../../fixtures/linear-attack.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { seeded } from '../../fixtures/store-rows.js';

const K = 5;
const MINUTE = 60_000;
const cell = (at: number, minutes = 15, role = 'entrance'): ToldStretch => ({
  role,
  fromTs: at * MINUTE,
  toTs: (at + minutes) * MINUTE,
});
const window = (id: string, at: number, minutes = 5): CheckWindow => ({
  id,
  fromTs: at * MINUTE,
  toTs: (at + minutes) * MINUTE,
});
const visit = (at: number, zoneId: string | null = null, role = 'entrance'): ZoneVisit => ({
  startTs: at * MINUTE,
  role,
  zoneId,
});
/** One visitor in each minute. */
const each = (from: number, to: number): ZoneVisit[] => Array.from({ length: to - from }, (_, at) => visit(from + at));

describe('how few people a sum of answers speaks of', () => {
  it('is the lesser of who came in and beside the windows, stretch by stretch and zone by zone', () => {
    const cells = [cell(0), cell(15)];
    expect(fewestTold([window('a', 0)], cells, each(0, 30))).toBe(5);
    expect(fewestTold([window('a', 0, 12)], cells, each(0, 30))).toBe(3);
    expect(fewestTold([window('a', 0, 15)], cells, each(0, 30))).toBe(0);
    expect(fewestTold([window('a', 13)], cells, each(0, 30))).toBe(2 + 3);
    const zoned = each(0, 15).map((one, at) => ({ ...one, zoneId: at % 2 === 0 ? 'shelf' : null }));
    // In the window 3 of the shelf's 8 and 2 of the other 7.
    expect(fewestTold([window('a', 0)], cells, zoned)).toBe(5);
    expect(
      fewestTold([window('a', 0)], cells, [...each(0, 5), ...each(5, 7).map((one) => ({ ...one, zoneId: 'till' }))]),
    ).toBe(0);
  });
});

describe('groups of checks', () => {
  const rules = { k: K, minVisits: K };
  const close = (waiting: readonly CheckWindow[], visits: readonly ZoneVisit[], grouped: readonly CheckWindow[] = []) =>
    closeCheckGroups({ waiting, grouped, stretches: [cell(0), cell(15), cell(30), cell(45)], visits }, rules);

  it('wait until enough people are in and beside them', () => {
    expect(close([window('a', 0)], each(0, 60)).groups).toEqual([['a']]);
    // One in six minutes: of 3 in a cell one is in the window, so that five cells would be needed.
    const sparse = each(0, 60).filter((_, at) => at % 6 === 0);
    const four = [0, 15, 30, 45].map((at, n) => window(String(n), at));
    expect(close(four, sparse).groups).toEqual([]);
  });

  it('take together what lies in one stretch, and what reaches over its end', () => {
    const visits = each(0, 60);
    expect(close([window('b', 8, 4), window('a', 0)], visits).groups).toEqual([['a', 'b']]);
    expect(close([window('a', 12), window('b', 25, 2), window('c', 40)], visits).groups).toEqual([['a', 'b'], ['c']]);
  });

  it('are made of what is told of alone, and set aside what comes to a stretch that was given out', () => {
    const late = { waiting: [window('c', 58)], grouped: [], stretches: [cell(0), cell(15), cell(30), cell(45)] };
    expect(closeCheckGroups({ ...late, visits: each(0, 70) }, rules)).toEqual({ groups: [], setAside: [] });
    expect(close([window('b', 9)], each(0, 60), [window('a', 0)])).toEqual({ groups: [], setAside: ['b'] });
    // A role that was first seen later keeps nobody waiting, one that is behind does.
    const stretches = [cell(0), cell(15), cell(15, 15, 'customer')];
    const two = { waiting: [window('a', 0), window('b', 16)], grouped: [], visits: each(0, 30) };
    expect(closeCheckGroups({ ...two, stretches }, rules).groups).toEqual([['a'], ['b']]);
    const behind = [cell(0), cell(15), cell(0, 15, 'customer')];
    expect(closeCheckGroups({ ...two, stretches: behind }, rules).groups).toEqual([['a']]);
  });

  it('leave out during which an earlier one was going on', () => {
    const windows = [window('a', 0), window('b', 4), window('c', 5), window('d', 9, 1)];
    expect(withoutOverlaps(windows).map(({ id }) => id)).toEqual(['a', 'c']);
  });
});

const SEED = printedSeed('check groups');

describe('an attacker who chooses the windows', () => {
  let told = 0;

  it.each(Array.from({ length: 12 }, (_, round) => round))(
    'finds nobody among fewer than k, whatever is asked of cells, zones and groups (%i)',
    (round) => {
      const random = seeded(SEED + round);
      const visits: ZoneVisit[] = [];
      const stretches: ToldStretch[] = [];
      for (const role of round % 3 === 0 ? ['entrance', 'exit'] : ['entrance']) {
        const zones = round % 2 === 0 ? [null] : [null, 'shelf'];
        for (let at = 0; at < 120; at += 15) {
          stretches.push(cell(at, 15, role));
          // Each zone of a cell that may be told apart has k visitors of its own.
          for (const zone of zones)
            for (let n = 0; n < K + Math.floor(random() * 4); n += 1)
              visits.push(visit(at + Math.floor(random() * 15), zone, role));
        }
      }
      visits.sort((a, b) => a.startTs - b.startTs);
      // Windows to the minute, many of them all but one visitor of a cell; they come in three lots, in any order.
      const windows = Array.from({ length: 14 }, (_, n) =>
        window(String(n).padStart(2, '0'), Math.floor(random() * 112), 1 + Math.floor(random() * 15)),
      );
      const kept = withoutOverlaps(windows);
      const groups: CheckWindow[][] = [];
      for (const until of [4, 9, 14]) {
        const known = new Set(groups.flat().map(({ id }) => id));
        const waiting = kept.filter(({ id }) => Number(id) < until && !known.has(id));
        const closed = closeCheckGroups({ waiting, grouped: groups.flat(), stretches, visits }, { k: K, minVisits: K });
        groups.push(...closed.groups.map((ids) => kept.filter(({ id }) => ids.includes(id))));
      }
      told += groups.length;
      const attack = new LinearAttack(visits.length);
      const who = (isIn: (visit: ZoneVisit) => boolean): number[] =>
        visits.flatMap((one, at) => (isIn(one) ? [at] : []));
      for (const { role, fromTs, toTs } of stretches) {
        for (const zone of [null, 'shelf'])
          attack.add(
            who((one) => one.role === role && one.zoneId === zone && one.startTs >= fromTs && one.startTs < toTs),
            1,
          );
      }
      for (const group of groups)
        attack.add(
          who(({ startTs }) => group.some(({ fromTs, toTs }) => startTs >= fromTs && startTs < toTs)),
          1,
        );
      expect(attack.fewest(K)).toBeNull();
    },
  );

  it('has answers to start from', () => {
    expect(told).toBeGreaterThan(12);
  });

  it('would find somebody where a check were told as soon as it is made', () => {
    const visits = each(0, 15);
    const attack = new LinearAttack(visits.length);
    attack.add(visits.keys(), 1);
    attack.add([...visits.keys()].slice(0, 14), 1);
    expect(attack.fewest(K)).toEqual([14]);
    const alone = { waiting: [window('a', 0, 14)], grouped: [], stretches: [cell(0)], visits };
    expect(closeCheckGroups(alone, { k: K, minVisits: K }).groups).toEqual([]);
  });
});
