import type { Me1Params } from '../../../contracts/me1.js';
import { EmoscopeError } from '../../../runtime/errors.js';

/** Throws PERIOD_INVALID unless fromTs < toTs, both finite. */
export const checkPeriod = ({ fromTs, toTs }: Pick<Me1Params, 'fromTs' | 'toTs'>): void => {
  if (!Number.isFinite(fromTs) || !Number.isFinite(toTs))
    throw new EmoscopeError('PERIOD_INVALID', 'The period has no beginning or no end.');
  if (fromTs === toTs) throw new EmoscopeError('PERIOD_INVALID', 'The period is empty: it ends when it begins.');
  if (fromTs > toTs) throw new EmoscopeError('PERIOD_INVALID', 'The period is reversed: it ends before it begins.');
};

/** Throws PERIOD_INVALID, THRESHOLD_INVALID or STREAM_UNKNOWN for a report that cannot be made. */
export const checkMe1Params = (params: Me1Params, knownStreams: readonly string[]): void => {
  checkPeriod(params);
  const { threshold } = params;
  if (!(threshold >= 0 && threshold <= 100))
    throw new EmoscopeError('THRESHOLD_INVALID', 'The threshold T is a number from 0 to 100.');
  if (params.smileIndex === 'level' && threshold === 0)
    throw new EmoscopeError('THRESHOLD_INVALID', 'Smile-Index as a level divides by T, which must be above 0.');
  const unknown = (params.streams ?? []).filter((id) => !knownStreams.includes(id));
  if (unknown.length > 0)
    throw new EmoscopeError('STREAM_UNKNOWN', `No stream is called ${unknown.map((id) => `"${id}"`).join(', ')}.`);
};
