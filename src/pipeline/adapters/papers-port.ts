import type { PapersPort } from '../../api/routes/papers-port.js';
import {
  noticeInputOf,
  privacyReport,
  type AuditList,
  type PrivacySources,
} from '../../reporting/privacy/build-privacy.js';
import { renderNotice } from '../../reporting/privacy/render-notice.js';

/** The papers the law asks for, generated from the configuration and the audit log. */
export const createPapersPort = (sources: PrivacySources, audit: AuditList): PapersPort => ({
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
