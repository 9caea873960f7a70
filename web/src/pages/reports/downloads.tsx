import type { ReportFile } from '../../../../src/contracts/documents/report-format.js';
import type { Query } from '../../data/api.js';
import { REPORT_FILES, reportFileUrl, samplesFileUrl } from '../../data/reports.js';
import { t } from '../../i18n/i18n.js';
import { Icon } from '../../ui/icon.js';

interface Props {
  readonly report: string;
  readonly query: Query;
  /** Default: all. */
  readonly formats?: readonly ReportFile[];
}

/** A link per format; the service makes the file from the same parameters. */
export const Downloads = ({ report, query, formats = REPORT_FILES }: Props) => (
  <div class="row" role="group" aria-label={t('me1.download')}>
    <Icon name="download" />
    {REPORT_FILES.filter((format) => formats.includes(format)).map((format) => (
      <a
        key={format}
        class="button"
        href={reportFileUrl(report, query, format)}
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
      <a key={format} href={samplesFileUrl(query, format)} download={`samples.${format}`}>
        {format.toUpperCase()}
      </a>
    ))}
  </p>
);
