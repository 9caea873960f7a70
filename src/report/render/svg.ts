import { seriesStyle, type Mark, type Scene } from '../chart/scene.js';
import { escapeHtml } from './escape.js';

const n = (value: number): string => String(Number(value.toFixed(2)));

/** A scene as inline SVG: styled by the page's classes only, so that a strict content policy lets it through. */
export const renderSvg = (scene: Scene, label: string): string =>
  `<svg viewBox="0 0 ${n(scene.width)} ${n(scene.height)}" role="img" aria-label="${escapeHtml(label)}">${scene.marks.map(mark).join('')}</svg>`;

/** Class names of a series: colour and dash. */
export const seriesClass = (series: number): string => {
  const { colour, dash } = seriesStyle(series);
  return dash.length === 0 ? `s${colour}` : `s${colour} d${dash.length > 0 && dash[0] === 4 ? 1 : 2}`;
};

const mark = (m: Mark): string => {
  switch (m.kind) {
    case 'line':
      return `<path class="${m.tone}" d="M${n(m.x1)} ${n(m.y1)}L${n(m.x2)} ${n(m.y2)}"/>`;
    case 'path':
      return `<path class="line ${seriesClass(m.series)}" d="${m.d}"/>`;
    case 'dot':
      return `<circle class="dot ${seriesClass(m.series)}" cx="${n(m.x)}" cy="${n(m.y)}" r="${n(m.radius)}"/>`;
    case 'text':
      return `<text class="${m.tone}${m.bold === true ? ' bold' : ''}" x="${n(m.x)}" y="${n(m.y)}" font-size="${n(m.size)}" text-anchor="${m.anchor}">${escapeHtml(m.text)}</text>`;
  }
};
