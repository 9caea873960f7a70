import type { Language } from '../../contracts/language.js';
import type { ReportFile } from '../../contracts/documents/report-format.js';

/** Which report to render, how, and in which language; plain data, so that it can cross to a worker. */
export interface ReportRequest {
  readonly kind: string;
  readonly model: unknown;
  readonly format: ReportFile;
  readonly language: Language;
}
