import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { genderFigures, type AttributeCase } from '../../../scripts/accuracy/attributes-report.js';
import { matched } from '../../../scripts/accuracy/detection-report.js';
import {
  calibrationError,
  expressionFigures,
  reliability,
  type ExpressionCase,
} from '../../../scripts/accuracy/expression-report.js';
import { areaUnderCurve, bootstrapped, seeded, share } from '../../../scripts/accuracy/intervals.js';
import { csvRows, middleAge, personOf } from '../../../scripts/accuracy/labelled-sets.js';
import { EMOTIONS, type Emotion } from '../../../src/contracts/emotion.js';

describe('intervals', () => {
  it.each([
    // Wilson's interval for 8 of 10: (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)
    [8, 10, 0.8, 0.4902, 0.9433],
    [0, 10, 0, 0, 0.2775],
    [10, 10, 1, 0.7225, 1],
  ])('share of %d in %d', (hits, count, value, low, high) => {
    const found = share(hits, count);
    expect(found.value).toBe(value);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('bootstrap over groups is wider than one that takes cases of one person for independent', () => {
    const random = seeded(1);
    const cases = Array.from({ length: 300 }, (_, index) => ({ person: String(index % 15), index }));
    const level = Array.from({ length: 15 }, () => random());
    const mean = (items: readonly { person: string }[]): number =>
      items.reduce((sum, { person }) => sum + (level[Number(person)] ?? 0), 0) / items.length;
    const width = ({ low, high }: { low: number; high: number }): number => high - low;
    const clustered = bootstrapped(cases, ({ person }) => person, mean);
    const naive = bootstrapped(cases, ({ index }) => String(index), mean);
    expect(width(clustered)).toBeGreaterThan(2 * width(naive));
    expect(bootstrapped(cases, ({ person }) => person, mean)).toEqual(clustered);
  });

  it('area under the curve equals its definition over all pairs', () => {
    const one = fc.record({ score: fc.integer({ min: 0, max: 5 }), positive: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 30 }), (cases) => {
        const yes = cases.filter(({ positive }) => positive);
        const no = cases.filter(({ positive }) => !positive);
        fc.pre(yes.length > 0 && no.length > 0);
        const wins = yes.flatMap((a) => no.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)));
        const expected = wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
        expect(areaUnderCurve(cases)).toBeCloseTo(expected, 10);
      }),
    );
  });
});

describe('expression figures', () => {
  const said = (emotion: Emotion, percent: number): Record<Emotion, number> =>
    Object.fromEntries(EMOTIONS.map((name) => [name, name === emotion ? percent : (100 - percent) / 6])) as Record<
      Emotion,
      number
    >;

  it('counts a known table right', () => {
    const cases: ExpressionCase[] = [
      { person: 'a', label: 'happiness', scores: said('happiness', 90) },
      { person: 'b', label: 'happiness', scores: said('neutral', 60) },
      { person: 'c', label: 'neutral', scores: said('neutral', 80) },
      { person: 'd', label: 'fear', scores: said('anger', 50) },
      { person: 'e', label: 'fear', scores: null },
    ];
    const figures = expressionFigures(cases);
    expect(figures.found).toMatchObject({ value: 0.8, count: 5 });
    expect(figures.accuracy.value).toBe(0.5);
    expect(figures.meanRecall.value).toBeCloseTo((0.5 + 1 + 0) / 3, 12);
    expect(figures.meanRecallWithoutFear.value).toBe(0.75);
    expect(figures.recalls.happiness.value).toBe(0.5);
    // Happiness 90 and 6.67 for the two happy faces, 3.33 and 8.33 for the others: 3 of 4 pairs in order.
    expect(figures.happinessAuc.value).toBe(0.75);
  });

  it('a well calibrated forecaster has no calibration error, an overconfident one has', () => {
    const random = seeded(7);
    const honest = Array.from({ length: 40_000 }, () => {
      const stated = random();
      return { stated, happened: random() < stated };
    });
    expect(calibrationError(reliability(honest))).toBeLessThan(0.01);
    expect(calibrationError(reliability(honest.map((one) => ({ ...one, stated: 1 }))))).toBeCloseTo(0.5, 1);
  });
});

describe('gender and detection figures', () => {
  it('counts the decided and the right among them', () => {
    const one = (male: boolean, measured: number | null): AttributeCase => ({
      file: '',
      set: '',
      age: 30,
      ageGroup: '30s',
      male,
      measured: { age: 30, male: measured },
    });
    const { right, decided } = genderFigures([one(true, 0.9), one(false, 0.9), one(false, 0.1), one(true, null)]);
    expect(right).toMatchObject({ value: 2 / 3, count: 3 });
    expect(decided).toMatchObject({ value: 0.75, count: 4 });
  });

  it('gives every nose one face and calls the rest false', () => {
    const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });
    const { hits, rest } = matched({
      file: '',
      faces: 3,
      noses: [
        [5, 5],
        [15, 5],
        [95, 5],
      ],
      found: [box(0), box(10), box(50)],
    });
    expect(hits).toEqual([box(0), box(10), null]);
    expect(rest).toEqual([box(50)]);
  });
});

describe('labels', () => {
  it.each([
    ['George_W_Bush_0001.jpg', 'george_w_bush'],
    ['Dileep_33.jpg', 'dileep'],
    ['/x/emotion/london/happy/001_08.jpg', '001'],
  ])('person of %s', (file, person) => {
    expect(personOf(file)).toBe(person);
  });

  it.each([
    ['20-29', 25],
    ['0-2', 1.5],
    ['70+', 75],
    ['33.5', 33.5],
  ])('middle of %s is %d', (text, age) => {
    expect(middleAge(text)).toBe(age);
  });

  it('reads quoted fields and empty ones', () => {
    expect(csvRows('file,faces,nose,gender,age\na.jpg,2,"1,2 3,4",,\nb.jpg,0,,,30\n')).toEqual([
      { file: 'a.jpg', faces: '2', nose: '1,2 3,4', gender: '', age: '' },
      { file: 'b.jpg', faces: '0', nose: '', gender: '', age: '30' },
    ]);
  });
});
