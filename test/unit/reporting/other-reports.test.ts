import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { PrivacyReport } from '../../../src/contracts/documents/privacy-report.js';
import { renderPrivacyReport } from '../../../src/reporting/privacy/privacy-document.js';
import { renderReport } from '../../../src/reporting/rendering/render-report.js';
import { contacts as contactsRow } from '../../../src/reporting/contacts/contacts.js';
import { questions } from '../../../src/reporting/questions/questions.js';
import { visitors } from '../../../src/reporting/visitors/visitors.js';
import type { Rendered } from '../../../src/report/render/rendered.js';
import { contactsReport, questionsReport, visitorsReport } from './other-fixtures.js';
import { hasPoppler, parseCsv, pdfText, pdfWords, zipEntry } from '../report/tools.js';

const text = async (rendered: Promise<Rendered>): Promise<string> => String((await rendered).body);
const table = async (rendered: Promise<Rendered>) => {
  const [head = [], ...rows] = parseCsv(await text(rendered));
  return rows.map((row) => Object.fromEntries(head.map((key, index) => [key, row[index] ?? ''])));
};

describe('the five questions', () => {
  it('prints each answer with its figures, intervals and what they rest on', async () => {
    const printed = await text(renderReport(questions, questionsReport(), 'table', 'ru'));
    expect(printed).toContain('1. Наши продавцы улыбаются покупателям?');
    expect(printed).toContain('Доля контактов с улыбкой продавца: 72\u00a0% (64–79), n = 122');
    expect(printed).toContain('Разность Smile-Index: +0,39 (0,12–0,66), n = 44');
    expect(printed).toContain('Ответить не на чем: контактов не было.');
  });

  it('CSV lists every figure exactly under stable keys; a hidden one is empty', async () => {
    const rows = await table(renderReport(questions, questionsReport(), 'csv', 'ru'));
    expect(rows).toHaveLength(2 + 8 + 1);
    expect(rows[0]).toMatchObject({
      question: 'sellers-smile',
      figure: 'smiled',
      value: '0.7213',
      value_low: '0.641',
      basis: '122',
    });
    expect(rows[2]).toMatchObject({ row: '9', value: '', value_low: '', basis: '' });
    expect(rows[3]).toMatchObject({ figure: 'latency', unit: 'ms', value: '609' });
  });
});

describe('contacts', () => {
  it('CSV has one contact per line with its verdict and reason', async () => {
    const rows = await table(renderReport(contactsRow, contactsReport(40), 'csv', 'ru'));
    expect(rows).toHaveLength(40);
    expect(rows[0]).toMatchObject({
      contact_id: 'c0',
      verdict: 'happy',
      qualified: 'true',
      latency_s: '0.612',
      correlation_p: '0.012',
    });
    expect(rows[3]).toMatchObject({ verdict: '', qualified: 'false', correlation_r: '' });
  });

  it('CSV of the points carries Happy-Index with its interval', async () => {
    const rows = await table(renderReport(contactsRow, contactsReport(4), 'csv', 'en', { csv: { table: 'points' } }));
    expect(rows.map((row) => [row.point, Number(row.happy_index), Number(row.happy_index_low)])).toEqual([
      ['till-1', 25 / 60, 0.24],
      ['till-2', -0.1, -0.42],
    ]);
  });

  it('prints signs, ends of intervals below zero, and the last of very many contacts', async () => {
    const html = await text(renderReport(contactsRow, contactsReport(1000), 'html', 'ru'));
    expect(html).toContain('<bdi>+0,42</bdi><small>0,24–0,57</small>');
    expect(html).toContain('<bdi>−0,10</bdi><small>−0,42…0,20</small>');
    expect(html).toContain('Последние 300 контактов из 1\u202f000');
    expect(html.match(/<th scope="row" class="t">/g)).toHaveLength(300);
    const sheets = await readXlsxFile(
      Buffer.from((await renderReport(contactsRow, contactsReport(1000), 'xlsx', 'ru')).body),
    );
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Точки контакта', 'Контакты', 'Параметры']);
    expect(sheets[1]?.data).toHaveLength(1001);
  });
});

it('a workbook prints on A4 landscape, as wide as it is readable, with head and first column on every page', async () => {
  const { body } = await renderReport(contactsRow, contactsReport(40), 'xlsx', 'ru');
  const sheet = zipEntry(new Uint8Array(Buffer.from(body)), 'xl/worksheets/sheet2.xml');
  expect(sheet).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>');
  expect(sheet).toMatch(
    /<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"\/><headerFooter>/,
  );
  expect(sheet).toContain('стр. &amp;P из &amp;N');
  expect(Number(/<row r="1" ht="([\d.]+)"/.exec(sheet)?.[1])).toBeGreaterThan(30);
  const book = zipEntry(new Uint8Array(Buffer.from(body)), 'xl/workbook.xml');
  expect(book).toContain(
    `<definedName name="_xlnm.Print_Titles" localSheetId="1">'Контакты'!$A:$A,'Контакты'!$1:$1</definedName>`,
  );
});

it('times of contacts show their seconds in every row alike', async () => {
  const report = contactsReport(3);
  const contacts = report.contacts.map((one, index) => ({ ...one, startTs: report.fromTs + index * 30_000 }));
  const html = await text(renderReport(contactsRow, { ...report, contacts }, 'html', 'ru'));
  for (const clock of ['00:00:00', '00:00:30', '00:01:00']) expect(html).toContain(`01.11.2026 ${clock}<`);
});

describe('visitors', () => {
  it('hides small groups in every format, with no figure of theirs left', async () => {
    const [, hidden] = await table(renderReport(visitors, visitorsReport(), 'csv', 'ru'));
    expect(hidden?.visitors).toBe('<5');
    const left = Object.entries(hidden ?? {}).filter(
      ([key, value]) => !['name', 'stream_id', 'role', 'visitors'].includes(key) && value !== '',
    );
    expect(left).toEqual([]);
    expect(await text(renderReport(visitors, visitorsReport(), 'html', 'ru'))).toContain('<bdi>&lt;5</bdi>');
  });

  it('cross-tab: «<5», «•», zeros as zeros, empty groups left out', async () => {
    const rows = await table(renderReport(visitors, visitorsReport(), 'csv', 'en', { csv: { table: 'cross-tab' } }));
    const at = (gender: string, age: string) => rows.find((row) => row.gender === gender && row.age === age);
    expect(at('male', 'under_20')).toMatchObject({ happiness: '9', disgust: '<5', neutral: '0' });
    expect(at('male', '30_40')).toMatchObject({ sadness: '•' });
    expect(rows.some((row) => row.gender === 'undetermined')).toBe(false);
    const sheets = await readXlsxFile(Buffer.from((await renderReport(visitors, visitorsReport(), 'xlsx', 'ru')).body));
    expect(sheets[1]?.data[1]).toContain('<5');
    expect(sheets[1]?.data[1]).toContain(9);
  });
});

it('a period without visitors says so, and not that a breakdown is hidden', async () => {
  const nobody = { ...visitorsReport(), rows: [] };
  for (const format of ['html', 'table'] as const) {
    const printed = await text(renderReport(visitors, nobody, format, 'ru'));
    expect(printed).toContain('За период ничего не измерено');
    expect(printed).not.toContain('слишком мало');
  }
});

it('a breakdown of which nothing may be shown is a sentence, not a page of dots', async () => {
  const report = visitorsReport();
  const cells = report.crossTab.cells.map((cell) => ({ ...cell, visitors: null, hidden: 'complement' as const }));
  const html = await text(renderReport(visitors, { ...report, crossTab: { ...report.crossTab, cells } }, 'html', 'ru'));
  expect(html).toContain('слишком мало, чтобы показать разбивку');
  expect(html).not.toContain('<bdi>•</bdi>');
});

it('a table of an answer in which every figure is hidden is a line', async () => {
  const report = questionsReport();
  const nothing = { value: null, low: null, high: null };
  const answers = report.answers.map((answer) => {
    const rows = answer.table?.rows.map((row) => ({
      ...row,
      figures: row.figures.map((one) => ({ ...one, figure: nothing, basis: null })),
    }));
    return answer.table === null ? answer : { ...answer, table: { ...answer.table, rows: rows ?? [] } };
  });
  const html = await text(renderReport(questions, { ...report, answers }, 'html', 'ru'));
  expect(html).toContain('По часам: слишком мало наблюдений');
});

it('prints an interval only as far as the figure can go, and leaves the exact ends to CSV', async () => {
  const report = visitorsReport();
  const rows = report.rows.map((row) => ({
    ...row,
    malePercent: { value: 80, low: 40, high: 120.5 },
    meanDwellMs: { value: 900, low: -300, high: 2100 },
  }));
  const printed = await text(renderReport(visitors, { ...report, rows }, 'html', 'en'));
  expect(printed).toContain('<small>40.0–100.0</small>');
  expect(printed).toContain('<small>0.0–2.1</small>');
  const [first] = await table(renderReport(visitors, { ...report, rows }, 'csv', 'en'));
  expect(first?.male_percent_high).toBe('120.5');
  expect(first?.mean_dwell_s_low).toBe('-0.3');
});

describe('the privacy report', () => {
  const facts: PrivacyReport = {
    generatedTs: Date.UTC(2026, 10, 8),
    jurisdiction: 'ru',
    sellerAnalytics: 'aggregate',
    kAnonymity: 5,
    minorsAge: 18,
    holdings: [
      {
        kind: 'samples',
        description: { ru: 'Отметки', en: 'Samples' },
        where: { ru: 'база', en: 'store' },
        retention: '30d',
        rows: 1_234_567,
        oldestTs: Date.UTC(2026, 9, 9),
      },
      {
        kind: 'newest-frame',
        description: { ru: 'Кадр', en: 'Frame' },
        where: { ru: 'память', en: 'memory' },
        retention: null,
        rows: null,
        oldestTs: null,
      },
    ],
    accesses: [{ actor: 'user:anna', action: 'snapshot.view', count: 12, lastTs: Date.UTC(2026, 10, 7, 22) }],
  };
  const site = { siteName: 'Магазин', operator: 'ООО «Ромашка»', contact: 'a@b.example', timeZone: 'Europe/Moscow' };

  it('says what is kept, where, how long, and who looked', async () => {
    const printed = await text(renderPrivacyReport(facts, site, 'table', 'ru'));
    for (const words of [
      'ООО «Ромашка»',
      '30 дней',
      '1\u202f234\u202f567',
      'пока работает программа',
      'user:anna',
      '08.11.2026 01:00',
    ])
      expect(printed).toContain(words);
  });

  it('says so when nobody looked', async () => {
    expect(await text(renderPrivacyReport({ ...facts, accesses: [] }, site, 'html', 'en'))).toContain(
      'There were none',
    );
  });
});

describe.skipIf(!hasPoppler)('PDFs', () => {
  it.each<[string, Promise<Rendered>, string]>([
    [
      'questions',
      renderReport(questions, questionsReport(), 'pdf', 'ru'),
      'На выходе выше: Smile-Index больше на 0,39',
    ],
    ['contacts', renderReport(contactsRow, contactsReport(30), 'pdf', 'ru'), 'не ответил'],
    ['visitors', renderReport(visitors, visitorsReport(), 'pdf', 'ru'), 'преобладающее выражение'],
  ])('of %s have their words inside the page', async (_name, rendered, words) => {
    const { body } = await rendered;
    expect(pdfText(body)).toContain(words);
    for (const word of pdfWords(body)) expect(word.xMax).toBeLessThan(841.89 - 20);
  });
});
