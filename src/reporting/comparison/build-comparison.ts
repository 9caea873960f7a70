import type { ComparisonLine, ComparisonReport } from '../../contracts/figures/comparison-schema.js';
import type { Me1Params } from '../../contracts/me1.js';
import { compareTotals } from '../../metrics/faces/me1/comparison.js';
import { portraitTotals } from '../../metrics/faces/me1/me1.js';
import { wholeFigure } from '../released/demographics.js';
import { me1Input, portraitOf } from '../me1/build-me1.js';
import { chartBuckets } from '../me1/chart-buckets.js';
import { comparisonNotes } from './comparison-notes.js';
import type { ReportSources } from '../report-sources.js';

/** Where small groups are guarded the genders' shares are whole percents, and nothing finer is said of their difference. */
const withCoarseGender = (line: ComparisonLine): ComparisonLine =>
  line.key === 'male' ? { ...line, difference: wholeFigure(line.difference), judgement: null } : line;

/** Two periods and what differs between them; throws as МЭ-1 does. */
export const comparisonFromStore = async (
  sources: ReportSources,
  a: Me1Params,
  b: Me1Params,
): Promise<ComparisonReport> => {
  const bucketMs = Math.max(...(await Promise.all([a, b].map((params) => chartBuckets(sources, params)))));
  const sides = await Promise.all(
    [a, b].map(async (params) => {
      const { input, covered } = await me1Input(sources, { ...params, smileIndex: 'face' }, bucketMs);
      const report = portraitOf(input, covered);
      return { report, covered, totals: portraitTotals(input) };
    }),
  );
  const [first, second] = sides;
  if (first === undefined || second === undefined) throw new RangeError('two periods are compared');
  const total = ({ report, totals }: typeof first) => {
    const { audience } = first.report.total;
    const row = report.totals.find((one) => one.audience === audience);
    const portrait = totals.find((one) => one.audience === audience);
    return row === undefined || portrait === undefined ? null : { row, portrait };
  };
  const [ofA, ofB] = [total(first), total(second)];
  const lines = ofA === null || ofB === null ? [] : compareTotals(ofA, ofB);
  const guarded = first.covered !== null || second.covered !== null;
  return {
    a: first.report,
    b: second.report,
    lines: guarded ? lines.map(withCoarseGender) : lines,
    notes: comparisonNotes(first.report, second.report),
  };
};
