import { AGE_BUCKETS, type AgeBucket, type Me1Report, type Me1Row } from '../../contracts/me1.js';
import type { Figure } from '../../contracts/figure.js';

const HIDDEN: Figure = { value: null, low: null, high: null };

const hideDemographics = (row: Me1Row): Me1Row => ({
  ...row,
  malePercent: HIDDEN,
  femalePercent: HIDDEN,
  agePercent: Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, HIDDEN])) as Record<AgeBucket, Figure>,
});

/**
 * Hides gender and age of rows that rest on fewer than `k` visitors. So that the total minus the shown rows gives
 * nothing away, at least two rows with at least `k` visitors together are hidden, the smallest first; where there are
 * no such rows the total is hidden too.
 */
export const suppressSmallRows = (report: Me1Report, k: number): Me1Report => {
  const byVisitors = report.rows
    .map((row, index) => ({ index, visitors: row.visitors, empty: row.samples === 0 }))
    .filter(({ empty }) => !empty)
    .sort((a, b) => a.visitors - b.visitors);
  const small = byVisitors.filter(({ visitors }) => visitors < k);
  if (small.length === 0 && report.total.visitors >= k) return report;
  const hidden = new Set(small.map(({ index }) => index));
  let sum = small.reduce((total, { visitors }) => total + visitors, 0);
  for (const { index, visitors } of byVisitors) {
    if (hidden.size === 0 || (hidden.size >= 2 && sum >= k)) break;
    if (hidden.has(index)) continue;
    hidden.add(index);
    sum += visitors;
  }
  const exposed = hidden.size > 0 && (hidden.size < 2 || sum < k);
  return {
    ...report,
    rows: report.rows.map((row, index) => (hidden.has(index) ? hideDemographics(row) : row)),
    total: exposed || report.total.visitors < k ? hideDemographics(report.total) : report.total,
  };
};
