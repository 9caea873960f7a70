import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../../src/contracts/emotion.js';
import { AGE_BUCKETS } from '../../../../src/contracts/me1.js';
import { GENDERS } from '../../../../src/contracts/figures/gender.js';
import type { CrossTab } from '../../../../src/contracts/figures/visitors-schema.js';
import { groupsOf } from '../../../fixtures/visitors.js';
import { addedCrossTab } from '../../../../src/metrics/faces/cross-tab/added-cross-tab.js';
import { cellOf, crossTab, type CrossTabGroup } from '../../../../src/metrics/faces/cross-tab/cross-tab.js';
import { atOnce } from '../../../../src/runtime/turns.js';
import { attack } from './attacker.js';
import { scores } from '../faces.js';

const limits = { kAnonymity: 5, minorsAge: 18 };
const AGES = [...AGE_BUCKETS, 'undetermined'] as const;

const group = (gender: CrossTabGroup['gender'], age: CrossTabGroup['age'], emotion: CrossTabGroup['emotion']) => {
  return (visitors: number): CrossTabGroup => ({ gender, age, emotion, visitors });
};

/** A day of a shop: most cells empty or tiny, a few large. */
const anyGroups = fc.array(
  fc.record({
    gender: fc.constantFrom(...GENDERS),
    age: fc.constantFrom(...AGES),
    emotion: fc.constantFrom(...EMOTIONS),
    visitors: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 5, max: 300 })),
  }),
  { minLength: 1, maxLength: 40 },
);

const recomputed = (tab: CrossTab): number =>
  attack(tab).filter(({ cell, low, high }) => cell.hidden === 'small' && low === high).length;

describe('crossTab', () => {
  it('shows counts of k and more with their margins, and hides what is smaller', () => {
    const tab = crossTab(
      [
        group('female', '20-30', 'happiness')(40),
        group('male', '20-30', 'happiness')(30),
        group('female', '30-40', 'neutral')(20),
        group('male', '30-40', 'neutral')(3),
        group('male', '30-40', 'happiness')(12),
        group('female', '20-30', 'neutral')(9),
      ],
      limits,
    );
    expect(cellOf(tab, {})).toEqual({ ...cellOf(tab, {}), visitors: 114, hidden: null });
    expect(cellOf(tab, { gender: 'male', age: '30-40', emotion: 'neutral' })).toMatchObject({
      visitors: null,
      hidden: 'small',
    });
    expect(recomputed(tab)).toBe(0);
    expect(tab.cells.filter(({ visitors }) => visitors !== null).length).toBeGreaterThan(5);
  });

  it('leaves minors out and counts visitors of undetermined age', () => {
    const visitors = [17.9, 18, 40, null].map((age) => ({ age, gender: 0.9, emotions: scores({ happiness: 80 }) }));
    expect(groupsOf(visitors, 18).map(({ age }) => age)).toEqual(['-20', '40-50', 'undetermined']);
  });

  it('hides all of fewer than k visitors', () => {
    const tab = crossTab([group('female', '20-30', 'neutral')(4)], limits);
    expect(cellOf(tab, {})).toMatchObject({ visitors: null, hidden: 'small' });
    expect(tab.cells.every(({ visitors }) => visitors === null)).toBe(true);
  });

  it('gives no breakdown where the marks alone would tell: four and four of eight', () => {
    const tab = crossTab([group('female', '20-30', 'neutral')(4), group('male', '20-30', 'neutral')(4)], limits);
    expect(cellOf(tab, {})).toMatchObject({ visitors: 8, hidden: null });
    expect(tab.cells.filter(({ hidden }) => hidden !== 'complement')).toHaveLength(1);
    expect(cellOf(tab, { gender: 'male' })).toMatchObject({ visitors: null, hidden: 'complement' });
    expect(cellOf(tab, { gender: 'undetermined' })).toMatchObject({ visitors: null, hidden: 'complement' });
  });

  it('hides nothing when k is 1', () => {
    const tab = crossTab([group('female', '20-30', 'neutral')(1), group('male', '20-30', 'anger')(3)], {
      ...limits,
      kAnonymity: 1,
    });
    expect(tab.cells.every(({ hidden }) => hidden === null)).toBe(true);
    expect(cellOf(tab, { gender: 'female', emotion: 'anger' }).visitors).toBe(0);
  });

  it('falls to the attack where only the small cells are hidden: the attack is a real one', () => {
    const tab = crossTab([group('female', '20-30', 'neutral')(10), group('male', '20-30', 'neutral')(2)], {
      ...limits,
      kAnonymity: 1,
    });
    const naive = {
      ...tab,
      kAnonymity: 5,
      cells: tab.cells.map((cell) =>
        cell.gender === 'male' ? { ...cell, visitors: null, hidden: 'small' as const } : cell,
      ),
    };
    expect(recomputed(naive)).toBeGreaterThan(0);
  });

  it('holds against linear reasoning over all its sums, marks and bounds', () => {
    fc.assert(
      fc.property(anyGroups, fc.integer({ min: 2, max: 8 }), (groups, kAnonymity) => {
        expect(recomputed(crossTab(groups, { ...limits, kAnonymity }))).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('holds where most counts lie next to k and the table is small', () => {
    const near = fc.array(
      fc.record({
        gender: fc.constantFrom(...GENDERS.slice(0, 2)),
        age: fc.constantFrom(...AGES.slice(1, 3)),
        emotion: fc.constantFrom(...EMOTIONS.slice(0, 2)),
        visitors: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 2, maxLength: 10 },
    );
    fc.assert(
      fc.property(near, fc.integer({ min: 2, max: 5 }), (groups, kAnonymity) => {
        expect(recomputed(crossTab(groups, { ...limits, kAnonymity }))).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('hides no more than a sixth of the visitors of a busy day from the table of gender and age', () => {
    const groups = GENDERS.slice(0, 2).flatMap((gender, g) =>
      AGE_BUCKETS.flatMap((age, a) =>
        EMOTIONS.map((emotion, e) => group(gender, age, emotion)(Math.floor(200 / (1 + 2 * e + a + g)))),
      ),
    );
    const tab = crossTab(groups, limits);
    const shown = AGE_BUCKETS.flatMap((age) =>
      GENDERS.slice(0, 2).map((gender) => cellOf(tab, { gender, age }).visitors ?? 0),
    );
    expect(shown.reduce((sum, n) => sum + n, 0)).toBeGreaterThan((5 / 6) * (cellOf(tab, {}).visitors ?? Infinity));
    expect(recomputed(tab)).toBe(0);
  });
});

describe('addedCrossTab', () => {
  it('adds, cell by cell, what each of its tables shows, and shows nothing that one of them hides', () => {
    fc.assert(
      fc.property(fc.array(anyGroups, { minLength: 2, maxLength: 5 }), (parts) => {
        const sizeOf = (groups: readonly CrossTabGroup[]) => groups.reduce((sum, { visitors }) => sum + visitors, 0);
        const large = parts.filter((groups) => sizeOf(groups) >= limits.kAnonymity);
        fc.pre(large.length > 1);
        const tabs = large.map((groups) => crossTab(groups, limits));
        const open = tabs.filter(({ cells }) =>
          cells.some(
            ({ visitors, ...name }) =>
              visitors !== null && Object.values(name).some((one) => one !== 'all' && one !== null),
          ),
        );
        const added = open.length > 0 ? open : tabs;
        for (const { visitors, gender, age, emotion } of atOnce(addedCrossTab(parts, limits)).cells) {
          const each = added.map((tab) => cellOf(tab, { gender, age, emotion }).visitors);
          const sum = each.includes(null) ? null : each.reduce<number>((total, one) => total + (one ?? 0), 0);
          expect(visitors).toBe(sum);
        }
      }),
    );
  });
});
