import { visitorsReport as response } from '../../contracts/figures/visitors-schema.js';
import {} from '../../contracts/query.js';
import { REPORT_FILES } from '../../contracts/documents/report-format.js';
import { coversItsPeriod, defineReport } from '../report.js';
import { visitorsReport, type VisitorsRequest } from './build-visitors.js';
import { VISITORS_TITLE, visitorsDocument } from './visitors-document.js';

/** Visitors by camera, and gender by age by visible expression. */
export const visitors = defineReport({
  kind: 'visitors',
  title: VISITORS_TITLE,
  summary: 'Visitors: count, dwell, attention, age, gender, cross-tab',
  alsoAt: ['/api/v1/visitors/summary'],
  needs: 'analyse',
  isPersonal: false,
  covers: 'period',
  scope: 'streams',
  parameters: {},
  flags: [],
  formats: REPORT_FILES,
  response,
  request: (query, asker): VisitorsRequest => ({
    ...asker.period(query),
    streams: asker.streams(query.streams ?? []),
  }),
  build: visitorsReport,
  disclose: (model, policy) => policy.visitors(model),
  covered: coversItsPeriod,
  document: visitorsDocument,
});
