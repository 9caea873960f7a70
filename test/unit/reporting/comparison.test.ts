import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { COMPARED } from '../../../src/contracts/figures/comparison.js';
import type { ComparisonReport } from '../../../src/contracts/figures/comparison-schema.js';
import type { Me1Report } from '../../../src/contracts/figures/me1-schema.js';
import { comparisonDocument } from '../../../src/reporting/comparison/comparison-document.js';
import type { Chart } from '../../../src/report/document.js';
import { renderReport } from '../../../src/reporting/rendering/render-report.js';
import { comparison } from '../../../src/reporting/comparison/comparison.js';
import { comparisonReport } from './other-fixtures.js';
import { hasPoppler, parseCsv, pdfPages, pdfText } from '../report/tools.js';

type Language = 'ru' | 'en';

const text = async (format: 'table' | 'csv' | 'html', report = comparisonReport(), lang: Language = 'ru') =>
  String((await renderReport(comparison, report, format, lang)).body);

const empty = (): ComparisonReport => {
  const { a, b, notes } = comparisonReport();
  const nothing = (report: Me1Report): Me1Report => ({ ...report, series: [], total: { ...report.total, samples: 0 } });
  return { a: nothing(a), b: nothing(b), lines: [], notes };
};

describe('the comparison of two periods', () => {
  it('CSV has a line for each figure with exact values, intervals and the verdict by its code', async () => {
    const [head = [], ...rows] = parseCsv(await text('csv'));
    const at = (row: number, key: string): string | undefined => rows[row]?.[head.indexOf(key)];
    expect(rows.map(([key]) => key)).toEqual(COMPARED);
    expect(head).toEqual(parseCsv(await text('csv', comparisonReport(), 'en'))[0]);
    expect([at(0, 'a'), at(0, 'a_high'), at(0, 'b_high'), at(0, 'difference_low')]).toEqual([
      '20',
      '22.25',
      '23.125',
      '0.25',
    ]);
    expect([at(0, 'verdict'), at(0, 'visitors_a'), at(0, 'visitors_b'), at(0, 'p_adjusted')]).toEqual([
      'higher',
      '733',
      '812',
      '0.0456',
    ]);
    const notJudged = COMPARED.indexOf('smileIndex');
    expect([at(notJudged, 'verdict'), at(notJudged, 'p')]).toEqual(['', '']);
    const few = COMPARED.indexOf('fear');
    expect([at(few, 'verdict'), at(few, 'p_adjusted')]).toEqual(['too-few', '']);
  });

  it.each([
    ['ru', 'Сравнение двух периодов', 'Доля улыбнувшихся', 'выше', '7 из 10', 'Период Б. Только о Б.', '+1,00'],
    ['en', 'Comparison of two periods', 'Visitors who smiled', 'higher', '7 of 10', 'Period B. Of B alone.', '+1.00'],
  ] as const)('prints in %s: figures, difference, verdict, notes with their period', async (lang, ...words) => {
    const html = await text('html', comparisonReport(), lang);
    for (const word of words) expect(html).toContain(word);
    const printed = await text('table', comparisonReport(), lang);
    for (const word of words) expect(printed).toContain(word);
    // What is said of both periods alike is said once.
    expect(printed.match(/12:10/g)).toHaveLength(1);
    const pdf = await renderReport(comparison, comparisonReport(), 'pdf', lang);
    if (!hasPoppler) return;
    const read = pdfText(Buffer.from(pdf.body));
    for (const word of words) expect(read.replace(/\s+/gu, ' ')).toContain(word.replace(/\s+/gu, ' '));
    expect(pdfPages(Buffer.from(pdf.body))).toBeLessThanOrEqual(2);
  });

  it('XLSX has both tables', async () => {
    const { body } = await renderReport(comparison, comparisonReport(), 'xlsx', 'ru');
    const sheets = await readXlsxFile(Buffer.from(body));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Сравнение двух периодов', 'Ряды', 'Параметры']);
    expect(sheets[0]?.data).toHaveLength(1 + COMPARED.length);
  });

  it('the curve breaks off at night and counts from the start of each period', () => {
    const { sections } = comparisonDocument(comparisonReport(), 'ru');
    const [chart] = sections.flatMap((section): readonly Chart[] => (section.kind === 'charts' ? section.charts : []));
    expect(chart?.axis).toBe('elapsed');
    expect(chart?.series.map(({ points }) => points[0]?.ts)).toEqual([8 * 3_600_000, 8 * 3_600_000]);
    expect(chart?.toTs).toBe(3 * 86_400_000);
  });

  it('draws one stroke a day of each period', async () => {
    const html = await text('html');
    const strokes = [...html.matchAll(/<path class="line [^"]*" d="(M[^"]*)"/g)]
      .map(([, d = '']) => d.split('M').length - 1)
      .filter((_, index) => index >= 2);
    expect(strokes).toEqual([2, 3]);
  });

  it('says so where nothing was measured, or nothing can be compared', async () => {
    for (const [report, words] of [
      [empty(), 'За период ничего не измерено'],
      [{ ...comparisonReport(), lines: [] }, 'Сравнивать нечего'],
    ] as const) {
      expect(await text('html', report)).toContain(words);
      const [, ...rows] = parseCsv(await text('csv', report));
      expect(rows).toEqual([]);
    }
  });
});
