import type { RejectReason } from '../../../src/contracts/face.js';
import { areaUnderCurve, bootstrapped, type Estimate, share } from '../intervals.js';
import type { StressCase, Told } from './seen-face.js';

/** From these percent on a Happiness is one that is counted (T) and a peak. */
export const THRESHOLD = 20;
export const PEAK = 40;

/** What one condition does, each figure with its interval. */
export interface ConditionFigures {
  readonly faces: number;
  readonly found: Estimate;
  readonly foundFrames: Estimate;
  /** Of the found in several frames, those with more than one track. */
  readonly split: Estimate;
  /** Of all neutral and happy faces shown, those found, told and on the right side of the peak. */
  readonly right: Estimate;
  readonly neutralHappy: Estimate;
  readonly neutralPeak: Estimate;
  readonly strongestNeutral: number | null;
  readonly happyHappy: Estimate;
  readonly happyPeak: Estimate;
  readonly auc: Estimate;
  readonly neutralRecall: Estimate;
  readonly ageBias: Estimate;
  readonly ageError: Estimate;
  /** How far the mean age of those whose age is told lies from each of them; NaN where none is. */
  readonly ageErrorOfMean: number;
  readonly genderRight: Estimate;
  readonly genderDecided: Estimate;
  readonly expressionWithheld: Estimate;
  readonly ageWithheld: Estimate;
  /** Of the found, those that the quality gate left out, by reason. */
  readonly rejected: Readonly<Partial<Record<RejectReason, number>>>;
  readonly rejectedShare: Estimate;
}

const personOf = ({ face }: StressCase): string => face.person;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const ageErrors = (cases: readonly StressCase[]): number[] =>
  cases.flatMap(({ face, told }) =>
    face.age === null || told === null || told.age === null ? [] : [told.age - face.age],
  );

/** What age withheld would leave: the mean of the people shown, for everybody. */
const errorOfMean = (cases: readonly StressCase[]): number => {
  const ages = cases.flatMap(({ face }) => face.age ?? []);
  return mean(ages.map((age) => Math.abs(age - mean(ages))));
};

interface Happiness {
  readonly person: string;
  readonly score: number;
  readonly positive: boolean;
}

const ofLabel = (cases: readonly StressCase[], label: 'neutral' | 'happiness'): StressCase[] =>
  cases.filter(({ face }) => face.label === label);

/** Whether what is told of a face's smile is right: a peak where it is happy, none where it is neutral. */
const rightly = ({ face, told }: StressCase): boolean =>
  told !== null &&
  told.rejected === null &&
  told.happiness !== null &&
  told.happiness >= PEAK === (face.label === 'happiness');

export const conditionFigures = (cases: readonly StressCase[]): ConditionFigures => {
  const found = cases.filter(({ told }) => told !== null);
  const labelled = cases.filter(({ face }) => face.label === 'neutral' || face.label === 'happiness');
  const told = (some: readonly StressCase[]): Told[] =>
    some.flatMap(({ told: one }) => (one === null || one.happiness === null ? [] : [one]));
  const [neutral, happy] = [told(ofLabel(cases, 'neutral')), told(ofLabel(cases, 'happiness'))];
  const from = (some: readonly Told[], limit: number): Estimate =>
    share(some.filter(({ happiness }) => (happiness ?? 0) >= limit).length, some.length);
  const scored = labelled.flatMap((one): Happiness[] =>
    one.told === null || one.told.happiness === null
      ? []
      : [{ person: personOf(one), score: one.told.happiness, positive: one.face.label === 'happiness' }],
  );
  const bothKinds = neutral.length > 0 && happy.length > 0;
  const aged = cases.filter((one) => ageErrors([one]).length > 0);
  const gendered = found.filter(({ face }) => face.male !== null);
  const decided = gendered.filter(({ told: one }) => one?.male != null);
  const counted = found.map(({ told: one }) => one?.rejected ?? null);
  const reasons = counted.filter((reason) => reason !== null);
  return {
    faces: cases.length,
    found: share(found.length, cases.length),
    foundFrames: bootstrapped(cases, personOf, (some) => {
      const shown = some.reduce((sum, { frames }) => sum + frames, 0);
      return some.reduce((sum, { foundFrames }) => sum + foundFrames, 0) / shown;
    }),
    split: share(found.filter(({ tracks }) => tracks > 1).length, found.length),
    right: share(labelled.filter(rightly).length, labelled.length),
    neutralHappy: from(neutral, THRESHOLD),
    neutralPeak: from(neutral, PEAK),
    strongestNeutral: neutral.length === 0 ? null : Math.max(...neutral.map(({ happiness }) => happiness ?? 0)),
    happyHappy: from(happy, THRESHOLD),
    happyPeak: from(happy, PEAK),
    auc: bothKinds ? bootstrapped(scored, ({ person }) => person, areaUnderCurve) : share(0, 0),
    neutralRecall: share(neutral.filter(({ strongest }) => strongest === 'neutral').length, neutral.length),
    ageBias: bootstrapped(aged, personOf, (some) => mean(ageErrors(some))),
    ageError: bootstrapped(aged, personOf, (some) => mean(ageErrors(some).map(Math.abs))),
    ageErrorOfMean: errorOfMean(aged),
    genderRight: share(
      decided.filter(({ face, told: one }) => (one?.male ?? 0) > 0.5 === face.male).length,
      decided.length,
    ),
    genderDecided: share(decided.length, gendered.length),
    expressionWithheld: share(found.filter(({ told: one }) => one?.happiness == null).length, found.length),
    ageWithheld: share(found.filter(({ told: one }) => one?.age == null).length, found.length),
    rejected: Object.fromEntries(
      [...new Set(reasons)].map((reason) => [reason, reasons.filter((one) => one === reason).length]),
    ),
    rejectedShare: share(reasons.length, found.length),
  };
};
