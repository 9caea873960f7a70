import type { Config } from '../../config/schema.js';
import { judgeAgain } from '../../metrics/contact/judgement/assess.js';
import { worded } from '../../reporting/contacts/reason-words.js';
import type { ContactReader } from '../../store/ports/contact-reader.js';
import type { RowSink } from '../../store/ports/row-sink.js';

/** Contacts read at once: their curves are most of what is stored of them. */
const AT_ONCE = 100;
const EVER = { fromTs: 0, toTs: Number.MAX_SAFE_INTEGER };

/**
 * Judges the contacts that an earlier version stored by today's rule, from their stored curves, a few at a time. Those
 * without curves stay as they are. Gives how many were judged; ends early when `signal` says so.
 */
export const judgeStoredContacts = async (
  store: Pick<ContactReader, 'contacts'> & RowSink,
  metrics: Config['metrics'],
  signal?: AbortSignal,
): Promise<number> => {
  let judged = 0;
  let before: { startTs: number; id: string } | null = null;
  while (signal?.aborted !== true) {
    const former = await store.contacts({ ...EVER, rule: 'former', before, limit: AT_ONCE });
    const last = former.at(-1);
    if (last === undefined) break;
    before = { startTs: last.startTs, id: last.id };
    const contacts = former.flatMap((contact) => {
      const again = judgeAgain(contact, metrics);
      return again === null ? [] : [worded(again)];
    });
    store.append({ contacts });
    await store.flush();
    judged += contacts.length;
  }
  return judged;
};
