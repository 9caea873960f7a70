import type { ShiftSummary } from '../../contracts/figures/contacts-schema.js';
import type { SeriesRequest } from '../../contracts/me1.js';
import type { SeriesPoint } from '../../contracts/figures/me1-schema.js';
import type { Period } from '../../contracts/period.js';

/** Figures of past periods that are no documents; the work ends when the signal aborts. */
export interface FiguresPort {
  /** Throws PERIOD_INVALID, STREAM_UNKNOWN or THRESHOLD_INVALID. */
  series(request: SeriesRequest, signal: AbortSignal): Promise<readonly SeriesPoint[]>;
  /** Seller figures per point and shift, small groups hidden; throws PERIOD_INVALID or PRIVACY_REFUSED. */
  shifts(period: Period, signal: AbortSignal): Promise<readonly ShiftSummary[]>;
}
