import { describe, expect, it } from 'vitest';
import { conditionFigures } from '../../../../scripts/accuracy/stress/figures.js';
import { stressTables, weakestFirst } from '../../../../scripts/accuracy/stress/report.js';
import type { StressCase, Told } from '../../../../scripts/accuracy/stress/seen-face.js';
import { talkAuc, talkFigures, type TalkClip, windowsOf } from '../../../../scripts/accuracy/stress/talking.js';

const told = (happiness: number | null, changes: Partial<Told> = {}): Told => ({
  happiness,
  strongest: (happiness ?? 0) > 50 ? 'happiness' : 'neutral',
  age: 40,
  male: 0.9,
  rejected: null,
  ...changes,
});

const caseOf = (person: string, label: 'neutral' | 'happiness', one: Told | null): StressCase => ({
  face: { file: person, set: 'set', person, label, age: 30, male: true },
  told: one,
  frames: 10,
  foundFrames: one === null ? 0 : 5,
  tracks: one === null ? 0 : 1,
});

const CASES: readonly StressCase[] = [
  caseOf('a', 'neutral', told(5)),
  caseOf('b', 'neutral', told(25)),
  caseOf('c', 'neutral', told(45, { rejected: 'size' })),
  caseOf('d', 'neutral', null),
  caseOf('e', 'happiness', told(90)),
  caseOf('f', 'happiness', told(30, { male: 0.2 })),
  caseOf('g', 'happiness', told(null, { strongest: null, age: null, male: null })),
];

describe('figures of a condition', () => {
  const figures = conditionFigures(CASES);

  it('count what was found, of faces and of frames', () => {
    expect(figures.found.value).toBeCloseTo(6 / 7);
    expect(figures.foundFrames.value).toBeCloseTo(30 / 70);
  });

  it('take a face that was not found, not told or left out for not read rightly', () => {
    expect(figures.right).toMatchObject({ value: 3 / 7, count: 7 });
  });

  it('tell false and true happiness of those with an expression', () => {
    expect(figures.neutralHappy.value).toBeCloseTo(2 / 3);
    expect(figures.neutralPeak.value).toBeCloseTo(1 / 3);
    expect(figures.strongestNeutral).toBe(45);
    expect(figures.happyHappy.value).toBe(1);
    expect(figures.happyPeak.value).toBe(0.5);
    expect(figures.auc.value).toBeCloseTo(5 / 6);
    expect(figures.neutralRecall.value).toBe(1);
  });

  it('tell errors of age and gender, what was withheld, and why the gate left faces out', () => {
    expect(figures.ageBias.value).toBe(10);
    expect(figures.ageError.value).toBe(10);
    // All whose age is told are of one age.
    expect(figures.ageErrorOfMean).toBe(0);
    expect(figures.genderRight.value).toBeCloseTo(4 / 5);
    expect(figures.expressionWithheld.value).toBeCloseTo(1 / 6);
    expect(figures.ageWithheld.value).toBeCloseTo(1 / 6);
    expect(figures.rejected).toEqual({ size: 1 });
  });

  it('have no values where nothing was shown', () => {
    const none = conditionFigures([]);
    expect(none.found.value).toBeNaN();
    expect(none.strongestNeutral).toBeNull();
    expect(stressTables([{ name: 'nothing', figures: none }])).toContain('nothing');
  });

  it('stand with the weakest condition first', () => {
    const good = conditionFigures([caseOf('a', 'neutral', told(1)), caseOf('b', 'happiness', told(99))]);
    const rows = weakestFirst([
      { name: 'good', figures: good },
      { name: 'weak', figures },
    ]);
    expect(rows.map(({ name }) => name)).toEqual(['weak', 'good']);
  });
});

describe('talking clips', () => {
  /** Five frames a second. */
  const clip = (kind: string, name: string, raw: readonly (number | null)[]): TalkClip => ({
    kind,
    clip: name,
    frames: raw.map((value, i) => ({ ts: 200 * i, raw: value, smoothed: value })),
  });
  const flicker = Array.from({ length: 40 }, (_, i) => (i % 10 === 0 ? 90 : 5));

  it('are cut into whole windows of four seconds', () => {
    expect(windowsOf(clip('neutral', 'a', flicker).frames)).toEqual([
      { peak: 90, median: 5 },
      { peak: 90, median: 5 },
    ]);
    expect(windowsOf(clip('neutral', 'a', flicker.slice(0, 19)).frames)).toEqual([]);
  });

  it('tell a flicker by its peaks and not by its medians', () => {
    const figures = talkFigures('neutral', [clip('neutral', 'a', flicker), clip('neutral', 'b', [null, ...flicker])]);
    expect(figures.peak.value).toBeCloseTo(0.1);
    expect(figures.windowPeak.value).toBe(1);
    expect(figures.windowMedian.value).toBe(0);
    expect(figures.told.value).toBeCloseTo(80 / 81);
  });

  it('tell laughing from calm talk', () => {
    const laughing = clip(
      'laughing',
      'c',
      flicker.map(() => 80),
    );
    expect(talkAuc([clip('neutral', 'a', flicker), laughing]).value).toBeCloseTo(0.9);
  });
});
