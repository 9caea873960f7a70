import type { Me1Report } from '../contracts/figures/me1-schema.js';
import { AUDIENCE_OF } from '../contracts/role.js';

/** One step of a period's curve. */
export interface CurveStep {
  /** Since the start of the period, ms; the first step may have begun before it. */
  readonly afterMs: number;
  /** Start of the step, epoch ms UTC. */
  readonly ts: number;
  /** Share of the visitors who smiled, 0–1; null without visitors. */
  readonly value: number | null;
  readonly visitors: number;
}

/** Share of visitors who smiled of all lines of visitors together, step by step; a step without data is not there. */
export const smilingCurve = ({ series, params }: Pick<Me1Report, 'series' | 'params'>): CurveStep[] => {
  const sums = new Map<number, { smiling: number; visitors: number }>();
  for (const { ts, role, smilingPersons, visitors } of series) {
    if (AUDIENCE_OF[role] === 'sellers') continue;
    const sum = sums.get(ts) ?? { smiling: 0, visitors: 0 };
    sums.set(ts, { smiling: sum.smiling + (smilingPersons ?? 0) * visitors, visitors: sum.visitors + visitors });
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([ts, { smiling, visitors }]) => ({
      afterMs: Math.max(0, ts - params.fromTs),
      ts,
      value: visitors === 0 ? null : smiling / visitors,
      visitors,
    }));
};
