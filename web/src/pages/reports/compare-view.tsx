import { useMemo, useState } from 'preact/hooks';
import type { Bilingual } from '../../../../src/contracts/bilingual.js';
import { chartBreakMs } from '../../../../src/charts/chart-span.js';
import { COMPARED_DIGITS } from '../../../../src/contracts/figures/comparison.js';
import type { ComparisonLine } from '../../../../src/contracts/figures/comparison-schema.js';
import { smilingCurve } from '../../../../src/charts/smiling-curve.js';
import { COMPARED_WORDS, COMPARISON_WORDS, VERDICT_WORDS } from '../../../../src/contracts/figures/comparison-words.js';
import type { Judgement } from '../../../../src/contracts/figures/figure-schema.js';
import type { Figure } from '../../../../src/contracts/me1.js';
import type { Me1Report } from '../../../../src/contracts/figures/me1-schema.js';
import { alignedLines, type ChartLine } from '../../values/chart-lines.js';
import { duration, number, periodText, range, signed } from '../../values/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import type { ReportPeriod } from '../../values/period.js';
import { loadReport } from '../../data/reports.js';
import { language, t } from '../../i18n/i18n.js';
import { Chart, Legend, type ChartSeries } from '../../charts/chart.js';
import { FigureText } from '../../ui/figure-text.js';
import { Icon } from '../../ui/icon.js';
import { NoData } from '../../ui/no-data.js';
import { Notes } from '../../ui/notes.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { initialPeriod, PeriodSelect } from '../../ui/period-select.js';
import { StreamPicker } from '../../ui/stream-picker.js';
import { useData } from '../../hooks/use-data.js';
import { Downloads } from './downloads.js';

/** Shapes without a judgement: whether higher is better depends on the figure. */
const SHAPE = { higher: 'up', lower: 'down', unproven: 'flat', 'too-few': 'flat' } as const;

const say = (words: Bilingual): string => words[language.value];

const Difference = ({ figure, decimals }: { readonly figure: Figure; readonly decimals: number }) => (
  <>
    {signed(figure.value, decimals)}
    {figure.low !== null && (
      <span class="ci">{range(signed(figure.low, decimals), signed(figure.high, decimals))}</span>
    )}
  </>
);

/** How the verdict was come to: test, both sides and p. */
const basisOf = ({ n, against, pAdjusted }: Judgement): string =>
  t('compare.basis', { a: number(against), b: number(n), p: pAdjusted === null ? '—' : number(pAdjusted, 3) });

const Verdict = ({ judgement }: { readonly judgement: Judgement }) => {
  const { code, short } = judgement;
  const isShown = code === 'higher' || code === 'lower';
  return (
    <span class={`trend plain ${isShown ? '' : 'muted'}`} data-verdict={code} title={basisOf(judgement)}>
      <Icon name={SHAPE[code]} />
      {say(VERDICT_WORDS[code])}
      {short !== null && ` (${t('compare.short', { has: number(short.has), needs: number(short.needs) })})`}
    </span>
  );
};

const Line = ({ line }: { readonly line: ComparisonLine }) => {
  const decimals = COMPARED_DIGITS[line.key];
  return (
    <tr>
      <th scope="row">{say(COMPARED_WORDS[line.key])}</th>
      <td class="num">
        <FigureText figure={line.a} decimals={decimals} interval />
      </td>
      <td class="num">
        <FigureText figure={line.b} decimals={decimals} interval />
      </td>
      <td class="num">
        <Difference figure={line.difference} decimals={decimals} />
      </td>
      <td class="verdict">
        {line.judgement === null ? <span class="muted">—</span> : <Verdict judgement={line.judgement} />}
      </td>
    </tr>
  );
};

/** One period's curve as a line over the time since its start. */
const lineOf = (report: Me1Report): ChartLine =>
  new Map(smilingCurve(report).map(({ afterMs, value }) => [afterMs, value]));

const Curves = ({ a, b }: { readonly a: Me1Report; readonly b: Me1Report }) => {
  const { times, values } = useMemo(
    () => alignedLines([lineOf(a), lineOf(b)], Math.max(chartBreakMs(a), chartBreakMs(b))),
    [a, b],
  );
  const series: ChartSeries[] = [
    { label: say(COMPARISON_WORDS.a), token: 'blue', dash: [8, 4], points: true },
    { label: say(COMPARISON_WORDS.b), token: 'green', width: 2.5, points: true },
  ];
  return (
    <section class="card" aria-label={say(COMPARISON_WORDS.chart)}>
      <div class="card-head">
        <h2>{say(COMPARISON_WORDS.chart)}</h2>
        <div class="space" />
        <Legend series={series} />
      </div>
      <Chart
        label={say(COMPARISON_WORDS.chart)}
        times={times}
        values={values}
        series={series}
        heightPx={220}
        min={0}
        decimals={2}
        formatTime={(at) => duration(at)}
      />
    </section>
  );
};

const caption = (report: Me1Report): string => periodText(report.params.fromTs, report.params.toTs, report.timeZone);

/** Two periods side by side, with the difference, its interval and a plain verdict. */
export const CompareView = ({ feed }: { readonly feed: LiveFeed }) => {
  const [a, setA] = useState<ReportPeriod>(() => initialPeriod('yesterday'));
  const [b, setB] = useState<ReportPeriod>(() => initialPeriod('today'));
  const [streams, setStreams] = useState<readonly string[]>([]);
  const query = { ...a, otherFrom: b.from, otherTo: b.to, streams };
  const report = useData(
    (signal) => loadReport('comparison', query, signal),
    [a.from, a.to, b.from, b.to, streams.join()],
  );
  return (
    <>
      <div class="card params">
        <PeriodSelect label={say(COMPARISON_WORDS.a)} initial="yesterday" onChange={setA} />
        <PeriodSelect label={say(COMPARISON_WORDS.b)} initial="today" onChange={setB} />
        <StreamPicker streams={feed.streams.value} value={streams} onChange={setStreams} />
        <Downloads report="comparison" query={query} />
      </div>
      <LoadedView of={report}>
        {({ a: first, b: second, lines, notes }) =>
          first.total.samples + second.total.samples === 0 ? (
            <div class="card">
              <NoData period={`${caption(first)} · ${caption(second)}`} />
              <Notes notes={notes} />
            </div>
          ) : (
            <>
              <section class="card" aria-labelledby="compare-title">
                <h2 id="compare-title">{say(COMPARISON_WORDS.title)}</h2>
                <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="compare-title">
                  <table class="table" data-report="compare">
                    <thead>
                      <tr>
                        <th scope="col">{say(COMPARISON_WORDS.figure)}</th>
                        <th scope="col" class="num">
                          {say(COMPARISON_WORDS.a)}
                          <span class="ci">{caption(first)}</span>
                        </th>
                        <th scope="col" class="num">
                          {say(COMPARISON_WORDS.b)}
                          <span class="ci">{caption(second)}</span>
                        </th>
                        <th scope="col" class="num">
                          {say(COMPARISON_WORDS.difference)}
                        </th>
                        <th scope="col">{say(COMPARISON_WORDS.verdict)}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {lines.length === 0 && (
                        <tr>
                          <td colSpan={5}>{say(COMPARISON_WORDS.unlike)}</td>
                        </tr>
                      )}
                      {lines.map((line) => (
                        <Line key={line.key} line={line} />
                      ))}
                    </tbody>
                  </table>
                </div>
                <p class="small muted">
                  {say(COMPARISON_WORDS.note)} T = {number(first.params.threshold)}.
                </p>
                <Notes notes={notes} />
              </section>
              <Curves a={first} b={second} />
            </>
          )
        }
      </LoadedView>
    </>
  );
};
