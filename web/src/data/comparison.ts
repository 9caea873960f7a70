import type { Figure, Me1Report, Me1Row } from '../../../src/contracts/me1.js';
import { audienceOf } from '../../../src/contracts/role.js';
import { EMOTIONS } from './emotions.js';

type ComparisonVerdict = 'higher' | 'lower' | 'unproven';

/** One figure in two periods. */
export interface ComparisonLine {
  readonly key: string;
  readonly decimals: number;
  readonly a: Figure;
  readonly b: Figure;
  readonly difference: Figure;
  /** null where there is no interval to judge by. */
  readonly verdict: ComparisonVerdict | null;
}

const bare = (value: number | null): Figure => ({ value, low: null, high: null });

const halfWidth = (figure: Figure): number | null =>
  figure.low === null || figure.high === null ? null : (figure.high - figure.low) / 2;

/** Difference of two independent figures; the halves of their intervals add up in quadrature. */
const differenceOf = (a: Figure, b: Figure): Figure => {
  if (a.value === null || b.value === null) return bare(null);
  const value = b.value - a.value;
  const [halfA, halfB] = [halfWidth(a), halfWidth(b)];
  if (halfA === null || halfB === null) return bare(value);
  const half = Math.hypot(halfA, halfB);
  return { value, low: value - half, high: value + half };
};

const verdictOf = ({ low, high }: Figure): ComparisonVerdict | null =>
  low === null || high === null ? null : low > 0 ? 'higher' : high < 0 ? 'lower' : 'unproven';

const line = (key: string, decimals: number, a: Figure, b: Figure): ComparisonLine => {
  const difference = differenceOf(a, b);
  return { key, decimals, a, b, difference, verdict: verdictOf(difference) };
};

/** The totals of two reports side by side. */
export const compareTotals = (a: Me1Row, b: Me1Row): readonly ComparisonLine[] => [
  line('smilingPersons', 2, a.smilingPersons, b.smilingPersons),
  // Judged are people, not samples: one who stands for an hour is one.
  { ...line('smileIndex', 2, a.smileIndex, b.smileIndex), verdict: null },
  line('mood', 1, a.mood, b.mood),
  ...EMOTIONS.map((emotion) => line(emotion, 1, a.emotions[emotion], b.emotions[emotion])),
  line('male', 1, a.malePercent, b.malePercent),
  line('utilization', 1, bare(a.utilizationPercent), bare(b.utilizationPercent)),
  line('visitors', 0, bare(a.visitors), bare(b.visitors)),
  line('samples', 0, bare(a.samples), bare(b.samples)),
];

/** Share of visitors who smiled of all lines of visitors together, by time since the start of the period. */
export const pooledCurve = (report: Me1Report): ReadonlyMap<number, number | null> => {
  const sums = new Map<number, { smiling: number; visitors: number }>();
  for (const point of report.series) {
    if (audienceOf(point.role) === 'sellers') continue;
    const at = point.ts - report.params.fromTs;
    const sum = sums.get(at) ?? { smiling: 0, visitors: 0 };
    const smiling = (point.smilingPersons ?? 0) * point.visitors;
    sums.set(at, { smiling: sum.smiling + smiling, visitors: sum.visitors + point.visitors });
  }
  return new Map(
    [...sums].map(([at, { smiling, visitors }]) => [at, visitors === 0 ? null : smiling / visitors] as const),
  );
};
