import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import type { QuestionsReport } from '../../contracts/figures/questions-schema.js';
import { questionFindings } from '../../metrics/questions/questions.js';
import type { VisitorPlace } from '../../contracts/figures/visitor-sums.js';
import { inTurns } from '../../runtime/turns.js';
import { coveredNotes } from '../notes/covered-notes.js';
import { withWholeYears } from '../released/demographics.js';
import { hullOf, releasedSpans } from '../released/released.js';
import { contactNotes } from '../contacts/contact-notes.js';
import { releasedContacts } from '../contacts/released-contacts.js';
import { countingNotes } from '../notes/counting-notes.js';
import { namedStreams } from '../named-streams.js';
import { coverageNotes } from '../notes/coverage-notes.js';
import type { ReportSources } from '../report-sources.js';
import { wordedAnswers } from './worded-answers.js';
import { releasedVisitors } from '../visitors/build-visitors.js';
import { DAY_MS, HOUR_MS, SHIFT_MS } from '../../time/units.js';

/** Tells where a zone may be named: where every interval of its stream has enough visitors in each of its zones. */
const safeZones = async (
  sources: ReportSources,
  period: { readonly fromTs: number; readonly toTs: number },
): Promise<<Place extends VisitorPlace>(place: Place) => Place> => {
  const spans = await sources.store.cellSpans({
    ...period,
    kind: 'view',
    level: 'cell',
    minVisitors: sources.config().privacy.kAnonymity,
    bucketStarts: [period.fromTs],
  });
  const parted = new Set(spans.filter((span) => span.parted).map(({ id, role }) => `${String(role)} ${id}`));
  return (place) =>
    place.zoneId === null || parted.has(`${place.role} ${place.streamId}`) ? place : { ...place, zoneId: null };
};

/** The five questions over a period; throws PERIOD_INVALID. */
export const questionsReport = async (
  sources: ReportSources,
  period: { readonly fromTs: number; readonly toTs: number },
): Promise<QuestionsReport> => {
  const { store, localTime, clock } = sources;
  const { fromTs, toTs } = period;
  const { metrics, privacy } = sources.config();
  const { threshold } = metrics;
  const [{ contacts, cells }, released] = await Promise.all([
    releasedContacts(sources, { fromTs, toTs, curves: true }),
    releasedVisitors(sources, { fromTs, toTs, streams: [] }, 'longest-look'),
  ]);
  const { aged, tables, covered } = released;
  const zoned = covered === null ? <Place>(place: Place): Place => place : await safeZones(sources, period);
  const within = covered === null ? {} : { ...hullOf(covered, period), within: covered };
  const dayStarts = localTime.bucketStarts(fromTs, toTs, DAY_MS);
  // Whoever comes and goes: the other questions are answered from visitors and contacts.
  const asked = { fromTs, toTs, threshold, smileIndex: 'person', roles: ['entrance', 'exit'] } as const;
  const [streams, me1, spans] = await Promise.all([
    namedStreams(sources, period),
    store.me1({ ...asked, ...within }),
    releasedSpans(sources, period, dayStarts),
  ]);
  const days = await store.series({
    ...asked,
    ...within,
    bucketStarts: dayStarts,
    ...(spans === null ? {} : { within: spans.filter(({ role }) => role !== 'seller') }),
  });
  const generatedTs = clock.now();
  const counted = await countingNotes(sources.store, { fromTs, toTs, ...within }, streams, {
    several: true,
    k: privacy.kAnonymity,
  });
  const steps = questionFindings({
    threshold,
    localTime,
    kAnonymity: privacy.kAnonymity,
    minorsAge: privacy.minorsAge,
    contacts,
    visitors: released.days.map(zoned),
    looks: { ...released.sorted, places: released.sorted.places.map(zoned) },
    aged,
    tables,
    contactHours: cells === null ? 1 : SHIFT_MS / HOUR_MS,
    aggregates: me1.aggregates,
    days: days.rows,
    sellerAnalytics: sellerAnalyticsOf(privacy) !== 'off',
  });
  const report: QuestionsReport = {
    fromTs,
    toTs,
    timeZone: localTime.timeZone,
    generatedTs,
    threshold,
    answers: wordedAnswers(await inTurns(steps, sources.signal), streams),
    notes: [
      ...contactNotes(contacts),
      ...coverageNotes(me1.coverage, threshold, localTime),
      ...(covered === null ? [] : coveredNotes(sources, period, covered, generatedTs)),
      ...counted,
    ],
  };
  return covered === null ? report : withWholeYears(report);
};
