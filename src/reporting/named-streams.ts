import { FACE_ROLE_OF } from '../contracts/role.js';
import type { Period } from '../contracts/period.js';
import type { ReportSources } from './report-sources.js';

/** Configured streams with faces, with those that only the store remembers behind them. */
export const namedStreams = async (sources: ReportSources, period: Period) => {
  const configured = sources.config().streams.flatMap(({ id, name, role: given }) => {
    const role = FACE_ROLE_OF[given];
    return role === null ? [] : [{ id, name: name ?? id, role }];
  });
  const stored = await sources.store.streams(period);
  const gone = stored
    .filter(({ streamId }) => !configured.some(({ id }) => id === streamId))
    .map(({ streamId, role }) => ({ id: streamId, name: streamId, role }));
  return [...configured, ...gone.filter(({ id }, index) => gone.findIndex((other) => other.id === id) === index)];
};
