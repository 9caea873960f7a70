import type { TrackSummary } from '../../contracts/sample.js';
import { ROLES, type Role } from '../../contracts/role.js';
import type { VisitorsReport } from '../../contracts/visitors.js';
import { checkPeriod } from '../../metrics/me1-params.js';
import { visitorsReport as buildVisitors } from '../../metrics/visitors.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { namedStreams, type ReportSources } from './period-reports.js';

interface Request {
  readonly fromTs: number;
  readonly toTs: number;
  readonly streams: readonly string[];
}

const MAX_VISITORS = 1_000_000;
/** People who work here are not visitors. */
const VISITOR_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'seller');

/** Visitors of a period one by one, by arrival. */
export const visitorsOf = ({ store }: ReportSources, request: Request): Promise<readonly TrackSummary[]> => {
  checkPeriod(request);
  return store.tracks({ ...request, roles: VISITOR_ROLES, limit: MAX_VISITORS });
};

/** Visitors by stream and role with the cross-tab; small groups hidden, minors left out. */
export const visitorsReport = async (sources: ReportSources, request: Request): Promise<VisitorsReport> => {
  checkPeriod(request);
  const known = await namedStreams(sources, request);
  const unknown = request.streams.filter((id) => !known.some((stream) => stream.id === id));
  if (unknown.length > 0) {
    throw new EmoscopeError('STREAM_UNKNOWN', `No stream is called ${unknown.map((id) => `"${id}"`).join(', ')}.`);
  }
  const [visitors, totals] = await Promise.all([
    visitorsOf(sources, request),
    sources.store.contactTotals({ fromTs: request.fromTs, toTs: request.toTs }),
  ]);
  const { privacy } = sources.config();
  return buildVisitors({
    ...request,
    streams: known,
    visitors,
    localTime: sources.localTime,
    generatedTs: sources.clock.now(),
    kAnonymity: privacy.kAnonymity,
    minorsAge: privacy.minorsAge,
    served: totals.reduce((sum, { contacts }) => sum + contacts, 0),
  });
};
