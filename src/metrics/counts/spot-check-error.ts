import type { Figure } from '../../contracts/figure.js';
import {
  FEWEST_CHECKED_VISITORS,
  FEWEST_CHECKS,
  type SpotCheckError,
} from '../../contracts/figures/spot-check-schema.js';
import type { GroupedCheck, HumanCounts } from '../../contracts/service/spot-check.js';
import { NOTHING } from '../statistics/ratio.js';
import { student975 } from '../statistics/student.js';

/** What a person and the camera counted of the same: how many, and how many of them were such. */
interface Pair {
  readonly person: { readonly counted: number; readonly such: number };
  readonly camera: { readonly counted: number; readonly such: number };
}

const NORMAL_975 = 1.959964;

const total = (pairs: readonly Pair[], valueOf: (pair: Pair) => number): number =>
  pairs.reduce((sum, pair) => sum + valueOf(pair), 0);

/** Visitors of the camera ÷ visitors of the person; null without a visitor. */
const detectionOf = (pairs: readonly Pair[]): number | null => {
  const counted = total(pairs, ({ person }) => person.counted);
  return counted === 0 ? null : total(pairs, ({ camera }) => camera.counted) / counted;
};

/** Share of such of the camera − that of the person; null where one counted nobody. */
const differenceOf = (pairs: readonly Pair[]): number | null => {
  const [camera, person] = (['camera', 'person'] as const).map((who) => {
    const counted = total(pairs, (pair) => pair[who].counted);
    return counted === 0 ? null : total(pairs, (pair) => pair[who].such) / counted;
  });
  return camera == null || person == null ? null : camera - person;
};

/**
 * Σ over checks of the squared change of a figure when that check is left out, × (m − 1) ÷ m: the jackknife's variance
 * with the check as the unit, since who stood where and what hung before the lens is one thing for all its visitors.
 * Infinite where leaving one out leaves nothing.
 */
const jackknife = (
  pairs: readonly Pair[],
  value: number,
  figureOf: (pairs: readonly Pair[]) => number | null,
): number => {
  const changes = pairs.map((_, left) => {
    const without = figureOf(pairs.filter((__, at) => at !== left));
    return without === null ? Infinity : (without - value) ** 2;
  });
  return (changes.reduce((sum, change) => sum + change, 0) * (pairs.length - 1)) / pairs.length;
};

/**
 * The 95 % interval of a figure over checks, by Student with one degree fewer than checks, and never narrower than what
 * chance leaves of `apart`, the people in whom person and camera differ: one more may have been missed or counted twice.
 */
const withInterval = (
  pairs: readonly Pair[],
  figureOf: (pairs: readonly Pair[]) => number | null,
  [least, most]: readonly [number, number],
  apartOf: (value: number, counted: number) => number,
): Figure => {
  const value = figureOf(pairs);
  if (value === null) return NOTHING;
  const counted = total(pairs, ({ person }) => person.counted);
  const byChecks = student975(pairs.length - 1) * Math.sqrt(jackknife(pairs, value, figureOf));
  const byChance = (NORMAL_975 * Math.sqrt(apartOf(value, counted) + 1)) / counted;
  const half = Math.max(byChecks, byChance);
  return { value, low: Math.max(least, value - half), high: Math.min(most, value + half) };
};

const detection = (pairs: readonly Pair[]): Figure =>
  withInterval(pairs, detectionOf, [0, Infinity], (value, counted) => Math.abs(value - 1) * counted);

const difference = (pairs: readonly Pair[]): Figure =>
  withInterval(pairs, differenceOf, [-1, 1], (value, counted) => Math.abs(value) * counted);

const isEnough = ({ checks, visitors }: SpotCheckError['made']): boolean =>
  checks >= FEWEST_CHECKS && visitors >= FEWEST_CHECKED_VISITORS;

const restsOf = (pairs: readonly Pair[]): SpotCheckError['made'] => ({
  checks: pairs.length,
  visitors: total(pairs, ({ person }) => person.counted),
});

export interface SpotCheckInput {
  /** Every check that counts, told or not: what people counted. */
  readonly made: readonly HumanCounts[];
  /** Checks whose visitors and smiles may be told together. */
  readonly visitors: readonly GroupedCheck[];
  /** Checks whose sexes may. */
  readonly sexes: readonly GroupedCheck[];
  readonly threshold: number | null;
}

/** The measured error over checks; figures of fewer than three checks or twenty visitors are left out. */
export const spotCheckError = ({ made, visitors, sexes, threshold }: SpotCheckInput): SpotCheckError => {
  const seen = visitors.map(({ human, system }): Pair => {
    return { person: { counted: human.visitors, such: human.smiled }, camera: system };
  });
  const sexed = sexes.map(({ human, system }): Pair => {
    return { person: { counted: human.men + human.women, such: human.men }, camera: system };
  });
  const people = made.reduce((sum, one) => sum + one.visitors, 0);
  const pooled = restsOf(seen);
  const menPooled = restsOf(sexed);
  const isTold = isEnough(pooled);
  // The camera's own adults count too: a share of a few faces is none.
  const areMenTold = isEnough(menPooled) && total(sexed, ({ camera }) => camera.counted) >= FEWEST_CHECKED_VISITORS;
  return {
    made: { checks: made.length, visitors: people },
    pooled,
    needs: {
      checks: Math.max(0, FEWEST_CHECKS - made.length),
      visitors: Math.max(0, FEWEST_CHECKED_VISITORS - people),
    },
    threshold,
    detection: isTold ? detection(seen) : NOTHING,
    smileDifference: isTold ? difference(seen) : NOTHING,
    menDifference: areMenTold ? difference(sexed) : NOTHING,
    menPooled,
  };
};
