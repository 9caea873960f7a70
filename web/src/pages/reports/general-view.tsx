import { useState } from 'preact/hooks';
import { COMPARISON_WORDS } from '../../../../src/contracts/figures/comparison-words.js';
import type { ReportListing } from '../../../../src/contracts/documents/report-listing.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { loadPrintedReport } from '../../data/reports.js';
import { useData } from '../../hooks/use-data.js';
import { language } from '../../i18n/i18n.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { initialPeriod, PeriodSelect } from '../../ui/period-select.js';
import { StreamPicker } from '../../ui/stream-picker.js';
import { Downloads } from './downloads.js';
import { PrintedTable } from './printed-table.js';

/** Any report that has no page of its own: its period, its files, and its tables as they are printed. */
export const GeneralView = ({ feed, report }: { readonly feed: LiveFeed; readonly report: ReportListing }) => {
  const { kind, covers, scope, formats, title } = report;
  const isPair = covers === 'two-periods';
  const [period, setPeriod] = useState(() => initialPeriod(isPair ? 'yesterday' : 'today'));
  const [other, setOther] = useState(() => initialPeriod('today'));
  const [streams, setStreams] = useState<readonly string[]>([]);
  const query = {
    ...period,
    ...(isPair ? { otherFrom: other.from, otherTo: other.to } : {}),
    ...(scope === 'streams' ? { streams } : {}),
  };
  const isPrinted = formats.includes('html');
  const printed = useData(
    (signal) => (isPrinted ? loadPrintedReport(kind, query, signal) : Promise.resolve({ tables: [], notes: [] })),
    [kind, JSON.stringify(query), language.value],
  );
  const { a, b } = COMPARISON_WORDS;
  return (
    <>
      <div class="card params" role="group" aria-label={title[language.value]}>
        <PeriodSelect
          {...(isPair ? { label: a[language.value] } : {})}
          initial={isPair ? 'yesterday' : 'today'}
          onChange={setPeriod}
        />
        {isPair && <PeriodSelect label={b[language.value]} initial="today" onChange={setOther} />}
        {scope === 'streams' && <StreamPicker streams={feed.streams.value} value={streams} onChange={setStreams} />}
        <Downloads report={kind} query={query} formats={formats} />
      </div>
      <LoadedView of={printed}>
        {({ tables, notes }) => (
          <div class="stack">
            {tables.map((table) => (
              <PrintedTable key={table.id} report={kind} table={table} />
            ))}
            {notes.map((note) => (
              <p key={note} class="small muted">
                {note}
              </p>
            ))}
          </div>
        )}
      </LoadedView>
    </>
  );
};
