import type { Cell } from '../../contracts/cell.js';
import type { Contact, CountedContact } from '../../contracts/contact.js';
import type { Period } from '../../contracts/period.js';
import { intervalsBy } from '../../time/interval-at.js';
import { checkPeriod } from '../../metrics/faces/me1/me1-params.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { inTurns, type Steps } from '../../runtime/turns.js';
import { releasedPoints } from '../released/released.js';
import type { ReportSources } from '../report-sources.js';

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
export const contactsOf = async ({ store }: ReportSources, period: Chosen): Promise<Contact[]> => {
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

/** Ids of the configured points that are wanted; none named: all. */
export const pointIds = ({ config }: ReportSources, wanted: readonly string[]): string[] =>
  config()
    .contacts.map(({ id }) => id)
    .filter((id) => wanted.length === 0 || wanted.includes(id));
