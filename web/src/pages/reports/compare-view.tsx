import { useMemo, useState } from 'preact/hooks';
import type { Compared, ComparisonLine, ComparisonReport } from '../../../../src/contracts/comparison.js';
import type { Judgement } from '../../../../src/contracts/judgement.js';
import type { Figure, Me1Report } from '../../../../src/contracts/me1.js';
import { call } from '../../data/api.js';
import { DECIMALS, pooledCurve } from '../../data/comparison.js';
import { duration, number, periodText, range, signed } from '../../data/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import type { ReportPeriod } from '../../data/period.js';
import { t } from '../../i18n/i18n.js';
import { Chart, Legend, type ChartSeries } from '../../parts/chart.js';
import { FigureText } from '../../parts/figure-text.js';
import { Icon } from '../../parts/icon.js';
import { NoData } from '../../parts/no-data.js';
import { LoadedView } from '../../parts/loaded-view.js';
import { initialPeriod, PeriodSelect } from '../../parts/period-select.js';
import { StreamPicker } from '../../parts/stream-picker.js';
import { useData } from '../../parts/use-data.js';
import { EMOTIONS } from '../../data/emotions.js';

/** Shapes without a judgement: whether higher is better depends on the figure. */
const SHAPE = { higher: 'up', lower: 'down', unproven: 'flat', 'too-few': 'flat' } as const;

const nameOf = (key: Compared): string => {
  const emotion = EMOTIONS.find((name) => name === key);
  if (emotion !== undefined) return t(`emotion.${emotion}`);
  switch (key) {
    case 'smileIndex':
      return t('live.smile');
    case 'smilingPersons':
      return t('smile.persons');
    case 'mood':
      return t('live.mood');
    case 'male':
      return t('compare.male');
    case 'utilization':
      return t('compare.utilization');
    case 'visitors':
      return t('live.visitors');
    default:
      return t('compare.samples');
  }
};

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
      {t(`compare.${code}`)}
      {short !== null && ` (${t('compare.short', { has: number(short.has), needs: number(short.needs) })})`}
    </span>
  );
};

const Line = ({ line }: { readonly line: ComparisonLine }) => {
  const decimals = DECIMALS[line.key];
  return (
    <tr>
      <th scope="row">{nameOf(line.key)}</th>
      <td class="num">
        <FigureText figure={line.a} decimals={decimals} interval />
      </td>
      <td class="num">
        <FigureText figure={line.b} decimals={decimals} interval />
      </td>
      <td class="num">
        <Difference figure={line.difference} decimals={decimals} />
      </td>
      <td>{line.judgement === null ? <span class="muted">—</span> : <Verdict judgement={line.judgement} />}</td>
    </tr>
  );
};

const Curves = ({ a, b }: { readonly a: Me1Report; readonly b: Me1Report }) => {
  const [times, values] = useMemo(() => {
    const [curveA, curveB] = [pooledCurve(a), pooledCurve(b)];
    const offsets = [...new Set([...curveA.keys(), ...curveB.keys()])].sort((x, y) => x - y);
    return [
      offsets,
      [offsets.map((at) => curveA.get(at) ?? null), offsets.map((at) => curveB.get(at) ?? null)],
    ] as const;
  }, [a, b]);
  const series: ChartSeries[] = [
    { label: t('compare.a'), token: 'blue', dash: [8, 4], points: true },
    { label: t('compare.b'), token: 'green', width: 2.5, points: true },
  ];
  return (
    <section class="card" aria-label={t('compare.chart')}>
      <div class="card-head">
        <h2>{t('compare.chart')}</h2>
        <div class="space" />
        <Legend series={series} />
      </div>
      <Chart
        label={t('compare.chart')}
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
  const report = useData(
    (signal) =>
      call<ComparisonReport>('/reports/comparison', {
        query: { ...a, otherFrom: b.from, otherTo: b.to, streams },
        signal,
      }),
    [a.from, a.to, b.from, b.to, streams.join()],
  );
  return (
    <>
      <div class="card params">
        <PeriodSelect label={t('compare.a')} initial="yesterday" onChange={setA} />
        <PeriodSelect label={t('compare.b')} initial="today" onChange={setB} />
        <StreamPicker streams={feed.streams.value} value={streams} onChange={setStreams} />
      </div>
      <LoadedView of={report}>
        {({ a: first, b: second, lines }) =>
          first.total.samples + second.total.samples === 0 ? (
            <div class="card">
              <NoData period={`${caption(first)} · ${caption(second)}`} />
            </div>
          ) : (
            <>
              <section class="card" aria-labelledby="compare-title">
                <h2 id="compare-title">{t('compare.title')}</h2>
                <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="compare-title">
                  <table class="table" data-report="compare">
                    <thead>
                      <tr>
                        <th scope="col">{t('compare.figure')}</th>
                        <th scope="col" class="num">
                          {t('compare.a')}
                          <span class="ci">{caption(first)}</span>
                        </th>
                        <th scope="col" class="num">
                          {t('compare.b')}
                          <span class="ci">{caption(second)}</span>
                        </th>
                        <th scope="col" class="num">
                          {t('compare.difference')}
                        </th>
                        <th scope="col">{t('compare.verdict')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {lines.map((line) => (
                        <Line key={line.key} line={line} />
                      ))}
                    </tbody>
                  </table>
                </div>
                <p class="small muted">
                  {t('compare.note')} T = {number(first.params.threshold)}.
                </p>
              </section>
              <Curves a={first} b={second} />
            </>
          )
        }
      </LoadedView>
    </>
  );
};
