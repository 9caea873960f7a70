import { z } from 'zod';
import { me1Report } from '../../contracts/figures/me1-schema.js';
import type { Me1Params } from '../../contracts/me1.js';
import { bucket, smileIndex, threshold } from '../../contracts/query.js';
import { REPORT_FILES } from '../../contracts/documents/report-format.js';
import { ROLES } from '../../contracts/role.js';
import { READING_NOTES, READING_OF, type SmileReadingName } from '../../contracts/figures/smile-reading.js';
import { bucketMsOf } from '../../time/bucket.js';
import { SMILE_INDEX_FLAG, THRESHOLD_FLAG } from '../flags.js';
import { defineReport } from '../report.js';
import { me1FromStore } from './build-me1.js';
import { me1Document } from './me1-document.js';
import { ME1_WORDS } from './me1-words.js';

/** What МЭ-1 is built from. */
export interface Me1Request {
  readonly params: Me1Params;
  /** null: one that suits the charts of what there is in the period. */
  readonly bucketMs: number | null;
  /** As the asker wrote it; default: the reading's own name. */
  readonly readingName?: SmileReadingName;
}

/** МЭ-1, the general emotional portrait. */
export const me1 = defineReport({
  kind: 'me1',
  title: ME1_WORDS.title,
  summary: 'МЭ-1, the general emotional portrait',
  needs: 'analyse',
  isPersonal: false,
  covers: 'period',
  scope: 'streams',
  parameters: {
    threshold,
    smileIndex,
    role: z.enum(ROLES).optional(),
    zone: z.string().max(64).optional(),
    minFacePx: z.coerce.number().min(0).max(4000).optional(),
    bucket: bucket.optional(),
  },
  flags: [THRESHOLD_FLAG, SMILE_INDEX_FLAG],
  formats: REPORT_FILES,
  response: me1Report,
  request: (query, asker, { config, policy }): Me1Request => {
    const period = asker.period(query);
    policy.assertRole(query.role ?? null);
    const streams = asker.streams(query.streams ?? []);
    const params: Me1Params = {
      ...period,
      ...(streams.length === 0 ? {} : { streams }),
      ...(query.role === undefined ? {} : { role: query.role }),
      ...(query.zone === undefined ? {} : { zoneId: query.zone }),
      ...(query.minFacePx === undefined ? {} : { minFacePx: query.minFacePx }),
      threshold: query.threshold ?? config.metrics.threshold,
      smileIndex: READING_OF[query.smileIndex],
    };
    const bucketMs = query.bucket === undefined ? null : bucketMsOf(query.bucket, period);
    return { params, bucketMs, readingName: query.smileIndex };
  },
  build: (sources, { params, bucketMs, readingName = params.smileIndex }) =>
    me1FromStore(sources, params, bucketMs, READING_NOTES[readingName]),
  disclose: (model, policy) => policy.me1(model),
  covered: ({ params, timeZone }) => ({ periods: [params], timeZone }),
  document: me1Document,
});
