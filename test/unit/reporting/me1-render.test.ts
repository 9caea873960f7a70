import { createHash } from 'node:crypto';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/reporting/rendering/render-report.js';
import { me1 } from '../../../src/reporting/me1/me1.js';
import { LEAFLET_LINES, leafletReport, syntheticReport } from './me1-fixture.js';
import { hasPoppler, parseCsv, pdfPages, pdfText, pdfWords, poppler, zipEntry } from '../report/tools.js';

const LEAFLET_HEAD =
  'Stream|Smile-Index [20]|Smiling persons|Male %|Female %|−20|20–30|30–40|40–50|50+|Happiness|Surprise|Anger|Disgust|Fear|Sadness|Mood|Samples|Utilization';
const EIGHT = [
  'Вход',
  'Касса 1',
  'Касса 2',
  'Выход',
  'Витрина «Новая коллекция осень-зима 2026» у эскалатора',
  'Примерочная',
  'Зал 2',
  'Доверительная зона обслуживания корпоративных клиентов, второй этаж',
];
const eight = () => syntheticReport({ names: EIGHT, days: 7, bucketMs: 3_600_000 });

const text = async (format: 'table' | 'json' | 'csv' | 'html', report = leafletReport(), lang: 'ru' | 'en' = 'ru') =>
  String((await renderReport(me1, report, format, lang)).body);
const bytes = async (format: 'xlsx' | 'pdf', report = leafletReport(), lang: 'ru' | 'en' = 'ru') => {
  const { body } = await renderReport(me1, report, format, lang);
  return typeof body === 'string' ? Buffer.from(body) : body;
};
/** A printed line without its first cell, blanks squeezed. */
const figures = (line: string): string => line.trim().split(/ {2,}/).slice(1).join(' ');

describe('the leaflet’s table', () => {
  it('as a terminal table: heads, order, decimal commas, thin spaces, integers, total', async () => {
    const lines = (await text('table')).split('\n');
    const head = lines.findIndex((line) => line.startsWith('Stream'));
    expect(lines[head]?.trim().replaceAll('\u00a0', ' ').split(/ {2,}/).join('|')).toBe(LEAFLET_HEAD);
    const rows = lines.slice(head).filter((line) => /^(?:1|2|Итого) {2,}/.test(line));
    expect(rows.map(figures)).toEqual(LEAFLET_LINES);
    expect(lines[0]).toBe('МЭ-1. Общий эмоциональный портрет');
  });

  it('as HTML', async () => {
    const html = await text('html');
    const rows = [...html.matchAll(/<tr[^>]*><th scope="row"[^>]*>.*?<\/th>(.*?)<\/tr>/gs)].map(([, cells = '']) =>
      [...cells.matchAll(/<bdi>(.*?)<\/bdi>/g)].map(([, value]) => value).join(' '),
    );
    expect(rows).toEqual(LEAFLET_LINES);
  });

  it.skipIf(!hasPoppler)('as PDF text', async () => {
    const lines = pdfText(await bytes('pdf')).split('\n');
    const rows = lines.filter((line) => /^\s*(?:1|2|Итого)\s+0,4/.test(line));
    expect(
      rows.map((line) =>
        line
          .trim()
          .replace(/^\S+\s+/, '')
          .split(/\s+/u)
          .join(' '),
      ),
    ).toEqual(LEAFLET_LINES.map((line) => line.replaceAll('\u202f', ' ')));
  });

  it('in English with points and commas', async () => {
    const table = await text('table', leafletReport(), 'en');
    expect(table).toContain('ME-1. General emotional portrait');
    expect(table).toContain('24,507');
    expect(table).toContain('87.34');
    expect(table).toMatch(/^Total +0\.44/m);
  });
});

describe('exact forms', () => {
  it('JSON is the model', async () => {
    const report = eight();
    expect(JSON.parse(await text('json', report))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('CSV carries every figure to the last digit with its interval, and stable heads in both languages', async () => {
    const report = eight();
    const [head = [], ...rows] = parseCsv(await text('csv', report));
    expect(parseCsv(await text('csv', report, 'en'))[0]).toEqual(head);
    expect(rows).toHaveLength(report.rows.length + 1);
    const at = (row: number, key: string) => rows[row]?.[head.indexOf(key)];
    expect(Number(at(3, 'smile_index'))).toBe(report.rows[3]?.smileIndex.value);
    expect(Number(at(3, 'smile_index_low'))).toBe(report.rows[3]?.smileIndex.low);
    expect(Number(at(3, 'smile_index_high'))).toBe(report.rows[3]?.smileIndex.high);
    expect(Number(at(3, 'neutral'))).toBe(report.rows[3]?.emotions.neutral.value);
    expect(at(3, 'role')).toBe('customer');
    expect(Number(at(8, 'samples'))).toBe(report.total.samples);
    expect(at(8, 'stream_id')).toBe('');
  });

  it('CSV: nothing measured is an empty field, another table by its name, a byte order mark on request', async () => {
    const empty = await renderReport(me1, syntheticReport({ names: [], days: 1, bucketMs: 3_600_000 }), 'csv', 'ru');
    const [head = [], total = []] = parseCsv(String(empty.body));
    expect(total[head.indexOf('smile_index')]).toBe('');
    const report = eight();
    const series = await renderReport(me1, report, 'csv', 'ru', { csv: { table: 'series', bom: true } });
    expect(String(series.body).startsWith('\ufefftime,name,')).toBe(true);
    const [, first = []] = parseCsv(String(series.body));
    expect(Date.parse(first[0] ?? '')).toBe(report.series[0]?.ts);
    expect(first[0]).toMatch(/\+03:00$/);
  });

  it('XLSX has number cells, Russian heads, a frozen head, and sheets for figures, series and parameters', async () => {
    const report = eight();
    const xlsx = await bytes('xlsx', report);
    const sheets = await readXlsxFile(Buffer.from(xlsx));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Показатели', 'Ряды', 'Параметры']);
    const [figuresSheet, series, parameters] = sheets;
    const head = figuresSheet?.data[0]?.map(String) ?? [];
    expect(head.slice(0, 4)).toEqual(['Поток', 'Идентификатор потока', 'Роль', 'Smile-Index [20]']);
    for (const name of ['Мужчины, %', 'до 20 лет', 'Счастье', 'Грусть', 'Настроение', 'Отметки', 'Кадры с лицами, %'])
      expect(head).toContain(name);
    expect(figuresSheet?.data[1]?.[3]).toBe(report.rows[0]?.smileIndex.value);
    expect(figuresSheet?.data[1]?.[4]).toBe(report.rows[0]?.smileIndex.low);
    expect(figuresSheet?.data.at(-1)?.[head.indexOf('Отметки')]).toBe(report.total.samples);
    expect(series?.data).toHaveLength(report.series.length + 1);
    expect(parameters?.data.flat().join('\n')).toContain('видимое выражение лица');
    const xml = zipEntry(xlsx, 'xl/worksheets/sheet1.xml');
    expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"|<pane [^>]*state="frozen"[^>]*ySplit="1"/);
  });
});

describe('HTML', () => {
  it('runs nothing, loads nothing, and its policy admits exactly its own style', async () => {
    const html = await text('html', eight());
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\son\w+=|url\(|@import|https?:/i);
    const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`style-src &#39;sha256-${hash}&#39;`);
    expect(html.match(/<svg [^>]*role="img"/g)).toHaveLength(4);
    for (const title of [
      'Smile-Index [20]',
      'Доля улыбнувшихся',
      'Абсолютный уровень счастья',
      'Число кадров с распознанными лицами',
    ])
      expect(html).toContain(`aria-label="${title}"`);
  });

  it('shows intervals under the figures and the notes', async () => {
    const html = await text('html', eight());
    expect(html).toMatch(/<bdi>0,35<\/bdi><small>0,29–0,41<\/small>/);
    expect(html).toContain('камера «Касса 2» не отвечала');
    expect(html).toContain('видимое выражение лица, а не внутреннее состояние');
  });
});

describe.skipIf(!hasPoppler)('PDF', () => {
  it('puts eight streams with long names on one A4 landscape page, text and fonts real', async () => {
    const pdf = await bytes('pdf', eight());
    expect(pdfPages(pdf)).toBe(1);
    expect(poppler('pdfinfo', pdf)).toMatch(/841\.89 x 595\.28 pts \(A4\)/);
    const found = pdfText(pdf);
    for (const words of [
      'МЭ-1. Общий эмоциональный портрет',
      'Абсолютный уровень счастья',
      'Число кадров с распознанными лицами',
      'Итого',
      'Доверительная зона',
    ])
      expect(found).toContain(words);
    const fonts = poppler('pdffonts', pdf).split('\n').slice(2).filter(Boolean);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/DejaVu.*yes yes yes/);
  });

  it('keeps every word on the page and at its size, and no two words of a line over one another', async () => {
    const words = pdfWords(await bytes('pdf', eight()));
    expect(words.length).toBeGreaterThan(200);
    for (const word of words) {
      expect(word.xMin).toBeGreaterThan(20);
      expect(word.xMax).toBeLessThan(841.89 - 20);
      expect(word.yMax).toBeLessThan(595.28);
      expect(word.yMax - word.yMin).toBeLessThan(24);
    }
    const overlapping = words.filter((a, index) =>
      words
        .slice(index + 1)
        .some((b) => Math.abs(a.yMin - b.yMin) < 1 && a.xMin < b.xMax - 0.3 && b.xMin < a.xMax - 0.3),
    );
    expect(overlapping.map((word) => word.text)).toEqual([]);
  });

  it('continues on further pages with the head repeated', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `Поток ${index + 1}`);
    const pdf = await bytes('pdf', syntheticReport({ names, days: 2, bucketMs: 3_600_000 }));
    const pages = pdfText(pdf)
      .split('\f')
      .filter((page) => page.includes('Utilization'));
    expect(pages.length).toBeGreaterThan(1);
    expect(pdfText(pdf)).toContain('Поток 40');
  });

  it('is the same file for the same report', async () => {
    expect(Buffer.from(await bytes('pdf')).equals(Buffer.from(await bytes('pdf')))).toBe(true);
  });
});

describe('any report', () => {
  it.each([
    ['empty', syntheticReport({ names: [], days: 1, bucketMs: 3_600_000 })],
    ['one stream', syntheticReport({ names: ['Вход'], days: 1, bucketMs: 60_000 })],
    ['thirty days by the day', syntheticReport({ names: ['Вход', 'Выход'], days: 30, bucketMs: 86_400_000 })],
    ['huge figures', syntheticReport({ names: ['Вход'], days: 2, bucketMs: 3_600_000, scale: 1e9 })],
  ])('%s comes out in every format and language', async (_name, report) => {
    for (const lang of ['ru', 'en'] as const)
      for (const format of ['table', 'json', 'csv', 'xlsx', 'html', 'pdf'] as const) {
        const { body } = await renderReport(me1, report, format, lang);
        expect(body.length).toBeGreaterThan(100);
        if (typeof body === 'string') expect(body).not.toMatch(/NaN|Infinity|undefined/);
      }
  });
});
