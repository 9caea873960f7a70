import type { Me1Params } from '../../contracts/me1.js';
import { comparisonReport } from '../../contracts/figures/comparison-schema.js';
import { COMPARISON_WORDS } from '../../contracts/figures/comparison-words.js';
import { threshold } from '../../contracts/query.js';
import { REPORT_FILES } from '../../contracts/documents/report-format.js';
import { THRESHOLD_FLAG } from '../flags.js';
import { defineReport } from '../report.js';
import { comparisonFromStore } from './build-comparison.js';
import { comparisonDocument } from './comparison-document.js';

/** The two periods that are compared, each read as `face`. */
export interface ComparisonRequest {
  readonly a: Me1Params;
  readonly b: Me1Params;
}

/** Two periods of МЭ-1 and what differs between them. */
export const comparison = defineReport({
  kind: 'comparison',
  title: COMPARISON_WORDS.title,
  summary: 'Two periods of МЭ-1 side by side, with differences and verdicts',
  needs: 'analyse',
  isPersonal: false,
  covers: 'two-periods',
  scope: 'streams',
  parameters: { threshold },
  flags: [THRESHOLD_FLAG],
  formats: REPORT_FILES,
  response: comparisonReport,
  request: (query, asker, { config }): ComparisonRequest => {
    const streams = asker.streams(query.streams ?? []);
    const paramsOf = (named: { readonly from?: string | undefined; readonly to?: string | undefined }): Me1Params => ({
      ...asker.period(named),
      ...(streams.length === 0 ? {} : { streams }),
      threshold: query.threshold ?? config.metrics.threshold,
      smileIndex: 'face',
    });
    return { a: paramsOf(query), b: paramsOf({ from: query.otherFrom, to: query.otherTo }) };
  },
  build: (sources, { a, b }) => comparisonFromStore(sources, a, b),
  disclose: (model, policy) => ({ ...model, a: policy.me1(model.a), b: policy.me1(model.b) }),
  covered: ({ a, b }) => ({ periods: [a.params, b.params], timeZone: a.timeZone }),
  document: comparisonDocument,
});
