import { useMemo } from 'preact/hooks';
import { chartSpan } from '../../../../src/contracts/chart-span.js';
import type { Me1Report, SeriesPoint } from '../../../../src/contracts/me1.js';
import { t } from '../../i18n/i18n.js';
import { Chart, Legend, type ChartSeries } from '../../parts/chart.js';

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

type ChartValue = 'smileIndex' | 'smilingPersons' | 'absolute' | 'framesWithFaces';

const CHARTS = [
  { value: 'smileIndex', title: 'me1.chart.smile', decimals: 2 },
  { value: 'smilingPersons', title: 'smile.persons', decimals: 2 },
  { value: 'absolute', title: 'me1.chart.absolute', decimals: 0 },
  { value: 'framesWithFaces', title: 'me1.chart.frames', decimals: 0 },
] as const;

const keyOf = (point: Pick<SeriesPoint, 'streamId' | 'role'>): string => `${point.streamId} ${point.role}`;

interface Lines {
  readonly keys: readonly string[];
  readonly times: readonly number[];
  readonly at: ReadonlyMap<string, ReadonlyMap<number, SeriesPoint>>;
}

/** Every line on one common time axis. */
const alignLines = (series: readonly SeriesPoint[]): Lines => {
  const at = new Map<string, Map<number, SeriesPoint>>();
  for (const point of series) {
    const line = at.get(keyOf(point)) ?? new Map<number, SeriesPoint>();
    at.set(keyOf(point), line.set(point.ts, point));
  }
  const times = [...new Set(series.map((point) => point.ts))].sort((a, b) => a - b);
  return { keys: [...at.keys()], times, at };
};

const valuesOf = (lines: Lines, value: ChartValue): (number | null)[][] =>
  lines.keys.map((key) => lines.times.map((ts) => lines.at.get(key)?.get(ts)?.[value] ?? null));

/** Whether a line has points without a neighbour, which only a dot can show. */
const isBroken = ({ times, at }: Lines, key: string): boolean => {
  const measured = times.map((ts) => at.get(key)?.has(ts) === true);
  return measured.some((here, index) => here && measured[index - 1] !== true && measured[index + 1] !== true);
};

/** The report's charts: Smile-Index and the share of visitors who smiled, absolute level of happiness, frames with recognised faces. */
export const Me1Charts = ({ report }: { readonly report: Me1Report }) => {
  const lines = useMemo(() => alignLines(report.series), [report]);
  const { fromTs, toTs } = report.params;
  const elapsed = { fromTs, toTs: Math.min(toTs, Math.max(report.generatedTs, fromTs + 1)) };
  const span = chartSpan(report.series, elapsed, report.bucketMs);
  const names = new Map(report.rows.map((row) => [`${row.streamId ?? ''} ${row.role ?? ''}`, row.name]));
  const series: ChartSeries[] = lines.keys.map((key, index) => ({
    label: names.get(key) ?? key,
    ...(LOOKS[index % LOOKS.length] ?? { token: 'green' }),
    points: lines.times.length <= 60 || isBroken(lines, key),
  }));
  return (
    <div class="stack">
      {CHARTS.filter(({ value }) => value !== 'smilingPersons' || report.params.smileIndex !== 'person').map(
        (chart) => (
          <section key={chart.value} class="card" aria-label={t(chart.title)} data-chart={chart.value}>
            <div class="card-head">
              <h2>{t(chart.title)}</h2>
              <div class="space" />
              <Legend series={series} />
            </div>
            <Chart
              label={t(chart.title)}
              times={lines.times}
              values={valuesOf(lines, chart.value)}
              series={series}
              heightPx={200}
              min={0}
              decimals={chart.decimals}
              span={[span.fromTs, span.toTs]}
              timeZone={report.timeZone}
            />
          </section>
        ),
      )}
    </div>
  );
};
