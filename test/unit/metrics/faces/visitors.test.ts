import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../src/runtime/turns.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { groupsToHide, visitorsReport, type VisitorsInput } from '../../../../src/metrics/faces/visitors/visitors.js';
import { sumsOfVisitors, type Visitor } from '../../../fixtures/visitors.js';
import { scores } from '../faces.js';

const visitors = (count: number, streamId: string, over: Partial<Visitor> = {}): Visitor[] =>
  Array.from({ length: count }, (_, i) => ({
    startTs: 0,
    streamId,
    zoneId: null,
    role: 'customer',
    emotions: scores({ happiness: 60 }),
    moodMean: 60 + (i % 2),
    dwellMs: 4000 + 1000 * (i % 3),
    attentionMs: 2000,
    glances: i % 2,
    longestLookMs: 1500,
    age: 30,
    gender: 0.9,
    ...over,
  }));

const limits = { kAnonymity: 5, minorsAge: 18 };
const localTime = new LocalTime('UTC');

const report = ({ visitors: some, ...over }: Partial<VisitorsInput> & { readonly visitors: readonly Visitor[] }) => {
  const { groups, ...sums } = sumsOfVisitors(some, { ...limits, localTime });
  const steps = visitorsReport({
    totalName: 'Итого',
    ...sums,
    tables: [groups],
    ...limits,
    fromTs: 0,
    toTs: 1,
    localTime,
    generatedTs: 0,
    streams: [{ id: 'a', name: 'Вход' }],
    served: 3,
    ...over,
  });
  return atOnce(steps);
};

describe('visitorsReport', () => {
  it('sums up visitors by stream and in total; minors are counted, their age and gender are not', () => {
    const { rows, total, served } = report({
      visitors: [...visitors(6, 'a'), ...visitors(8, 'b'), ...visitors(7, 'a', { age: 12 })],
    });
    expect(rows.map(({ name, visitors: count }) => [name, count])).toEqual([
      ['Вход', 13],
      ['b', 8],
    ]);
    expect(total).toMatchObject({ visitors: 21, medianDwellMs: { value: 5000 } });
    expect(total.lookedShare.value).toBeCloseTo(10 / 21);
    expect(rows[0]?.meanDwellMs.value).toBeCloseTo((6 * 5000 + 34_000) / 13);
    expect(rows[0]?.malePercent.value).toBe(100);
    expect(served).toBe(3);
  });

  it('hides a small row, and a second one so that the total does not give it away', () => {
    const { rows, total } = report({ visitors: [...visitors(2, 'a'), ...visitors(8, 'b'), ...visitors(30, 'c')] });
    expect(rows.map(({ visitors: count, meanDwellMs }) => [count, meanDwellMs.value === null])).toEqual([
      [null, true],
      [null, true],
      [30, false],
    ]);
    expect(total.visitors).toBe(40);
  });

  it('shows nothing of fewer than k in all', () => {
    const { total, rows, crossTab } = report({ visitors: visitors(4, 'a') });
    expect([total.visitors, rows[0]?.visitors]).toEqual([null, null]);
    expect(crossTab.cells.every(({ visitors: count }) => count === null)).toBe(true);
  });
});

describe('groupsToHide', () => {
  it('leaves either nothing hidden, or several groups that together are k and more; or all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (sizes, k) => {
          const hide = groupsToHide(sizes, k);
          const hidden = sizes.filter((_, i) => hide[i]);
          sizes.forEach((size, i) => size < k && expect(hide[i]).toBe(true));
          const sum = hidden.reduce((total, size) => total + size, 0);
          expect(hidden.length === 0 || hidden.length === sizes.length || (hidden.length > 1 && sum >= k)).toBe(true);
        },
      ),
    );
  });
});
