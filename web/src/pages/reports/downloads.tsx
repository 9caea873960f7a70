import { apiUrl, type Query } from '../../data/api.js';
import { language, t } from '../../i18n/i18n.js';
import { Icon } from '../../parts/icon.js';

const FORMATS = ['xlsx', 'pdf', 'csv', 'html', 'json'] as const;

/** A link per format; the service makes the file from the same parameters. */
export const Downloads = ({ path, query }: { readonly path: string; readonly query: Query }) => (
  <div class="row" role="group" aria-label={t('me1.download')}>
    <Icon name="download" />
    {FORMATS.map((format) => (
      <a
        key={format}
        class="button"
        href={apiUrl(path, { ...query, format, language: language.value })}
        download={`emoscope.${format}`}
        data-download={format}
        aria-label={`${t('me1.download')} ${format.toUpperCase()}`}
      >
        {format.toUpperCase()}
      </a>
    ))}
  </div>
);

/** Raw samples of the period as a file. */
export const SampleDownloads = ({ query }: { readonly query: Query }) => (
  <p class="row small">
    <span class="muted">{t('me1.samples.export')}</span>
    {(['csv', 'parquet'] as const).map((format) => (
      <a key={format} href={apiUrl('/samples/export', { ...query, format })} download={`samples.${format}`}>
        {format.toUpperCase()}
      </a>
    ))}
  </p>
);
