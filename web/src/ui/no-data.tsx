import { t } from '../i18n/i18n.js';

/** What a report shows where nothing was measured. */
export const NoData = ({ period }: { readonly period: string }) => (
  <div class="empty" data-empty>
    <strong>{t('me1.empty')}</strong>
    <span>{period}</span>
  </div>
);
