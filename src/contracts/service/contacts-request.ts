import type { Verdict } from '../contact.js';
import type { Period } from '../period.js';

/** Which stored contacts are wanted, newest first. */
export interface ContactsRequest extends Period {
  /** Empty: every point. */
  readonly points: readonly string[];
  readonly verdict: Verdict | null;
  /** Only contacts that come after this one in the order (startTs, id) descending. */
  readonly before: { readonly startTs: number; readonly id: string } | null;
  readonly limit: number;
}
