import type { Chart } from '../document.js';
import type { Language } from '../../contracts/language.js';
import { formatNumber } from '../number-format.js';
import type { LocalTime } from '../../time/local-time.js';
import { linePath } from './line-path.js';
import type { Mark, Scene } from './scene.js';
import { elapsedTicks, timeTicks } from './time-axis.js';
import { tickDigits, valueTicks } from './value-scale.js';

export interface ChartLook {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  readonly lang: Language;
  readonly zone: LocalTime;
}

const NOTHING = { ru: 'нет данных за период', en: 'no data in this period' } as const;
const CHAR_WIDTH = 0.56;

/** A chart with axes and grid in the site's local time; the same scene goes into HTML and PDF. */
export const lineChart = (chart: Chart, look: ChartLook): Scene => {
  const { width, height, fontSize, lang, zone } = look;
  const max = highest(chart);
  const ticks = valueTicks(max ?? 0, 4, chart.digits === 0);
  const digits = tickDigits(ticks);
  const labels = ticks.map((tick) => formatNumber(tick, digits, lang));
  const left = Math.max(...labels.map((label) => label.length)) * fontSize * CHAR_WIDTH + 6;
  const [top, right, bottom] = [fontSize, fontSize * 1.6, height - fontSize * 1.8];
  const plotWidth = width - left - right;
  const top0 = ticks.at(-1) ?? 1;
  const y = (value: number): number => bottom - (value / top0) * (bottom - top);
  const x = (ts: number): number => left + ((ts - chart.fromTs) / (chart.toTs - chart.fromTs)) * plotWidth;

  const marks: Mark[] = ticks.flatMap((tick, index): Mark[] => [
    { kind: 'line', x1: left, y1: y(tick), x2: left + plotWidth, y2: y(tick), tone: index === 0 ? 'axis' : 'grid' },
    text(left - 4, y(tick) + fontSize * 0.35, labels[index] ?? '', 'end', fontSize),
  ]);
  const room = Math.max(2, Math.floor(plotWidth / (fontSize * 5)));
  const { fromTs, toTs } = chart;
  const times =
    chart.axis === 'elapsed' ? elapsedTicks(fromTs, toTs, lang, room) : timeTicks(fromTs, toTs, zone, lang, room);
  for (const { ts, label } of times) {
    marks.push({ kind: 'line', x1: x(ts), y1: bottom, x2: x(ts), y2: bottom + 3, tone: 'axis' });
    marks.push(text(x(ts), bottom + fontSize * 1.5, label, 'middle', fontSize));
  }
  if (max === null) {
    marks.push(text(left + plotWidth / 2, (top + bottom) / 2, NOTHING[lang], 'middle', fontSize * 1.1));
  }
  chart.series.forEach(({ points }, series) => {
    const { d, dots } = linePath(points, chart, x, y);
    if (d !== '') marks.push({ kind: 'path', d, series });
    for (const dot of dots) marks.push({ kind: 'dot', ...dot, radius: 1.6, series });
  });
  return { width, height, marks };
};

const text = (x: number, y: number, label: string, anchor: 'start' | 'middle' | 'end', size: number): Mark => ({
  kind: 'text',
  x,
  y,
  text: label,
  anchor,
  size,
  tone: 'muted',
});

/** Largest measured value; null without any. */
const highest = (chart: Chart): number | null => {
  let max: number | null = null;
  for (const { points } of chart.series) {
    for (const { value } of points) if (value !== null && Number.isFinite(value)) max = Math.max(max ?? 0, value);
  }
  return max;
};
