import type { Language } from '../../contracts/language.js';
import type { PrivacyReport } from '../../contracts/documents/privacy-report.js';
import type { RenderedFile } from '../../contracts/documents/rendered-file.js';

/** The documents that the law asks for. */
export interface PrivacyDocumentsPort {
  /** What is collected, where, how long, who saw it. */
  privacyReport(): Promise<PrivacyReport>;
  /** The notice for the door. */
  notice(format: 'html' | 'pdf', language: Language): Promise<RenderedFile>;
}
