import type { Bilingual } from '../../contracts/bilingual.js';
import type { Cell } from '../../contracts/cell.js';
import type {
  Contact,
  ContactsReport,
  CountedContact,
  HappyIndexReading,
  PointSummary,
  ShiftSummary,
} from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { countedContact } from '../../metrics/contact/counted-contact.js';
import { detectClockOffset } from '../../metrics/contact/clock-offset.js';
import { pointSummaries as summariesOf } from '../../metrics/contact/point-summary.js';
import { shiftAndDay } from '../../metrics/contact/units.js';
import { shiftSummaries as summariesOfShifts, type Shift } from '../../metrics/contact/shifts.js';
import { NOTHING } from '../../metrics/statistics/ratio.js';
import { SHIFT_MS } from '../../disclosure/policy.js';
import { pointNotes } from '../cells/covered-notes.js';
import { isGuarded, releasedPoints } from '../cells/released.js';
import { checkPeriod } from '../../metrics/me1-params.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { inTurns, type Steps } from '../../runtime/turns.js';
import { intervalsBy } from '../../metrics/interval-at.js';
import type { LocalTime } from '../../runtime/local-time.js';
import type { ReportSources } from './report-sources.js';

interface Period {
  readonly fromTs: number;
  readonly toTs: number;
}

/** More contacts than five years of a shop hold; what is beyond would fill the memory. */
const MAX_CONTACTS = 200_000;

interface Chosen extends Period {
  readonly points?: readonly string[];
}

const tooMany = (): EmoscopeError =>
  new EmoscopeError('PERIOD_INVALID', {
    ru: `В периоде больше ${String(MAX_CONTACTS)} контактов: выберите короче.`,
    en: `The period holds more than ${String(MAX_CONTACTS)} contacts; choose a shorter one.`,
  });

/** Contacts of a period one by one with their curves, oldest first. */
const contactsOf = async ({ store }: ReportSources, period: Chosen): Promise<Contact[]> => {
  checkPeriod(period);
  const newestFirst = await store.contacts({ ...period, limit: MAX_CONTACTS + 1 });
  if (newestFirst.length > MAX_CONTACTS) throw tooMany();
  return [...newestFirst].reverse();
};

/** Contacts between two turns of everything else. */
const AT_ONCE = 2000;

/** Contacts that lie in a cell, each as if it had begun with it. */
function* fromCells(contacts: readonly CountedContact[], cells: readonly Cell[]): Steps<CountedContact[]> {
  const cellAt = intervalsBy(cells, ({ id }) => id);
  const released: CountedContact[] = [];
  for (const [index, contact] of contacts.entries()) {
    if (index % AT_ONCE === 0) yield;
    const { pointId, startTs, endTs } = contact;
    const cell = cellAt(pointId, startTs);
    if (cell !== null) released.push({ ...contact, startTs: cell.fromTs, endTs: cell.fromTs + endTs - startTs });
  }
  return released;
}

/**
 * Contacts of a period that figures may be made of, oldest first; null for `cells`: all. Where small groups are guarded
 * each counts from the start of its cell, so that nothing finer than a cell can be asked for. Curves are most of what is
 * read of a young contact; without them `curve` is empty.
 */
export const releasedContacts = async (
  sources: ReportSources,
  { curves, ...period }: Chosen & { readonly curves: boolean },
): Promise<{ readonly contacts: readonly CountedContact[]; readonly cells: readonly Cell[] | null }> => {
  checkPeriod(period);
  const cells = await releasedPoints(sources, period);
  const contacts = await sources.store.countedContacts({ ...period, curves, limit: MAX_CONTACTS + 1 });
  if (contacts.length > MAX_CONTACTS) throw tooMany();
  if (cells === null) return { contacts, cells };
  const released = await inTurns(fromCells(contacts, cells), sources.signal);
  return { contacts: released, cells };
};

/** Number of contacts in a period, as far as it may be told. */
export const servedIn = async (sources: ReportSources, period: Period): Promise<number> => {
  const cells = await releasedPoints(sources, period);
  const totalsOf = async (part: Period & { readonly points?: readonly string[] }): Promise<number> =>
    (await sources.store.contactTotals(part)).reduce((sum, { contacts }) => sum + contacts, 0);
  if (cells === null) return totalsOf({ fromTs: period.fromTs, toTs: period.toTs });
  const spans = new Map<string, Period>();
  for (const { id, fromTs, toTs } of cells) spans.set(id, { fromTs: spans.get(id)?.fromTs ?? fromTs, toTs });
  const counts = await Promise.all([...spans].map(([id, span]) => totalsOf({ ...span, points: [id] })));
  return counts.reduce((sum, count) => sum + count, 0);
};

const pointIds = ({ config }: ReportSources, wanted: readonly string[]): string[] =>
  config()
    .contacts.map(({ id }) => id)
    .filter((id) => wanted.length === 0 || wanted.includes(id));

/** What must be said about the contacts of a period: cameras whose clocks seem to differ, contacts left out. */
export const contactNotes = (contacts: readonly CountedContact[]): Bilingual[] => [
  ...clockNotes(contacts),
  ...formerNotes(contacts),
];

/** How many contacts only the rule of earlier versions has judged. */
const formerNotes = (contacts: readonly CountedContact[]): Bilingual[] => {
  const count = contacts.filter(({ rule }) => rule === 'former').length;
  if (count === 0) return [];
  return [
    {
      ru: `Контактов, оценённых по правилу прежней версии и не вошедших в Happy-Index: ${count}; их кривые не сохранились или ещё не разобраны заново.`,
      en: `Contacts judged by the rule of an earlier version and left out of the Happy-Index: ${count}; their curves are gone, or have not been judged again yet.`,
    },
  ];
};

/** Warnings about cameras of a point whose clocks seem to differ. */
const clockNotes = (contacts: readonly CountedContact[]): Bilingual[] => {
  const points = [...new Set(contacts.map(({ pointId }) => pointId))];
  return points.flatMap((point) => detectClockOffset(point, contacts)?.warning ?? []);
};

/** Happy-Index, C-Value and contagion of each point over a period. */
export const pointSummaries = async (
  sources: ReportSources,
  { happyIndex, ...period }: Period & { readonly happyIndex: HappyIndexReading },
): Promise<PointSummary[]> => {
  const { contacts } = await releasedContacts(sources, { ...period, curves: false });
  const options = { k: sources.config().metrics.cValueK, happyIndex, unitsOf: shiftAndDay(sources.localTime) };
  return guarded(sources, await inTurns(summariesOf(contacts, pointIds(sources, []), options), sources.signal));
};

/** How long somebody took to answer is told of at least k who did, and how far it rose of at least k who were judged. */
const guarded = ({ config }: ReportSources, points: readonly PointSummary[]): PointSummary[] => {
  const { kAnonymity } = config().privacy;
  const from = (basis: number, figure: Figure): Figure => (basis < kAnonymity ? NOTHING : figure);
  return points.map((point) => ({
    ...point,
    medianLatencyMs: from(point.happy, point.medianLatencyMs),
    medianRise: from(point.qualified, point.medianRise),
  }));
};

/** Contacts of the running shift, one by one, newest last. */
const singleContacts = (sources: ReportSources, request: Period & { readonly points: readonly string[] }) => {
  const fromTs = Math.max(request.fromTs, singlesSince(sources));
  return fromTs < request.toTs ? contactsOf(sources, { ...request, fromTs }) : [];
};

/** Since when contacts are shown one by one: the start of the running shift, or ever where small groups are open. */
export const singlesSince = ({ config, clock, localTime }: ReportSources): number =>
  isGuarded({ config }) ? localTime.bucketStart(clock.now(), SHIFT_MS) : -Infinity;

/** What figures are made of, and the contacts that are shown one by one; where small groups are open they are the same. */
const shownContacts = async (
  sources: ReportSources,
  request: Period & { readonly points: readonly string[]; readonly singles: boolean },
) => {
  if (!isGuarded(sources)) {
    const singles = await contactsOf(sources, request);
    return { contacts: singles.map(countedContact), cells: null, singles };
  }
  const released = await releasedContacts(sources, { ...request, curves: true });
  return { ...released, singles: request.singles ? await singleContacts(sources, request) : [] };
};

/** The summary of each point over a period, warnings about clocks, and the single contacts for those who may see them. */
export const contactsReport = async (
  sources: ReportSources,
  request: Period & {
    readonly points: readonly string[];
    readonly singles: boolean;
    readonly happyIndex: HappyIndexReading;
  },
): Promise<ContactsReport> => {
  const { contacts, cells, singles } = await shownContacts(sources, request);
  const options = {
    k: sources.config().metrics.cValueK,
    happyIndex: request.happyIndex,
    unitsOf: shiftAndDay(sources.localTime),
  };
  const summaries = await inTurns(summariesOf(contacts, pointIds(sources, request.points), options), sources.signal);
  const generatedTs = sources.clock.now();
  return {
    fromTs: request.fromTs,
    toTs: request.toTs,
    timeZone: sources.localTime.timeZone,
    generatedTs,
    points: guarded(sources, summaries),
    contacts: singles,
    notes: [...contactNotes(contacts), ...(cells === null ? [] : pointNotes(sources, cells))],
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
  const { contacts } = await releasedContacts(sources, { ...period, curves: true });
  const options = { threshold: metrics.threshold, cValueK: metrics.cValueK, kAnonymity: privacy.kAnonymity };
  const shifts = shiftsOf(sources.localTime, period);
  return inTurns(summariesOfShifts(contacts, pointIds(sources, []), shifts, options), sources.signal);
};
