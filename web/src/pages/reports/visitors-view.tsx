import { useState } from 'preact/hooks';
import type { Figure, Unit } from '../../../../src/contracts/figure.js';
import type { VisitorsReport, VisitorsRow } from '../../../../src/contracts/figures/visitors-schema.js';
import { number, periodText } from '../../values/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { loadReport } from '../../data/reports.js';
import { t } from '../../i18n/i18n.js';
import { inUnit, intervalInUnit } from '../../ui/figure-text.js';
import { NoData } from '../../ui/no-data.js';
import { Notes } from '../../ui/notes.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { initialPeriod, PeriodSelect } from '../../ui/period-select.js';
import { RowHead } from '../../ui/row-head.js';
import { StreamPicker } from '../../ui/stream-picker.js';
import { useData } from '../../hooks/use-data.js';
import { CrossTabTable } from './cross-tab.js';
import { Downloads } from './downloads.js';

/** A figure in its unit, and under it its interval. */
const FigureCell = ({ figure, unit }: { readonly figure: Figure; readonly unit: Unit }) => {
  const interval = intervalInUnit(figure, unit);
  return (
    <td class="num">
      {inUnit(figure.value, unit)}
      {interval !== '' && <span class="ci">{interval}</span>}
    </td>
  );
};

const Row = ({ row, k }: { readonly row: VisitorsRow; readonly k: number }) => (
  <>
    <td class="num">{row.visitors === null ? `<${String(k)}` : number(row.visitors)}</td>
    <FigureCell figure={row.meanDwellMs} unit="ms" />
    <FigureCell figure={row.meanAttentionMs} unit="ms" />
    <FigureCell figure={row.lookedShare} unit="share" />
    <FigureCell figure={row.meanGlances} unit="rate" />
    <FigureCell figure={row.malePercent} unit="percent" />
    <FigureCell figure={row.meanAgeYears} unit="points" />
    <FigureCell figure={row.mood} unit="points" />
  </>
);

const COLUMNS = ['count', 'dwell', 'attention', 'looked', 'glances', 'male', 'age', 'mood'] as const;

const VisitorsTable = ({ report }: { readonly report: VisitorsReport }) => (
  <section class="card" aria-labelledby="visitors-title">
    <div class="card-head">
      <h2 id="visitors-title">{t('visitors.rows')}</h2>
      <div class="space" />
      <span class="muted">{t('visitors.served', { n: number(report.served) })}</span>
    </div>
    <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="visitors-title">
      <table class="table" data-report="visitors">
        <thead>
          <tr>
            <th scope="col">{t('visitors.name')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" class="num">
                {t(`visitors.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={`${row.streamId ?? ''} ${row.role ?? ''}`}>
              <RowHead row={row} />
              <Row row={row} k={report.kAnonymity} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('visitors.total')}</th>
            <Row row={report.total} k={report.kAnonymity} />
          </tr>
        </tfoot>
      </table>
    </div>
    <Notes notes={report.notes} />
  </section>
);

/** Visitors by camera, and gender by age by visible expression with small groups hidden. */
export const VisitorsView = ({ feed }: { readonly feed: LiveFeed }) => {
  const [period, setPeriod] = useState(() => initialPeriod('today'));
  const [streams, setStreams] = useState<readonly string[]>([]);
  const query = { ...period, streams };
  const report = useData((signal) => loadReport('visitors', query, signal), [period.from, period.to, streams.join()]);
  return (
    <>
      <div class="card params">
        <PeriodSelect initial="today" onChange={setPeriod} />
        <StreamPicker streams={feed.streams.value} value={streams} onChange={setStreams} />
        <Downloads report="visitors" query={query} />
      </div>
      <LoadedView of={report}>
        {(value) =>
          value.rows.length === 0 ? (
            <div class="card">
              <NoData period={periodText(value.fromTs, value.toTs, value.timeZone)} />
              <Notes notes={value.notes} />
            </div>
          ) : (
            <>
              <VisitorsTable report={value} />
              <CrossTabTable crossTab={value.crossTab} />
            </>
          )
        }
      </LoadedView>
    </>
  );
};
