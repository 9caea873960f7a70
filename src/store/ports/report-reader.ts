import type { CellReader } from './cell-ledger.js';
import type { CheckGroupReader } from './check-group-reader.js';
import type { ContactReader } from './contact-reader.js';
import type { ObservationReader } from './observation-reader.js';
import type { PortraitReader } from './portrait-reader.js';
import type { VisitReader } from './visit-reader.js';

/** What reports are made from. Every method throws STORE_CLOSED after the store's `close`. */
export interface ReportReader
  extends PortraitReader, VisitReader, ContactReader, ObservationReader, CheckGroupReader, CellReader {
  /** The same for one who may go away: what they asked for waits no longer and is interrupted when the signal aborts. */
  askedBy(signal: AbortSignal): ReportReader;
}
