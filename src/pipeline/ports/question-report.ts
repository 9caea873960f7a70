import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import type { QuestionsReport } from '../../contracts/questions.js';
import { answerQuestions } from '../../metrics/questions/questions.js';
import { clockNotes, contactsOf } from './contact-reports.js';
import { coverageNotes, namedStreams, type ReportSources } from './period-reports.js';
import { visitorsOf } from './visitor-reports.js';

/** The five questions over a period; throws PERIOD_INVALID. */
export const questionsReport = async (
  sources: ReportSources,
  period: { readonly fromTs: number; readonly toTs: number },
): Promise<QuestionsReport> => {
  const { store, localTime, clock } = sources;
  const { fromTs, toTs } = period;
  const { metrics, privacy } = sources.config();
  const { threshold } = metrics;
  const contacts = await contactsOf(sources, { fromTs, toTs });
  const [streams, visitors, me1] = await Promise.all([
    namedStreams(sources, period),
    visitorsOf(sources, { fromTs, toTs, streams: [] }),
    store.me1({ fromTs, toTs, threshold, smileIndex: 'person' }),
  ]);
  return answerQuestions({
    fromTs,
    toTs,
    generatedTs: clock.now(),
    threshold,
    localTime,
    kAnonymity: privacy.kAnonymity,
    minorsAge: privacy.minorsAge,
    streams,
    contacts,
    visitors,
    aggregates: me1.aggregates,
    sellerAnalytics: sellerAnalyticsOf(privacy) !== 'off',
    notes: [...clockNotes(contacts), ...coverageNotes(me1.coverage, threshold, localTime.timeZone)],
  });
};
