import type { Contact, ContactRule, CountedContact, Verdict } from '../../contracts/contact.js';
import type { Period } from '../../contracts/period.js';

export interface ContactQuery extends Period {
  /** Empty or absent: every point. */
  readonly points?: readonly string[];
  readonly verdict?: Verdict | null;
  readonly qualified?: boolean;
  /** Only contacts judged by this rule. */
  readonly rule?: ContactRule;
  /** Only contacts after this one in the order (startTs, id) descending. */
  readonly before?: { readonly startTs: number; readonly id: string } | null;
  readonly limit: number;
  /** false leaves `curve` empty, which is what a list needs. Default true. */
  readonly curves?: boolean;
}

export interface CountedContactQuery extends Period {
  /** Empty or absent: every point. */
  readonly points?: readonly string[];
  readonly limit: number;
  /** false leaves `curve` empty. */
  readonly curves: boolean;
}

/** Sums over the contacts of one point. */
export interface ContactTotals {
  readonly pointId: string;
  readonly contacts: number;
  readonly withSeller: number;
  /** Contacts with at least one seller's smile. */
  readonly withSmile: number;
  readonly qualified: number;
  readonly happy: number;
  readonly unhappy: number;
  readonly indifferent: number;
  /** Customers who smiled already, and contacts judged by the former rule only: both outside of the index. */
  readonly already: number;
  readonly former: number;
  /** Qualified contacts whose other moments were judged, those of them that answered, and Σ of the answers by chance. */
  readonly netBasis: number;
  readonly netAnswered: number;
  readonly netByChance: number;
  readonly positiveBursts: number;
  readonly negativeBursts: number;
  /** Qualified contacts with a tested cross-lagged correlation, and those among them with p < 0.05. */
  readonly correlated: number;
  readonly contagious: number;
  readonly medianLatencyMs: number | null;
  /** Over qualified contacts. */
  readonly medianRise: number | null;
}

/** Contacts of the points and sums over them. */
export interface ContactReader {
  /** Newest first. */
  contacts(query: ContactQuery): Promise<readonly Contact[]>;
  /** Oldest first. */
  countedContacts(query: CountedContactQuery): Promise<readonly CountedContact[]>;
  /** With its curve; null for an unknown id. */
  contact(id: string): Promise<Contact | null>;
  contactTotals(filter: Period & { readonly points?: readonly string[] }): Promise<readonly ContactTotals[]>;
}
