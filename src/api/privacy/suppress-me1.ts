import { AGE_BUCKETS, type AgeBucket, type Me1Report, type Me1Row } from '../../contracts/me1.js';
import type { Figure } from '../../contracts/figure.js';

const HIDDEN: Figure = { value: null, low: null, high: null };

const hideDemographics = (row: Me1Row): Me1Row => ({
  ...row,
  malePercent: HIDDEN,
  femalePercent: HIDDEN,
  agePercent: Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, HIDDEN])) as Record<AgeBucket, Figure>,
});

/** What may be shown of the rows of one audience and of their total. */
const suppress = (
  rows: readonly Me1Row[],
  total: Me1Row,
  k: number,
): { readonly rows: readonly Me1Row[]; readonly total: Me1Row } => {
  const byVisitors = rows.filter(({ samples }) => samples > 0).sort((a, b) => a.visitors - b.visitors);
  const small = byVisitors.filter(({ visitors }) => visitors < k);
  if (small.length === 0 && total.visitors >= k) return { rows, total };
  const hidden = new Set(small);
  let sum = small.reduce((visitors, row) => visitors + row.visitors, 0);
  for (const row of byVisitors) {
    if (hidden.size === 0 || (hidden.size >= 2 && sum >= k)) break;
    if (hidden.has(row)) continue;
    hidden.add(row);
    sum += row.visitors;
  }
  const exposed = hidden.size > 0 && (hidden.size < 2 || sum < k);
  return {
    rows: rows.map((row) => (hidden.has(row) ? hideDemographics(row) : row)),
    total: exposed || total.visitors < k ? hideDemographics(total) : total,
  };
};

/**
 * Hides gender and age of rows that rest on fewer than `k` visitors. So that a total minus the shown rows gives nothing
 * away, at least two rows of its audience with at least `k` visitors together are hidden, the smallest first; where there
 * are no such rows the total is hidden too.
 */
export const suppressSmallRows = (report: Me1Report, k: number): Me1Report => {
  const shown = report.totals.map((total) => ({
    audience: total.audience,
    ...suppress(
      report.rows.filter((row) => row.audience === total.audience),
      total,
      k,
    ),
  }));
  const own = new Map(shown.map(({ audience, rows }) => [audience, [...rows]]));
  const totals = shown.map(({ total }) => total);
  return {
    ...report,
    rows: report.rows.map((row) => own.get(row.audience)?.shift() ?? hideDemographics(row)),
    totals,
    total: totals[0] ?? hideDemographics(report.total),
  };
};
