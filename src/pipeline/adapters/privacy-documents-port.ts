import type { PrivacyDocumentsPort } from '../../api/routes/privacy-documents-port.js';
import {
  noticeInputOf,
  privacyReport,
  type AuditList,
  type PrivacySources,
} from '../../reporting/privacy/build-privacy.js';
import { renderNotice } from '../../reporting/privacy/render-notice.js';

/** The documents that the law asks for, made from the configuration and the audit log. */
export const createPrivacyDocumentsPort = (sources: PrivacySources, audit: AuditList): PrivacyDocumentsPort => ({
  privacyReport: () => privacyReport(sources, audit),
  notice: async (format, language) => {
    const input = noticeInputOf(sources.config(), sources.clock.now());
    const { contentType, extension, body } = await renderNotice(input, format, language);
    return {
      contentType,
      fileName: `notice-${language}.${extension}`,
      body: typeof body === 'string' ? Buffer.from(body) : body,
    };
  },
});
