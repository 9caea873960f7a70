import writeExcelFile from 'write-excel-file/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/runtime/errors.js';
import { cp1251, plan, site, told } from './site.js';

const HOURS = [
  'Отчёт о продажах',
  'Дата;Час;Количество чеков;Товаров;Выручка',
  '28.11.2026;14;12;31;1\u00a0234,50',
  '28.11.2026;15:00-16:00;7;15;987,00',
  'Итого;;19;46;2\u00a0221,50',
  '',
].join('\r\n');

const EXPECTED = [
  ...['2026-11-28T14:00 receipt 12', '2026-11-28T14:00 item 31', '2026-11-28T14:00 revenue 1234.5'],
  ...['2026-11-28T15:00 receipt 7', '2026-11-28T15:00 item 15', '2026-11-28T15:00 revenue 987'],
];

const wide = (text: string, order: 'le' | 'be', mark: boolean): Buffer => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

const workbook = async (rows: unknown[][]): Promise<Buffer> =>
  Buffer.from(await writeExcelFile(rows as never).toBuffer());

const merged = () =>
  workbook([
    [{ value: 'Продажи за день' }],
    [
      { value: 'Дата', rowSpan: 2 },
      { value: 'Час', rowSpan: 2 },
      { value: 'Продажи', columnSpan: 2 },
    ],
    [null, null, { value: 'Количество чеков' }, { value: 'Выручка' }],
    [{ value: 46_354, rowSpan: 2 }, { value: 14 }, { value: 12 }, { value: 1234.5 }],
    [null, { value: 15 }, { value: 7 }, { value: 987 }],
    [{ value: 'Итого' }, null, { value: 19 }, { value: 2221.5 }],
  ]);

describe('a table of hours', () => {
  const encodings: [string, Buffer][] = [
    ['UTF-8', Buffer.from(HOURS)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${HOURS}`)],
    ['cp1251', cp1251(HOURS)],
    ['UTF-16 LE', wide(HOURS, 'le', true)],
    ['UTF-16 BE', wide(HOURS, 'be', true)],
    ['tabs', Buffer.from(HOURS.replaceAll(';', '\t'))],
    ['commas', Buffer.from(HOURS.replace(/[^;\r\n]*,[^;\r\n]*/g, '"$&"').replaceAll(';', ','))],
  ];
  it.each(encodings)('is read from %s', (_name, bytes) => {
    const read = plan(bytes);
    expect(told(read)).toEqual(EXPECTED);
    expect(read).toMatchObject({ refused: [], totals: 1 });
  });

  it('is read from a workbook with merged cells', async () => {
    const read = plan(await merged());
    expect(read.refused).toEqual([]);
    expect(told(read)).toEqual(EXPECTED.filter((fact) => !fact.includes('item')));
  });

  it('gives the same ids from every encoding', () => {
    const ids = encodings.map(([, bytes]) => plan(bytes).facts.map(({ fact }) => fact.id));
    for (const one of ids) expect(one).toEqual(ids[0]);
  });
});

describe('receipts of a fiscal operator', () => {
  const RECEIPTS = [
    'Дата и время;Номер ФД;Тип операции;Сумма чека;Кассир',
    '28.11.2026 14:05:10;101;Приход;250,00;Иванова',
    '2026-11-28T14:07;102;Возврат прихода;99,90;Иванова',
    '28.11.2026 14:05:10;101;Приход;250,00;Иванова',
    '28.11.2026 14:09;;Приход;10,00;Иванова',
    '28.11.2026 14:09;103;Коррекция;10,00;Иванова',
    '',
  ].join('\n');
  it('are counted one by one', () => {
    const read = plan(RECEIPTS);
    expect(told(read)).toEqual([
      ...['2026-11-28T14:05 receipt 1', '2026-11-28T14:05 revenue 250', '2026-11-28T14:07 revenue -99.9'],
    ]);
    expect(read.refused.map(({ line, code }) => [line, code])).toEqual([
      [4, 'ROW_REPEATED'],
      [5, 'DOCUMENT_MISSING'],
      [6, 'OPERATION_UNKNOWN'],
    ]);
  });
});

describe('a row that cannot be meant', () => {
  const one = (time: string, receipts: string, revenue = '1,50') =>
    plan(`Дата и время;Чеков;Выручка\n28.11.2026 10:00;1;2,50\n${time};${receipts};${revenue}\n`).refused.map(
      ({ line, code }) => `${line} ${code}`,
    );
  const cases: [string, string, string, string?][] = [
    ['TIME_UNREADABLE', '31.02.2026 10:00', '5'],
    ['TIME_UNREADABLE', '11/28/2026 10:00', '5'],
    ['TIME_UNREADABLE', '28.11.2026 25:00', '5'],
    ['TIME_MISSING', '28.11.2026', '5'],
    ['TIME_AHEAD', '28.12.2026 14:00', '5'],
    ['NUMBER_NOT_WHOLE', '28.11.2026 14:00', '5,5'],
    ['NUMBER_NOT_WHOLE', '28.11.2026 14:00', '-5'],
    ['NUMBER_UNREADABLE', '28.11.2026 14:00', '5x'],
    ['NUMBER_UNREADABLE', '28.11.2026 14:00', '12 5'],
    ['ROW_EMPTY', '28.11.2026 14:00', '', ''],
    ['ROW_REPEATED', '28.11.2026 10:00', '5'],
    ['COLUMNS', '28.11.2026 14:00', '5', '1;5'],
  ];
  it.each(cases)('is refused as %s: %s %s %s', (code, time, receipts, revenue) => {
    expect(one(time, receipts, revenue)).toEqual([`3 ${code}`]);
  });

  it('is one whose comma may be either', () => {
    expect(plan('Дата и время;Чеков\n28.11.2026 10:00;5,000\n').refused[0]?.code).toBe('NUMBER_AMBIGUOUS');
    expect(told(plan('Дата и время;Чеков\n28.11.2026 10:00;5,000\n', { decimal: 'comma' }))).toEqual([
      '2026-11-28T10:00 receipt 5',
    ]);
  });

  it('is one of an hour that never was, or was twice', () => {
    const text = 'Дата и время;Чеков\n29.03.2026 02:30;1\n25.10.2026 02:30;1\n25.10.2026 03:30;1\n';
    const read = plan(text, {}, site('Europe/Berlin'));
    expect(read.refused.map(({ code }) => code)).toEqual(['TIME_NEVER', 'TIME_TWICE']);
    expect(read.facts).toHaveLength(1);
  });

  it('is one of a whole day, unless days are asked for', () => {
    const text = 'Дата;Чеков\n27.11.2026;5\n28.11.2026 0:00:00;6\n';
    expect(plan(text).refused.map(({ code }) => code)).toEqual(['TIME_MISSING', 'TIME_MISSING']);
    expect(told(plan(text, { wholeDays: true }))).toEqual(['2026-11-27T12:00 receipt 5', '2026-11-28T12:00 receipt 6']);
  });
});

describe('a cut or mangled file', () => {
  const right = new Set(EXPECTED);
  const isHonest = (bytes: Buffer): boolean => {
    try {
      return told(plan(bytes)).every((fact) => right.has(fact));
    } catch (error) {
      return codeOf(error) === 'IMPORT_UNREADABLE';
    }
  };
  it.each([
    ['UTF-8', Buffer.from(HOURS)],
    ['cp1251', cp1251(HOURS)],
    ['UTF-16', wide(HOURS, 'le', true)],
  ])('of %s tells nothing wrong wherever it is cut', (_name, bytes) => {
    for (let end = 0; end < bytes.length; end++) expect(isHonest(bytes.subarray(0, end)), `cut at ${end}`).toBe(true);
  });

  it('of XLSX tells nothing wrong wherever it is cut or changed', async () => {
    const bytes = await merged();
    for (let end = 0; end < bytes.length; end += 7)
      expect(isHonest(bytes.subarray(0, end)), `cut at ${end}`).toBe(true);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        return isHonest(changed);
      }),
      { numRuns: 2000 },
    );
  });

  it('of anything is a named error or a plan', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => isHonest(Buffer.from(bytes))),
      { numRuns: 1000 },
    );
  });
});

describe('a hostile file', () => {
  const refusal = (bytes: Buffer): string => {
    try {
      plan(bytes);
      return 'read';
    } catch (error) {
      return codeOf(error);
    }
  };
  const HEAD = 'Дата и время;Чеков\n';
  const cases: [string, () => string][] = [
    ['a single line without end', () => ';'.repeat(20_000_000)],
    ['quotes that never close', () => `${HEAD}"${'""'.repeat(5_000_000)}`],
    ['nothing but quotes and lines', () => '"\n'.repeat(5_000_000)],
    ['a number of millions of digits', () => `${HEAD}28.11.2026 10:00;${'1'.repeat(5_000_000)}\n`],
    ['millions of lines', () => '1\n'.repeat(2_000_000)],
    ['spaces without end', () => `${HEAD}${' '.repeat(10_000_000)};1\n`],
  ];
  it.each(cases)('is refused by name: %s', (_name, text) => {
    expect(refusal(Buffer.from(text()))).toBe('IMPORT_UNREADABLE');
  });
});
