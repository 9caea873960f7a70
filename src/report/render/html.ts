import { lineChart } from '../chart/line-chart.js';
import type { ChartSection, Column, ProseSection, ReportDocument, Section, TableSection } from '../document.js';
import { LocalTime } from '../../time/local-time.js';
import { cellText, isNumeric, type CellText } from './cell-text.js';
import { escapeHtml as e } from './escape.js';
import { REPORT_STYLE } from './html-style.js';
import { htmlPage } from './page.js';
import { renderSvg, seriesClass } from './svg.js';

/** The document as one HTML file: no script, nothing loaded, charts inline, light, dark and print styles. */
export const renderHtml = (document: ReportDocument): string => {
  const zone = new LocalTime(document.timeZone);
  const facts = document.facts
    .filter(({ value }) => value !== document.subtitle)
    .map(({ label, value }) => `<div><dt>${e(label)}</dt><dd>${e(value)}</dd></div>`);
  const body = [
    `<header><h1>${e(document.title)}</h1>`,
    `<p class="period">${e(document.subtitle)}</p></header>`,
    `<dl>${facts.join('')}</dl>`,
    block('notes', document.notes),
    `<main>${document.sections.map((section) => sectionHtml(section, document, zone)).join('\n')}</main>`,
    block('method', document.footnotes),
  ];
  return htmlPage(document.lang, `${document.title} · ${document.subtitle}`, REPORT_STYLE, body.join('\n'));
};

const block = (name: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<div class="${name}">${lines.map((line) => `<p>${e(line)}</p>`).join('')}</div>`;

const sectionHtml = (section: Section, document: ReportDocument, zone: LocalTime): string => {
  switch (section.kind) {
    case 'table':
      return section.printed ? tableHtml(section, document, zone) : '';
    case 'charts':
      return chartsHtml(section, document, zone);
    case 'prose':
      return proseHtml(section);
  }
};

const proseHtml = ({ title, lead, lines }: ProseSection): string => {
  const list =
    lines.length === 0 ? '' : `<ul class="lines">${lines.map((line) => `<li>${e(line)}</li>`).join('')}</ul>`;
  return `<section><h2>${e(title)}</h2><p class="lead">${e(lead)}</p>${list}</section>`;
};

const twoLines = ({ main, small }: CellText): string =>
  `<bdi>${e(main)}</bdi>${small === '' ? '' : `<small>${e(small)}</small>`}`;

const cellClass = (column: Column): string => {
  if (isNumeric(column)) return ' class="n"';
  return column.format.kind === 'time' ? ' class="t"' : '';
};

// A hyphen in a heading is no place to break it.
const wholeWords = (text: string): string =>
  text
    .split(' ')
    .map((word) => (word.includes('-') ? `<span>${e(word)}</span>` : e(word)))
    .join(' ');

const tableHtml = (table: TableSection, document: ReportDocument, zone: LocalTime): string => {
  const shown = table.columns.flatMap((column, index) => (column.printed === false ? [] : [{ column, index }]));
  const head = shown.map(({ column }) => {
    const gloss = column.gloss === undefined ? '' : `<small>${e(column.gloss)}</small>`;
    const title = column.about === undefined ? '' : ` title="${e(column.about)}"`;
    return `<th scope="col"${cellClass(column)}${title}>${wholeWords(column.header)}${gloss}</th>`;
  });
  const rows = table.rows.map((row) => {
    const cells = shown.map(({ column, index }, place) => {
      const cell = row.cells[index];
      const text = cell === undefined ? '' : twoLines(cellText(cell, column, zone, document.lang));
      if (place === 0) return `<th scope="row"${cellClass(column)}>${text}</th>`;
      return `<td${cellClass(column)}>${text}</td>`;
    });
    return `<tr${row.total === true ? ' class="total"' : ''}>${cells.join('')}</tr>`;
  });
  const inner =
    rows.length === 0
      ? `<p class="empty">${e(table.emptyText)}</p>`
      : `<table${shown.length > 12 ? ' class="wide"' : ''}><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  return `<section id="${e(table.id)}"><h2>${e(table.title)}</h2><div class="scroll" tabindex="0" role="region" aria-label="${e(table.title)}">${inner}</div></section>`;
};

const chartsHtml = ({ title, charts }: ChartSection, document: ReportDocument, zone: LocalTime): string => {
  const [first] = charts;
  const names = first === undefined || first.series.length < 2 ? [] : first.series.map(({ name }) => name);
  const legend = names.map((name, series) => {
    const line = `<svg viewBox="0 0 26 8" aria-hidden="true"><path class="line ${seriesClass(series)}" d="M1 4L25 4"/></svg>`;
    return `<li>${line}<bdi>${e(name)}</bdi></li>`;
  });
  const figures = charts.map((chart) => {
    const scene = lineChart(chart, { width: 420, height: 210, fontSize: 11, lang: document.lang, zone });
    return `<figure><h3>${e(chart.title)}</h3>${renderSvg(scene, chart.title)}</figure>`;
  });
  const list = legend.length === 0 ? '' : `<ul class="legend">${legend.join('')}</ul>`;
  return `<section><h2>${e(title)}</h2>${list}<div class="charts">${figures.join('')}</div></section>`;
};
