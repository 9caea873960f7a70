import { z } from 'zod';
import { REPORT_FILES } from '../../contracts/documents/report-format.js';
import { COUNT_BUCKETS, countsReport } from '../../contracts/figures/counts-schema.js';
import { COUNTERS } from '../../contracts/observation.js';
import { bucketMsOf } from '../../time/bucket.js';
import { coversItsPeriod, defineReport } from '../report.js';
import { countsFromStore, type CountsRequest } from './build-counts.js';
import { COUNTS_TITLE, countsDocument } from './counts-document.js';

/** How many of what at which place: of counters at doors and of what is told. */
export const counts = defineReport({
  kind: 'counts',
  title: COUNTS_TITLE,
  summary: 'Counts by place: visitors through a door, and what is told',
  needs: 'analyse',
  isPersonal: false,
  covers: 'period',
  scope: 'site',
  parameters: {
    counter: z.enum(COUNTERS).optional().describe('One counter alone.'),
    bucket: z.enum(COUNT_BUCKETS).default('1h').describe('Width of a point in time.'),
  },
  flags: [
    {
      flag: '--counter <counter>',
      words: { ru: 'только это', en: 'this counter alone' },
      choices: COUNTERS,
    },
    {
      flag: '--bucket <width>',
      words: { ru: 'шаг по времени', en: 'width of a point in time' },
      choices: COUNT_BUCKETS,
      fallback: '1h',
    },
  ],
  formats: REPORT_FILES,
  response: countsReport,
  request: (query, asker): CountsRequest => {
    const period = asker.period(query);
    const counters = query.counter === undefined ? [] : [query.counter];
    return { ...period, counters, bucketMs: bucketMsOf(query.bucket, period) };
  },
  build: countsFromStore,
  // Nothing of it describes a person: it is how many passed, by the quarter of an hour at the finest (docs/metrics.md).
  disclose: (model) => model,
  covered: coversItsPeriod,
  document: countsDocument,
});
