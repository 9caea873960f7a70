import type { PrivacyReport } from '../../../src/contracts/documents/privacy-report.js';
import { apiUrl, call } from './api.js';

export const loadPrivacyReport = (signal: AbortSignal): Promise<PrivacyReport> => call('/privacy/report', { signal });

/** Address of the notice for the door. */
export const noticeUrl = (language: 'ru' | 'en', format: 'html' | 'pdf'): string =>
  apiUrl('/notice', { language, format });
