import { lineChart } from '../../chart/line-chart.js';
import { SERIES_COLOURS, seriesStyle, type Mark, type Scene, type Tone } from '../../chart/scene.js';
import type { ChartSection, ReportDocument } from '../../document.js';
import type { LocalTime } from '../../../time/local-time.js';
import { INK, MUTED, type PdfPage } from './pdf-page.js';

const TONES: Readonly<Record<Tone, string>> = { grid: '#e1e6ec', axis: MUTED, muted: MUTED, ink: INK };
const GAP = 14;
const TITLE = 13;
const LEAST = 64;
const MOST = 190;

/** Draws the charts of a section side by side, or one under another where they fit so, as tall as the page still allows (`reserve` points are left below). */
export const drawCharts = (
  page: PdfPage,
  { charts }: ChartSection,
  document: ReportDocument,
  zone: LocalTime,
  reserve: number,
): void => {
  const [first] = charts;
  if (first === undefined) return;
  const names = first.series.length > 1 ? first.series.map(({ name }) => name) : [];
  const legendHeight = drawLegend(page, names, false);
  page.ensure(legendHeight + TITLE + LEAST);
  drawLegend(page, names, true);
  page.y += legendHeight;
  // A short table leaves room to give every chart the whole width, where a week of hours is readable.
  const full = (page.room - reserve) / charts.length - TITLE - 6;
  const stacked = full >= LEAST;
  const width = stacked ? page.width : (page.width - GAP * (charts.length - 1)) / charts.length;
  const height = stacked ? Math.min(full, MOST) : Math.max(LEAST, Math.min(MOST, page.room - TITLE - reserve));
  charts.forEach((chart, index) => {
    const x = stacked ? page.left : page.left + index * (width + GAP);
    page.write(chart.title, x, page.y, width, { size: 8, bold: true, maxLines: 1 });
    const scene = lineChart(chart, { width, height, fontSize: 6.2, lang: document.lang, zone });
    drawScene(page, scene, x, page.y + TITLE);
    if (stacked || index === charts.length - 1) page.y += TITLE + height + 6;
  });
};

/** Lays out (and draws) the legend; gives its height. */
const drawLegend = (page: PdfPage, names: readonly string[], draw: boolean): number => {
  if (names.length === 0) return 0;
  const look = { size: 6.5, maxLines: 1 };
  let [x, y] = [page.left, page.y];
  names.forEach((name, series) => {
    const width = Math.min(page.textWidth(name, look) + 3, 200);
    if (x + 20 + width > page.left + page.width && x > page.left) [x, y] = [page.left, y + 10];
    if (draw) {
      stroke(page, series)
        .moveTo(x, y + 4)
        .lineTo(x + 15, y + 4)
        .stroke()
        .undash();
      page.write(name, x + 18, y, width, look);
    }
    x += 18 + width + 12;
  });
  return y - page.y + 13;
};

const stroke = (page: PdfPage, series: number): PDFKit.PDFDocument => {
  const { colour, dash } = seriesStyle(series);
  const doc = page.doc
    .lineWidth(1)
    .strokeColor(SERIES_COLOURS[colour]?.light ?? INK)
    .lineJoin('round');
  const [length, space] = dash;
  return length === undefined ? doc : doc.dash(length, { space: space ?? length });
};

const drawScene = (page: PdfPage, { marks }: Scene, x: number, y: number): void => {
  page.doc.save().translate(x, y);
  for (const mark of marks) drawMark(page, mark);
  page.doc.restore();
};

const drawMark = (page: PdfPage, mark: Mark): void => {
  const { doc } = page;
  switch (mark.kind) {
    case 'line':
      doc.moveTo(mark.x1, mark.y1).lineTo(mark.x2, mark.y2).lineWidth(0.5).strokeColor(TONES[mark.tone]).stroke();
      return;
    case 'path':
      stroke(page, mark.series).path(mark.d).stroke().undash();
      return;
    case 'dot':
      doc.circle(mark.x, mark.y, mark.radius).fill(SERIES_COLOURS[seriesStyle(mark.series).colour]?.light ?? INK);
      return;
    case 'text': {
      const look = { size: mark.size, colour: TONES[mark.tone], bold: mark.bold === true };
      const width = page.textWidth(mark.text, look) + 1;
      const shift = { start: 0, middle: width / 2, end: width }[mark.anchor];
      page.write(mark.text, mark.x - shift, mark.y - mark.size * 0.93, width + 1, look);
    }
  }
};
