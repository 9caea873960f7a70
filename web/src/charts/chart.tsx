import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { dayMonth, clockTime, minuteTime, number } from '../values/format.js';
import { language } from '../i18n/i18n.js';
import { colour, theme } from '../theme.js';

export interface ChartSeries {
  readonly label: string;
  /** Colour token. */
  readonly token: string;
  /** Dash pattern, so that curves differ without colour. */
  readonly dash?: readonly number[];
  readonly width?: number;
  readonly fill?: boolean;
  readonly points?: boolean;
}

/** A moment, or a span when `toTs` is given, with its caption; `low` puts the caption a line lower. */
interface ChartMark {
  readonly ts: number;
  readonly toTs?: number;
  readonly label: string;
  readonly token: string;
  readonly low?: boolean;
}

interface Props {
  /** Sentence for screen readers. */
  readonly label: string;
  /** Epoch ms. */
  readonly times: readonly number[];
  /** One list per series: null breaks the line off, undefined lets it pass. */
  readonly values: readonly (readonly (number | null | undefined)[])[];
  readonly series: readonly ChartSeries[];
  readonly heightPx: number;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  /** Fixed time span [from, to], epoch ms. */
  readonly span?: readonly [number, number];
  readonly timeZone?: string;
  /** Labels of the horizontal axis; default: the clock. */
  readonly formatTime?: (ts: number) => string;
  /** Vertical marks with a caption. */
  readonly marks?: readonly ChartMark[];
}

const FONT = '12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Steps of the time axis that people count in, seconds. */
const TIME_STEPS_S = [
  0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  1_209_600, 2_592_000, 7_776_000, 31_536_000,
];

/** Steps of an axis that counts: no label may repeat for want of decimals. */
const WHOLE_STEPS = [1, 2, 5]
  .flatMap((step) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((power) => step * 10 ** power))
  .sort((a, b) => a - b);

const timeText = (ts: number, spanMs: number, timeZone: string | undefined): string =>
  spanMs > 2 * 86_400_000
    ? dayMonth(ts, timeZone)
    : spanMs > 10 * 60_000
      ? minuteTime(ts, timeZone)
      : clockTime(ts, timeZone);

const drawMarks = (plot: uPlot, marks: readonly ChartMark[]): void => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.setLineDash([]);
  ctx.textAlign = 'left';
  ctx.lineWidth = devicePixelRatio;
  ctx.font = `${String(12 * devicePixelRatio)}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
  for (const mark of marks) {
    const left = plot.valToPos(mark.ts / 1000, 'x', true);
    ctx.fillStyle = colour(mark.token);
    ctx.strokeStyle = colour(mark.token);
    if (mark.toTs !== undefined) {
      ctx.globalAlpha = 0.14;
      ctx.fillRect(left, bbox.top, plot.valToPos(mark.toTs / 1000, 'x', true) - left, bbox.height);
      ctx.globalAlpha = 1;
    }
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(mark.label, left + 4, bbox.top + (mark.low === true ? 28 : 13) * devicePixelRatio);
  }
  ctx.restore();
};

const optionsOf = (props: Props, widthPx: number, current: { props: Props }): uPlot.Options => {
  const muted = colour('muted');
  const grid = { stroke: colour('grid'), width: 1 };
  return {
    width: widthPx,
    height: props.heightPx,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: {
        time: false,
        ...(props.span === undefined
          ? {}
          : { range: () => (current.props.span ?? [0, 1]).map((ts) => ts / 1000) as [number, number] }),
      },
      y: {
        range: (_plot, low, high) => [
          current.props.min ?? Math.min(0, low),
          current.props.max ?? (Number.isFinite(high) && high > 0 ? high * 1.1 : 1),
        ],
      },
    },
    axes: [
      {
        stroke: muted,
        grid,
        ticks: grid,
        font: FONT,
        space: 80,
        size: 34,
        incrs: TIME_STEPS_S,
        values: (plot, splits) => {
          const spanMs = ((plot.scales['x']?.max ?? 0) - (plot.scales['x']?.min ?? 0)) * 1000;
          const format = current.props.formatTime;
          return splits.map((second) =>
            format === undefined ? timeText(second * 1000, spanMs, current.props.timeZone) : format(second * 1000),
          );
        },
      },
      {
        stroke: muted,
        grid,
        ticks: grid,
        font: FONT,
        size: 46,
        ...((props.decimals ?? 0) === 0 ? { incrs: WHOLE_STEPS } : {}),
        values: (_plot, splits) => splits.map((value) => number(value, props.decimals ?? 0)),
      },
    ],
    series: [
      {},
      ...props.series.map((series) => ({
        label: series.label,
        stroke: colour(series.token),
        width: series.width ?? 2,
        dash: [...(series.dash ?? [])],
        points: { show: series.points ?? false, size: 5, fill: colour(series.token) },
        spanGaps: false,
        ...(series.fill === true ? { fill: `${colour(series.token)}22` } : {}),
      })),
    ],
    hooks: { draw: [(plot) => drawMarks(plot, current.props.marks ?? [])] },
  };
};

const dataOf = (props: Props): uPlot.AlignedData => [
  props.times.map((ts) => ts / 1000),
  ...props.values.map((values) => [...values]),
];

/** A line chart over time; redrawn in place as its numbers change. */
export const Chart = (props: Props) => {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const current = useRef({ props });
  current.current.props = props;
  const shape = `${theme.value} ${language.value} ${props.series.map((series) => series.label + series.token).join()}`;

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = new uPlot(
      optionsOf(props, Math.max(120, element.clientWidth), current.current),
      dataOf(current.current.props),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.setSize({ width: Math.max(120, element.clientWidth), height: props.heightPx });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, props.heightPx]);

  useEffect(() => {
    plot.current?.setData(dataOf(props));
  }, [props.times, props.values, props.span?.[0], props.span?.[1], props.marks]);

  const points = props.values[0]?.filter((value) => typeof value === 'number').length ?? 0;
  return <div ref={host} class="chart" role="img" aria-label={props.label} data-points={points} />;
};

/** Which line is which: colour, dash and name together. */
export const Legend = ({ series }: { readonly series: readonly ChartSeries[] }) => (
  <ul class="legend">
    {series.map((entry) => (
      <li key={entry.label}>
        <svg viewBox="0 0 32 10" aria-hidden="true">
          <line
            x1="1"
            y1="5"
            x2="31"
            y2="5"
            stroke={`var(--${entry.token})`}
            stroke-width={(entry.width ?? 2) + 0.5}
            stroke-dasharray={(entry.dash ?? []).join(' ')}
          />
        </svg>
        {entry.label}
      </li>
    ))}
  </ul>
);
