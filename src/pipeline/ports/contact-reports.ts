import type { Bilingual } from '../../contracts/bilingual.js';
import type { Contact, ContactsReport, PointSummary, ShiftSummary } from '../../contracts/contact.js';
import { detectClockOffset } from '../../metrics/contact/clock-offset.js';
import { summarizePoints } from '../../metrics/contact/point-summary.js';
import { summarizeShifts, type Shift } from '../../metrics/contact/shifts.js';
import { checkPeriod } from '../../metrics/me1-params.js';
import type { LocalTime } from '../../runtime/local-time.js';
import type { ReportSources } from './period-reports.js';

interface Period {
  readonly fromTs: number;
  readonly toTs: number;
}

/** More contacts than any period of a shop holds; keeps a mistaken question from filling the memory. */
const MAX_CONTACTS = 100_000;
const SHIFT_MS = 6 * 3_600_000;

/** Contacts of a period, oldest first; with their curves, which are most of what is read, unless these are not wanted. */
export const contactsOf = async (
  { store }: ReportSources,
  period: Period & { readonly points?: readonly string[]; readonly curves?: boolean },
): Promise<Contact[]> => {
  checkPeriod(period);
  const newestFirst = await store.contacts({ ...period, limit: MAX_CONTACTS });
  return [...newestFirst].reverse();
};

const pointIds = ({ config }: ReportSources, wanted: readonly string[]): string[] =>
  config()
    .contacts.map(({ id }) => id)
    .filter((id) => wanted.length === 0 || wanted.includes(id));

/** Warnings about cameras of a point whose clocks seem to differ. */
export const clockNotes = (contacts: readonly Contact[]): Bilingual[] => {
  const points = [...new Set(contacts.map(({ pointId }) => pointId))];
  return points.flatMap((point) => detectClockOffset(point, contacts)?.warning ?? []);
};

/** Happy-Index, C-Value and contagion of each point over a period. */
export const pointSummaries = async (sources: ReportSources, period: Period): Promise<PointSummary[]> => {
  const contacts = await contactsOf(sources, { ...period, curves: false });
  return summarizePoints(contacts, pointIds(sources, []), sources.config().metrics.cValueK);
};

/** The contacts of a period with the summary of each point and warnings about their clocks. */
export const contactsReport = async (
  sources: ReportSources,
  request: Period & { readonly points: readonly string[] },
): Promise<ContactsReport> => {
  const contacts = await contactsOf(sources, request);
  return {
    fromTs: request.fromTs,
    toTs: request.toTs,
    timeZone: sources.localTime.timeZone,
    generatedTs: sources.clock.now(),
    points: summarizePoints(contacts, pointIds(sources, request.points), sources.config().metrics.cValueK),
    contacts,
    notes: clockNotes(contacts),
  };
};

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
  const contacts = await contactsOf(sources, period);
  return summarizeShifts(contacts, pointIds(sources, []), shiftsOf(sources.localTime, period), {
    threshold: metrics.threshold,
    cValueK: metrics.cValueK,
    kAnonymity: privacy.kAnonymity,
  });
};
