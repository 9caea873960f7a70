import type { Compared } from '../../../src/contracts/comparison.js';
import type { Me1Report } from '../../../src/contracts/me1.js';
import { audienceOf } from '../../../src/contracts/role.js';
import { EMOTIONS } from './emotions.js';

/** Decimals of each compared figure. */
export const DECIMALS = {
  smilingPersons: 2,
  smileIndex: 2,
  mood: 1,
  ...(Object.fromEntries(EMOTIONS.map((emotion) => [emotion, 1])) as Record<(typeof EMOTIONS)[number], number>),
  male: 1,
  utilization: 1,
  visitors: 0,
  samples: 0,
} as const satisfies Record<Compared, number>;

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
