import { describe, expect, it } from 'vitest';
import type { GroupedCheck } from '../../../../src/contracts/service/spot-check.js';
import { humanCounts } from '../../../../src/metrics/counts/human-counts.js';
import { spotCheckError } from '../../../../src/metrics/counts/spot-check-error.js';
import { printedSeed } from '../../../fixtures/seeded.js';
import { seeded } from '../../../fixtures/store-rows.js';

const check = (
  id: number,
  person: readonly [visitors: number, smiled: number],
  camera: readonly [counted: number, such: number],
): GroupedCheck => ({
  id: String(id),
  fromTs: id * 1000,
  toTs: id * 1000 + 300,
  human: { visitors: person[0], smiled: person[1], men: person[1], women: person[0] - person[1] },
  system: { counted: camera[0], such: camera[1] },
});

const errorOf = (checks: readonly GroupedCheck[], sexes: readonly GroupedCheck[] = []) =>
  spotCheckError({ made: checks.map(({ human }) => human), visitors: checks, sexes, threshold: 20 });

describe('what a person counted', () => {
  it('is the sum over the minutes, each visitor once', () => {
    const minute = (men: number, women: number, unsure: number) => ({
      men: { came: men, smiled: 1 },
      women: { came: women, smiled: 0 },
      unsure: { came: unsure, smiled: unsure },
    });
    expect(humanCounts([minute(2, 3, 0), minute(1, 0, 4)])).toEqual({ visitors: 10, smiled: 6, men: 3, women: 3 });
    expect(humanCounts([])).toEqual({ visitors: 0, smiled: 0, men: 0, women: 0 });
  });
});

describe('the measured error', () => {
  // Three checks of 10, 20 and 30 visitors, of whom the camera has 9, 18 and 33: R = 60 ÷ 60 = 1.
  // Without the first 51 ÷ 50 = 1.02, without the second 42 ÷ 40 = 1.05, without the third 27 ÷ 30 = 0.9.
  // Jackknife: 2⁄3 · (0.02² + 0.05² + 0.1²) = 0.0086; t(0.975; 2) = 4.302653.
  const three = [check(1, [10, 4], [9, 3]), check(2, [20, 10], [18, 9]), check(3, [30, 10], [33, 9])];

  it('is by hand what it is: the ratio with the check as the unit of its interval', () => {
    const { detection, pooled, needs } = errorOf(three);
    const half = 4.302653 * Math.sqrt(0.0086);
    expect(detection.value).toBe(1);
    expect(detection.low).toBeCloseTo(1 - half, 5);
    expect(detection.high).toBeCloseTo(1 + half, 5);
    expect(pooled).toEqual({ checks: 3, visitors: 60 });
    expect(needs).toEqual({ checks: 0, visitors: 0 });
  });

  it('is the difference of two shares of the same people', () => {
    // Camera 21 of 60, person 24 of 60: −0.05. Without the first 18 ÷ 51 − 20 ÷ 50, without the second 12 ÷ 42 − 14 ÷ 40,
    // without the third 12 ÷ 27 − 14 ÷ 30.
    const { smileDifference } = errorOf(three);
    const without = [18 / 51 - 20 / 50, 12 / 42 - 14 / 40, 12 / 27 - 14 / 30];
    const variance = (2 / 3) * without.reduce((sum, value) => sum + (value + 0.05) ** 2, 0);
    expect(smileDifference.value).toBeCloseTo(-0.05, 12);
    expect(smileDifference.high).toBeCloseTo(-0.05 + 4.302653 * Math.sqrt(variance), 5);
  });

  it('never has an interval of no width: one more may have been missed', () => {
    const { detection, smileDifference } = errorOf([1, 2, 3].map((id) => check(id, [10, 5], [10, 5])));
    expect(detection.value).toBe(1);
    expect(detection.high).toBeCloseTo(1 + 1.959964 / 30, 6);
    expect(smileDifference).toMatchObject({ value: 0, low: -1.959964 / 30 });
  });

  it('is left out for fewer than three checks or twenty visitors, and says what is missing', () => {
    const two = errorOf(three.slice(0, 2));
    expect(two.detection.value).toBeNull();
    expect(two.needs).toEqual({ checks: 1, visitors: 0 });
    const few = errorOf([1, 2, 3].map((id) => check(id, [3, 1], [3, 1])));
    expect(few.smileDifference.value).toBeNull();
    expect(few.needs).toEqual({ checks: 0, visitors: 11 });
    // What was made but may not be told counts for what is missing, and for nothing else.
    const made = three.map(({ human }) => human);
    const waiting = spotCheckError({ made, visitors: three.slice(0, 2), sexes: [], threshold: 20 });
    expect(waiting.needs).toEqual({ checks: 0, visitors: 0 });
    expect(waiting.detection.value).toBeNull();
    expect(waiting.pooled.checks).toBe(2);
  });

  it('of sexes needs twenty adults of the camera, too', () => {
    const blind = three.map((one) => ({ ...one, system: { counted: 6, such: 2 } }));
    expect(errorOf(three, blind).menDifference.value).toBeNull();
    expect(errorOf(three, three).menDifference.value).toBeCloseTo(-0.05, 12);
    const nobody = three.map((one) => ({ ...one, system: { counted: 0, such: 0 } }));
    expect(errorOf(nobody)).toMatchObject({ detection: { value: 0, low: 0 }, smileDifference: { value: null } });
  });
});

describe('simulated shops', () => {
  const SEED = printedSeed('spot checks', 20261130);
  const SHOPS = 1500;

  it.each([3, 4, 6, 12])('the intervals of %i checks hold the truth in at least 94 %', (count) => {
    const random = seeded(SEED + count);
    const times = (n: number, chance: number): number => {
      let sum = 0;
      for (let at = 0; at < n; at += 1) sum += random() < chance ? 1 : 0;
      return sum;
    };
    const held = { detection: 0, smileDifference: 0, menDifference: 0 };
    // Nine of ten are seen on the average, each check by its own chance (crowd, light); smiles are taken for none and
    // the other way round; a man is taken for a woman in one of ten cases.
    const truth = {
      detection: 0.9,
      smileDifference: 0.3 * 0.8 + 0.7 * 0.1 - 0.3,
      menDifference: 0.4 * 0.9 + 0.6 * 0.1 - 0.4,
    };
    for (let shop = 0; shop < SHOPS; shop += 1) {
      const pairs = Array.from({ length: count }, (_, id) => {
        const visitors = 10 + Math.floor(random() * 30);
        const seenChance = 0.8 + 0.2 * random();
        const smiled = times(visitors, 0.3);
        const seenSmiling = times(smiled, seenChance);
        const seenOthers = times(visitors - smiled, seenChance);
        const men = times(visitors, 0.4);
        const [seenMen, seenWomen] = [times(men, seenChance), times(visitors - men, seenChance)];
        const human = { visitors, smiled, men, women: visitors - men };
        const base = { id: String(id), fromTs: id, toTs: id + 1, human };
        return {
          smiles: {
            ...base,
            system: { counted: seenSmiling + seenOthers, such: times(seenSmiling, 0.8) + times(seenOthers, 0.1) },
          },
          sexes: {
            ...base,
            system: { counted: seenMen + seenWomen, such: times(seenMen, 0.9) + times(seenWomen, 0.1) },
          },
        };
      });
      const error = errorOf(
        pairs.map(({ smiles }) => smiles),
        pairs.map(({ sexes }) => sexes),
      );
      for (const name of ['detection', 'smileDifference', 'menDifference'] as const) {
        const { low, high } = error[name];
        if (low !== null && high !== null && low <= truth[name] && truth[name] <= high) held[name] += 1;
      }
    }
    const slack = 4 * Math.sqrt((0.94 * 0.06) / SHOPS);
    for (const [name, times_] of Object.entries(held)) expect(times_ / SHOPS, name).toBeGreaterThan(0.94 - slack);
  });
});
