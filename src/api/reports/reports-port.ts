import type { Language } from '../../contracts/language.js';
import type { RenderedFile } from '../../contracts/documents/rendered-file.js';
import type { ReportFile } from '../../contracts/documents/report-format.js';
import type { Asker, ReportOffer, ReportQuery } from '../../reporting/offer.js';

/** The reports of past periods. */
export interface ReportsPort {
  /** Every report there is, in the order in which they are listed. */
  readonly offers: readonly ReportOffer[];
  /**
   * The report that a parsed query asks for, as far as it may be shown; the work ends when the signal aborts. Throws
   * PERIOD_INVALID, STREAM_UNKNOWN, THRESHOLD_INVALID or PRIVACY_REFUSED as fits.
   */
  make(kind: string, query: ReportQuery, asker: Asker, signal: AbortSignal): Promise<unknown>;
  /** Turns a report into a document. */
  render(
    report: { readonly kind: string; readonly model: unknown },
    format: Exclude<ReportFile, 'json'>,
    language: Language,
    signal: AbortSignal,
  ): Promise<RenderedFile>;
}
