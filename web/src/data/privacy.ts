import type { Bilingual } from '../../../src/contracts/bilingual.js';
import { apiUrl, call } from './api.js';

/** What is collected, where, how long, and who saw it. */
export interface PrivacyReport {
  readonly holdings: readonly {
    readonly kind: string;
    readonly description: Bilingual;
    readonly where: Bilingual;
    readonly retention: string | null;
    readonly rows: number | null;
  }[];
  readonly accesses: readonly {
    readonly actor: string;
    readonly action: string;
    readonly count: number;
    readonly lastTs: number;
  }[];
}

export const loadPrivacyReport = (signal: AbortSignal): Promise<PrivacyReport> => call('/privacy/report', { signal });

/** Address of the notice for the door. */
export const noticeUrl = (language: 'ru' | 'en', format: 'html' | 'pdf'): string =>
  apiUrl('/notice', { language, format });
