import type { Covered } from '../../contracts/cell.js';
import type { Period } from '../../contracts/period.js';
import { ROLES, type Role } from '../../contracts/role.js';
import type { AdultDay, AdultGroup, SortedVisits, VisitorDay } from '../../contracts/figures/visitor-sums.js';
import type { VisitorsReport } from '../../contracts/figures/visitors-schema.js';
import { grouped } from '../../runtime/grouped.js';
import { checkPeriod } from '../../metrics/faces/me1/me1-params.js';
import { visitorsReport as visitorSteps } from '../../metrics/faces/visitors/visitors.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { inTurns } from '../../runtime/turns.js';
import type { VisitorQuery } from '../../store/ports/visit-reader.js';
import { coveredNotes } from '../notes/covered-notes.js';
import { withCoarseVisitors } from '../released/demographics.js';
import { hullOf, merged, releasedSpans } from '../released/released.js';
import { servedIn } from '../contacts/released-contacts.js';
import { countingNotes } from '../notes/counting-notes.js';
import { namedStreams } from '../named-streams.js';
import type { ReportSources } from '../report-sources.js';
import { FIGURE_WORDS } from '../../contracts/words.js';

/** Whose visitors are asked about. */
export interface VisitorsRequest extends Period {
  /** Empty: every stream. */
  readonly streams: readonly string[];
}

/** People who work here are not visitors. */
const VISITOR_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'seller');

/** Sums over the visitors who may be counted. */
export interface ReleasedVisitors {
  readonly days: readonly VisitorDay[];
  /** Those whose gender and age may be counted. */
  readonly adults: readonly AdultDay[];
  /** Those whose age may be counted by gender. */
  readonly aged: readonly AdultDay[];
  /** Groups of adults whose tables may be added. */
  readonly tables: readonly (readonly AdultGroup[])[];
  readonly sorted: SortedVisits;
  /** null: everything, small groups are not guarded. */
  readonly covered: readonly Covered[] | null;
}

/** The visitors of a period as far as small groups stay hidden. */
export const releasedVisitors = async (
  sources: ReportSources,
  request: VisitorsRequest,
  sorted: VisitorQuery['sorted'],
): Promise<ReleasedVisitors> => {
  checkPeriod(request);
  const { store, localTime } = sources;
  const { kAnonymity, minorsAge } = sources.config().privacy;
  const asked = {
    ...request,
    roles: VISITOR_ROLES,
    offsets: localTime.offsetsIn(request.fromTs, request.toTs),
    adultAge: minorsAge,
    sorted,
  };
  const spans = await releasedSpans(sources, request);
  if (spans === null) {
    const sums = await store.visitorSums(asked);
    return { ...sums, aged: sums.adults, tables: [sums.groups], covered: null };
  }
  const isAsked = ({ streamId, role }: Covered): boolean =>
    role !== 'seller' && (request.streams.length === 0 || request.streams.includes(streamId));
  const covered = merged(spans.filter(isAsked));
  const sums = await store.visitorSums({
    ...asked,
    ...hullOf(covered, request),
    within: covered,
    guard: { fromTs: request.fromTs, toTs: request.toTs, minVisitors: kAnonymity },
  });
  return {
    ...sums,
    aged: sums.adults.filter(({ byGender }) => byGender),
    tables: [...grouped(sums.groups, ({ interval }) => interval).values()],
    covered,
  };
};

/** Visitors by stream and role with the cross-tab; small groups hidden, minors left out. */
export const visitorsReport = async (sources: ReportSources, request: VisitorsRequest): Promise<VisitorsReport> => {
  checkPeriod(request);
  const known = await namedStreams(sources, request);
  const unknown = request.streams.filter((id) => !known.some((stream) => stream.id === id));
  if (unknown.length > 0) {
    throw new EmoscopeError('STREAM_UNKNOWN', {
      ru: `Камеры ${unknown.map((id) => `«${id}»`).join(', ')} нет.`,
      en: `No stream is called ${unknown.map((id) => `"${id}"`).join(', ')}.`,
    });
  }
  const { kAnonymity, minorsAge } = sources.config().privacy;
  const [{ covered, days, adults, tables, sorted: dwells }, served] = await Promise.all([
    releasedVisitors(sources, request, 'dwell'),
    servedIn(sources, request),
  ]);
  const counted = await countingNotes(
    sources.store,
    { ...request, roles: VISITOR_ROLES, ...(covered === null ? {} : { ...hullOf(covered, request), within: covered }) },
    known,
    { several: true, k: kAnonymity },
  );
  const generatedTs = sources.clock.now();
  const steps = visitorSteps({
    totalName: FIGURE_WORDS.total.ru,
    ...request,
    days,
    adults,
    tables,
    dwells,
    streams: known,
    localTime: sources.localTime,
    generatedTs,
    kAnonymity,
    minorsAge,
    served,
    notes: [...(covered === null ? [] : coveredNotes(sources, request, covered, generatedTs)), ...counted],
  });
  const report = await inTurns(steps, sources.signal);
  return covered === null ? report : { ...withCoarseVisitors(report), covered };
};
