import type { Compared } from '../../../contracts/figures/comparison.js';
import type { ComparisonLine } from '../../../contracts/figures/comparison-schema.js';
import { EMOTIONS } from '../../../contracts/emotion.js';
import type { Figure } from '../../../contracts/figure.js';
import type { Me1Row } from '../../../contracts/figures/me1-schema.js';
import { centred, comparedRatio, type ComparedRatio, type PortraitSums } from './ratio-figures.js';
import { judgeAll } from '../../statistics/judge.js';
import { NOTHING, scaled } from '../../statistics/ratio.js';

/** A total row as it is printed, and the sums behind it. */
export interface ComparedTotal {
  readonly row: Me1Row;
  readonly portrait: PortraitSums;
}

const exact = (value: number | null): Figure => ({ value, low: null, high: null });

const minus = (b: Figure, a: Figure): number | null =>
  a.value === null || b.value === null ? null : b.value - a.value;

interface Tested {
  readonly key: Compared;
  readonly ratio: ComparedRatio;
  readonly of: (row: Me1Row) => Figure;
  readonly factor?: number;
}

const JUDGED: readonly Tested[] = [
  { key: 'smilingPersons', ratio: 'person', of: (row) => row.smilingPersons },
  { key: 'mood', ratio: 'mood', of: (row) => row.mood },
  ...EMOTIONS.map((emotion): Tested => ({ key: emotion, ratio: emotion, of: (row) => row.emotions[emotion] })),
  { key: 'male', ratio: 'male', of: (row) => row.malePercent, factor: 100 },
];
/** By samples, in which one who stands for an hour counts for many. */
const NOT_JUDGED: Tested = { key: 'smileIndex', ratio: 'face', of: (row) => row.smileIndex };

const COUNTED: readonly { readonly key: Compared; readonly of: (row: Me1Row) => number | null }[] = [
  { key: 'utilization', of: (row) => row.utilizationPercent },
  { key: 'visitors', of: (row) => row.visitors },
  { key: 'samples', of: (row) => row.samples },
];

/**
 * Two totals side by side (reading `face`). All that is judged is shown together and corrected together: Welch's test with
 * pseudo-tracks and days as the unit, Benjamini–Hochberg, ten visitors on each side.
 */
export const compareTotals = (a: ComparedTotal, b: ComparedTotal): ComparisonLine[] => {
  const tested = (one: Tested) => {
    const { key, ratio, of, factor = 1 } = one;
    const { difference, question } = comparedRatio(b.portrait, a.portrait, ratio);
    const [ofA, ofB] = [of(a.row), of(b.row)];
    const line = { key, a: ofA, b: ofB, difference: centred(minus(ofB, ofA), scaled(difference.figure, factor)) };
    return { line, question };
  };
  const judged = JUDGED.map(tested);
  const judgements = judgeAll(judged.map(({ question }) => question));
  const [persons, ...others] = judged.map(({ line }, index): ComparisonLine => ({
    ...line,
    judgement: judgements[index] ?? null,
  }));
  const counted = COUNTED.map(({ key, of }): ComparisonLine => {
    const [ofA, ofB] = [exact(of(a.row)), exact(of(b.row))];
    return { key, a: ofA, b: ofB, difference: { ...NOTHING, value: minus(ofB, ofA) }, judgement: null };
  });
  return [
    ...(persons === undefined ? [] : [persons]),
    { ...tested(NOT_JUDGED).line, judgement: null },
    ...others,
    ...counted,
  ];
};
