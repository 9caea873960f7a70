import type { Contact, HappyIndexReading, PointSummary } from '../../contracts/contact.js';
import type { ContactsRequest } from '../../contracts/service/contacts-request.js';
import type { Period } from '../../contracts/period.js';

/** Stored contacts, newest first. */
export interface ContactsPort {
  list(request: ContactsRequest): Promise<readonly Contact[]>;
  /** Since when contacts are shown one by one: the start of the running shift; −Infinity: always. */
  singlesSince(): number;
  get(id: string): Promise<Contact | null>;
  /** Happy-Index, C-Value and contagion of each point over a period. */
  summaries(
    period: Period & { readonly happyIndex: HappyIndexReading },
    signal: AbortSignal,
  ): Promise<readonly PointSummary[]>;
}
