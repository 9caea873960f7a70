import type { Covered } from '../../contracts/cell.js';
import type { TrackSummary } from '../../contracts/sample.js';
import { ROLES, type Role } from '../../contracts/role.js';
import type { VisitorsReport } from '../../contracts/visitors.js';
import { grouped } from '../../metrics/grouped.js';
import { checkPeriod } from '../../metrics/me1-params.js';
import { withoutLongStays } from '../../metrics/long-stays.js';
import { visitorsReport as buildVisitors } from '../../metrics/visitors.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { coveredNotes } from '../cells/covered-notes.js';
import { withCoarseVisitors } from '../cells/demographics.js';
import { hullOf, insideOf, merged, releasedCells, releasedSpans } from '../cells/released.js';
import { servedIn } from './contact-reports.js';
import { countingNotes } from './counting-notes.js';
import { namedStreams } from './period-reports.js';
import type { ReportSources } from './report-sources.js';

interface Request {
  readonly fromTs: number;
  readonly toTs: number;
  readonly streams: readonly string[];
}

const MAX_VISITORS = 1_000_000;
/** People who work here are not visitors. */
const VISITOR_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'seller');

/** Visitors of a period one by one, by arrival; of `within`, where given, only those who came in these intervals. Who stays for more than half an hour is none. */
export const visitorsOf = async ({ store }: ReportSources, request: Request, within?: readonly Covered[]) => {
  checkPeriod(request);
  const hull = within === undefined ? {} : { ...hullOf(within, request), within };
  const visitors = await store.tracks({ ...request, roles: VISITOR_ROLES, limit: MAX_VISITORS + 1, ...hull });
  if (visitors.length > MAX_VISITORS) {
    throw new EmoscopeError('PERIOD_INVALID', {
      ru: `В периоде больше ${String(MAX_VISITORS)} посетителей: выберите короче.`,
      en: `The period holds more than ${String(MAX_VISITORS)} visitors; choose a shorter one.`,
    });
  }
  return withoutLongStays(visitors);
};

/** Visitors who may be counted, those whose gender and age may, and groups whose tables may be added. */
export interface ReleasedVisitors {
  readonly visitors: readonly TrackSummary[];
  readonly demographics: readonly TrackSummary[];
  /** Those whose age may be counted by gender. */
  readonly aged: readonly TrackSummary[];
  readonly tables: readonly (readonly TrackSummary[])[];
  /** null: everything, small groups are not guarded. */
  readonly covered: readonly Covered[] | null;
}

/** Visitors by the union of cells they came in; those in none are left out. */
const byUnion = (visitors: readonly TrackSummary[], unions: readonly Covered[]): (readonly TrackSummary[])[] => [
  ...grouped(visitors, insideOf(unions)).values(),
];

/** Whether each gender has nobody of known age among these adults, or at least k. */
const hasBothGenders = (visitors: readonly TrackSummary[], k: number, minorsAge: number): boolean => {
  const adults = visitors.filter(({ age, gender }) => age !== null && age >= minorsAge && gender !== null);
  const men = adults.filter(({ gender }) => (gender ?? 0) >= 0.5).length;
  return [men, adults.length - men].every((count) => count === 0 || count >= k);
};

/** The visitors of a period as far as small groups stay hidden. */
export const releasedVisitors = async (sources: ReportSources, request: Request): Promise<ReleasedVisitors> => {
  checkPeriod(request);
  const isAsked = ({ streamId, role }: Covered): boolean =>
    role !== 'seller' && (request.streams.length === 0 || request.streams.includes(streamId));
  const spans = await releasedSpans(sources, request);
  if (spans === null) {
    const visitors = await visitorsOf(sources, request);
    return { visitors, demographics: visitors, aged: visitors, tables: [visitors], covered: null };
  }
  const covered = merged(spans.filter(isAsked));
  const [visitors, wide, broad] = await Promise.all([
    visitorsOf(sources, request, covered),
    releasedCells(sources, request, { level: 'wide' }),
    releasedCells(sources, request, { level: 'broad' }),
  ]);
  const demographics = byUnion(visitors, wide);
  const { kAnonymity, minorsAge } = sources.config().privacy;
  return {
    visitors,
    demographics: demographics.flat(),
    aged: demographics.filter((union) => hasBothGenders(union, kAnonymity, minorsAge)).flat(),
    tables: byUnion(visitors, broad),
    covered,
  };
};

/** Visitors by stream and role with the cross-tab; small groups hidden, minors left out. */
export const visitorsReport = async (sources: ReportSources, request: Request): Promise<VisitorsReport> => {
  checkPeriod(request);
  const known = await namedStreams(sources, request);
  const unknown = request.streams.filter((id) => !known.some((stream) => stream.id === id));
  if (unknown.length > 0) {
    throw new EmoscopeError('STREAM_UNKNOWN', {
      ru: `Камеры ${unknown.map((id) => `«${id}»`).join(', ')} нет.`,
      en: `No stream is called ${unknown.map((id) => `"${id}"`).join(', ')}.`,
    });
  }
  const { privacy } = sources.config();
  const [{ covered, aged: _aged, ...visitors }, served] = await Promise.all([
    releasedVisitors(sources, request),
    servedIn(sources, request),
  ]);
  const counted = await countingNotes(
    sources.store,
    { ...request, roles: VISITOR_ROLES, ...(covered === null ? {} : { ...hullOf(covered, request), within: covered }) },
    known,
    { several: true, k: privacy.kAnonymity },
  );
  const generatedTs = sources.clock.now();
  const report = buildVisitors({
    ...request,
    ...visitors,
    streams: known,
    localTime: sources.localTime,
    generatedTs,
    kAnonymity: privacy.kAnonymity,
    minorsAge: privacy.minorsAge,
    served,
    notes: [...(covered === null ? [] : coveredNotes(sources, request, covered, generatedTs)), ...counted],
  });
  return covered === null ? report : { ...withCoarseVisitors(report), covered };
};
