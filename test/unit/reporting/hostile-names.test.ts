import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Me1Report } from '../../../src/contracts/figures/me1-schema.js';
import { renderReport } from '../../../src/reporting/rendering/render-report.js';
import { contacts as contactsRow } from '../../../src/reporting/contacts/contacts.js';
import { me1 } from '../../../src/reporting/me1/me1.js';
import { csvField } from '../../../src/report/render/csv.js';
import { leafletReport, syntheticReport } from './me1-fixture.js';
import { contactsReport } from './other-fixtures.js';
import { hasPoppler, parseCsv, pdfPages, pdfText, pdfWords } from '../report/tools.js';

const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; &amp; ]]> <!-- -->',
  '=HYPERLINK("http://evil","x")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '  =1+1',
  '\u200b=1+1',
  '＝1+1',
  '%0A=1',
  'a,b;c\t"d"\r\n=1+1',
  'тест \u202Eтихо',
  '\u2066\u2067abc\u2069',
  'שלום עולם مرحبا',
  '👩‍👩‍👧‍👦 семья 🇷🇺 é́́́',
  '中文名称店铺入口',
  '\ud800 half',
  '\u0000\u0007\u001b[31mred\u009b0m',
  '\u2028\u2029line',
  'W'.repeat(3000),
  'ж'.repeat(200) + ' ' + 'щ'.repeat(200),
  'a '.repeat(1000),
  '${7*7} {{7*7}} %s %n',
  '../../etc/passwd',
  '__proto__',
  '',
  '   ',
];

const named = (names: readonly string[]): Me1Report => {
  const report = syntheticReport({ names, days: 1, bucketMs: 3_600_000 });
  return {
    ...report,
    params: { ...report.params, streams: names, zoneId: names[0] ?? '' },
    notes: names.map((name) => ({ ru: name, en: name })),
  };
};

// C0 but tab and line feed, C1, and everything that reorders text.
// eslint-disable-next-line no-control-regex -- these are what must not come out
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

const checkHtml = (html: string): void => {
  const body = html.slice(html.indexOf('<body>'));
  expect(body).not.toMatch(/<(?:script|img|style|iframe|b)\b|<!--/i);
  for (const [tag] of body.matchAll(/<[^>]*>/g)) expect(tag).not.toMatch(/\son\w+\s*=|javascript:/i);
  expect(body).not.toMatch(UNPRINTABLE);
};

const checkCsv = (csv: string): string[][] => {
  const rows = parseCsv(csv);
  for (const row of rows) {
    expect(row).toHaveLength(rows[0]?.length ?? 0);
    for (const field of row) {
      if (Number.isFinite(Number(field))) continue;
      expect(field).not.toMatch(/^[\s\u200b]*[=+@\-＝＋－＠]/u);
      expect(field).not.toMatch(/^[\t\r]/);
    }
  }
  return rows;
};

describe('names that attack', () => {
  it('HTML shows them as text', async () => {
    const html = String((await renderReport(me1, named(HOSTILE), 'html', 'ru')).body);
    checkHtml(html);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('CSV neither breaks nor computes', async () => {
    const rows = checkCsv(String((await renderReport(me1, named(HOSTILE), 'csv', 'ru')).body));
    expect(rows).toHaveLength(HOSTILE.length + 2);
  });

  it('the terminal gets no escape sequence and no reordering', async () => {
    expect(String((await renderReport(me1, named(HOSTILE), 'table', 'ru')).body)).not.toMatch(UNPRINTABLE);
  });

  it('XLSX keeps them as strings', async () => {
    const { body } = await renderReport(me1, named(HOSTILE), 'xlsx', 'ru');
    const [sheet] = await readXlsxFile(Buffer.from(body));
    expect(sheet?.data.slice(1, 6).map(([name]) => name)).toEqual(HOSTILE.slice(0, 5));
    expect(sheet?.data[6]?.[0]).toBe('=HYPERLINK("http://evil","x")');
  });

  it.skipIf(!hasPoppler)('PDF writes them inside the page', async () => {
    const pdf = Buffer.from((await renderReport(me1, named(HOSTILE), 'pdf', 'ru')).body);
    expect(pdfPages(pdf)).toBeLessThan(8);
    expect(pdfText(pdf)).toContain('<script>alert(1)</script>');
    for (const word of pdfWords(pdf)) {
      expect(word.xMin).toBeGreaterThan(20);
      expect(word.xMax).toBeLessThan(841.89 - 20);
      expect(word.yMax).toBeLessThan(595.28);
    }
  });

  it('reasons of contacts are treated alike', async () => {
    const report = contactsReport(HOSTILE.length);
    const contacts = report.contacts.map((contact, index) => ({
      ...contact,
      id: HOSTILE[index] ?? '',
      pointId: HOSTILE[index] ?? '',
      reason: { ru: HOSTILE[index] ?? '', en: HOSTILE[index] ?? '' },
    }));
    checkHtml(String((await renderReport(contactsRow, { ...report, contacts }, 'html', 'ru')).body));
    checkCsv(String((await renderReport(contactsRow, { ...report, contacts }, 'csv', 'ru')).body));
  });

  it('any text at all', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(...HOSTILE.filter((name) => name.length < 100)),
      fc
        .array(
          fc.constantFrom('<', '>', '"', "'", '&', '=', '-', '\t', '\r', '\n', ',', ';', '\u202e', 'x', '/', '!'),
          { maxLength: 12 },
        )
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 3 }), async (names) => {
        const base = leafletReport();
        const [row] = base.rows;
        if (row === undefined) throw new Error('no row');
        const report = { ...base, rows: names.map((name, index) => ({ ...row, streamId: `s${index}`, name })) };
        checkHtml(String((await renderReport(me1, report, 'html', 'en')).body));
        checkCsv(String((await renderReport(me1, report, 'csv', 'en')).body));
        expect(String((await renderReport(me1, report, 'table', 'en')).body)).not.toMatch(UNPRINTABLE);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it('a field reads back as it was written, but for the apostrophe before a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [[read = ''] = []] = parseCsv(`${csvField(text)}\r\n`);
        // eslint-disable-next-line no-control-regex -- removed on writing
        const kept = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
        expect([kept, `'${kept}`]).toContain(read);
      }),
      { numRuns: 1000 },
    );
  });

  it.skipIf(!hasPoppler)(
    'random names never break the PDF',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { minLength: 8, maxLength: 8 }),
          async (names) => {
            const { body } = await renderReport(
              me1,
              syntheticReport({ names, days: 1, bucketMs: 3_600_000 }),
              'pdf',
              'ru',
            );
            expect(pdfPages(body)).toBe(1);
          },
        ),
        { numRuns: 3 },
      );
    },
    120_000,
  );
});
