import type { HappyIndexReading, PointSummary } from '../../contracts/contact.js';
import type { ContactsReport } from '../../contracts/figures/contacts-schema.js';
import type { Figure } from '../../contracts/figure.js';
import type { Period } from '../../contracts/period.js';
import { countedContact } from '../../metrics/contact/counted-contact.js';
import { pointSummaries as summariesOf } from '../../metrics/contact/point-summary.js';
import { shiftAndDay } from '../../metrics/contact/units.js';
import { NOTHING } from '../../metrics/statistics/ratio.js';
import { inTurns } from '../../runtime/turns.js';
import { SHIFT_MS } from '../../time/units.js';
import { pointNotes } from '../notes/covered-notes.js';
import { isGuarded } from '../released/released.js';
import type { ReportSources } from '../report-sources.js';
import { contactNotes } from './contact-notes.js';
import { contactsOf, pointIds, releasedContacts } from './released-contacts.js';

/** Which contacts are asked about. */
export interface ContactsRequest extends Period {
  /** Empty: every point. */
  readonly points: readonly string[];
  /** With the contacts of the running shift one by one, for those who may see faces. */
  readonly singles: boolean;
  readonly happyIndex: HappyIndexReading;
}

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
export const contactsReport = async (sources: ReportSources, request: ContactsRequest): Promise<ContactsReport> => {
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
