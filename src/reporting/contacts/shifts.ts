import type { ShiftSummary } from '../../contracts/figures/contacts-schema.js';
import type { Period } from '../../contracts/period.js';
import { shiftSummaries as summariesOfShifts, type Shift } from '../../metrics/contact/shifts.js';
import type { LocalTime } from '../../time/local-time.js';
import { SHIFT_MS } from '../../time/units.js';
import { inTurns } from '../../runtime/turns.js';
import type { ReportSources } from '../report-sources.js';
import { pointIds, releasedContacts } from './released-contacts.js';

/** Shifts of six hours on the local clock that cover the period. */
const shiftsOf = (localTime: LocalTime, { fromTs, toTs }: Period): Shift[] => {
  const starts = localTime.bucketStarts(fromTs, toTs, SHIFT_MS);
  const hour = (ts: number): string => `${String(localTime.hour(ts)).padStart(2, '0')}:00`;
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? localTime.bucketStart(start + 1.5 * SHIFT_MS, SHIFT_MS);
    return { name: `${hour(start)}–${hour(end)}`, fromTs: Math.max(start, fromTs), toTs: Math.min(end, toTs) };
  });
};

/** Seller figures per point and shift of six hours; never of a person, nothing of small shifts. */
export const shiftSummaries = async (sources: ReportSources, period: Period): Promise<ShiftSummary[]> => {
  const { metrics, privacy } = sources.config();
  const { contacts } = await releasedContacts(sources, { ...period, curves: true });
  const options = { threshold: metrics.threshold, cValueK: metrics.cValueK, kAnonymity: privacy.kAnonymity };
  const shifts = shiftsOf(sources.localTime, period);
  return inTurns(summariesOfShifts(contacts, pointIds(sources, []), shifts, options), sources.signal);
};
