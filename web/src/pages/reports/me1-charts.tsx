import { useMemo } from 'preact/hooks';
import { chartBreakMs, chartSpan } from '../../../../src/charts/chart-span.js';
import type { Me1Report, SeriesPoint } from '../../../../src/contracts/figures/me1-schema.js';
import { alignedLines, hasLonePoint } from '../../values/chart-lines.js';
import { t } from '../../i18n/i18n.js';
import { Chart, Legend, type ChartSeries } from '../../charts/chart.js';

/** Lines differ by colour and by dash; after eight they repeat. */
const LOOKS: readonly Pick<ChartSeries, 'token' | 'dash'>[] = [
  { token: 'green' },
  { token: 'blue', dash: [8, 4] },
  { token: 'red', dash: [2, 3] },
  { token: 'seller', dash: [12, 4, 2, 4] },
  { token: 'disgust', dash: [4, 2] },
  { token: 'sadness', dash: [14, 4] },
  { token: 'muted', dash: [1, 3] },
  { token: 'text', dash: [6, 2, 1, 2] },
];

const CHARTS = [
  { value: 'smileIndex', title: 'me1.chart.smile', decimals: 2 },
  { value: 'smilingPersons', title: 'smile.persons', decimals: 2 },
  { value: 'absolute', title: 'me1.chart.absolute', decimals: 0 },
  { value: 'framesWithFaces', title: 'me1.chart.frames', decimals: 0 },
] as const;

const keyOf = (point: Pick<SeriesPoint, 'streamId' | 'role'>): string => `${point.streamId} ${point.role}`;

/** The points of each line by its camera and role. */
const linesOf = (series: readonly SeriesPoint[]): ReadonlyMap<string, readonly SeriesPoint[]> => {
  const lines = new Map<string, SeriesPoint[]>();
  for (const point of series) {
    const line = lines.get(keyOf(point));
    if (line === undefined) lines.set(keyOf(point), [point]);
    else line.push(point);
  }
  return lines;
};

interface LinesChartProps {
  readonly report: Me1Report;
  readonly lines: ReadonlyMap<string, readonly SeriesPoint[]>;
  readonly chart: (typeof CHARTS)[number];
}

/** More points than this make a line of dots. */
const MOST_DOTS = 60;

const LinesChart = ({ report, lines, chart }: LinesChartProps) => {
  const { times, values } = useMemo(
    () =>
      alignedLines(
        [...lines.values()].map(
          (points) => new Map(points.map((one) => [one.ts, one.analysedFrames > 0 ? one[chart.value] : null])),
        ),
        chartBreakMs(report),
      ),
    [lines, chart],
  );
  const { fromTs, toTs } = report.params;
  const elapsed = { fromTs, toTs: Math.min(toTs, Math.max(report.generatedTs, fromTs + 1)) };
  const span = chartSpan(report.series, elapsed, report.bucketMs);
  const names = new Map(report.rows.map((row) => [`${row.streamId ?? ''} ${row.role ?? ''}`, row.name]));
  const series: ChartSeries[] = [...lines].map(([key, points], index) => ({
    label: names.get(key) ?? key,
    ...(LOOKS[index % LOOKS.length] ?? { token: 'green' }),
    points: points.length <= MOST_DOTS || hasLonePoint(values[index] ?? []),
  }));
  return (
    <section class="card" aria-label={t(chart.title)} data-chart={chart.value}>
      <div class="card-head">
        <h2>{t(chart.title)}</h2>
        <div class="space" />
        <Legend series={series} />
      </div>
      <Chart
        label={t(chart.title)}
        times={times}
        values={values}
        series={series}
        heightPx={200}
        min={0}
        decimals={chart.decimals}
        span={[span.fromTs, span.toTs]}
        timeZone={report.timeZone}
      />
    </section>
  );
};

/** The report's charts: Smile-Index and the share of visitors who smiled, absolute level of happiness, frames with recognised faces. */
export const Me1Charts = ({ report }: { readonly report: Me1Report }) => {
  const lines = useMemo(() => linesOf(report.series), [report]);
  return (
    <div class="stack">
      {CHARTS.filter(({ value }) => value !== 'smilingPersons' || report.params.smileIndex !== 'person').map(
        (chart) => (
          <LinesChart key={chart.value} report={report} lines={lines} chart={chart} />
        ),
      )}
    </div>
  );
};
