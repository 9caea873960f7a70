import type { CellObject } from 'write-excel-file/node';
import type { LocalTime } from '../../../time/local-time.js';
import type { Cell, Column, NumberFormat, TimeFormat } from '../../document.js';
import type { Language } from '../../../contracts/language.js';
import { LONE_SURROGATE } from '../../printable-text.js';

const INTERVAL = { textColor: '#5B6B7B' } as const satisfies CellObject;
const EXCEL_TEXT_LIMIT = 32_000;
// eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write these
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const DEFAULT_NUMBER: NumberFormat = { kind: 'number', digits: 2 };

/** The spreadsheet cells of one table cell: figure, and the ends of its interval in a column that has them. */
export const sheetCells = (cell: Cell, column: Column, zone: LocalTime, lang: Language): CellObject[] => {
  const ends = column.interval === true;
  const fill = (only: CellObject): CellObject[] => (ends ? [only, {}, {}] : [only]);
  switch (cell.kind) {
    case 'text':
      // Words stand off from the right-aligned figures before them.
      return fill({
        ...textCell(cell.text),
        align: 'left',
        indent: 1,
        wrap: column.wraps === true,
        alignVertical: 'top',
      });
    case 'suppressed':
      return fill({ ...textCell(cell.text), align: 'right', alignVertical: 'top' });
    case 'time': {
      const format: TimeFormat = column.format.kind === 'time' ? column.format : { kind: 'time' };
      return fill(cell.ts === null ? {} : moment(cell.ts, format, zone, lang));
    }
    case 'number': {
      const format = column.format.kind === 'number' ? column.format : DEFAULT_NUMBER;
      const digits = cell.digits ?? format.digits;
      const endDigits = cell.digits ?? format.intervalDigits ?? digits;
      const { signed } = format;
      const main = number(cell.value, digits, signed);
      if (!ends) return [main];
      const end = (value: number | null | undefined): CellObject => ({
        ...number(value, endDigits, signed),
        ...INTERVAL,
      });
      return [main, end(cell.low), end(cell.high)];
    }
  }
};

// The writer looks texts up in a plain object, so a text named like one of its own properties breaks the file.
const indexable = (value: string): string => (value in Object.prototype ? `\u200b${value}` : value);

/** Always typed as a string: a name that begins with "=" stays a name. */
export const textCell = (value: string): CellObject => ({
  value: indexable(value).replaceAll(LONE_SURROGATE, '\ufffd').replaceAll(NOT_XML, '').slice(0, EXCEL_TEXT_LIMIT),
  type: String,
});

// The program's own language puts in its decimal mark and group separator.
const number = (value: number | null | undefined, digits: number, signed = false): CellObject => {
  if (value === null || value === undefined || !Number.isFinite(value)) return {};
  const format = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  return { value, type: Number, format: signed ? `+${format};-${format};${format}` : format, alignVertical: 'top' };
};

// Excel has no time zones: the cell shows the wall clock of the site.
const moment = (ts: number, { seconds = false }: TimeFormat, zone: LocalTime, lang: Language): CellObject => ({
  value: new Date(ts + zone.offsetMs(ts)),
  type: Date,
  format: `${lang === 'ru' ? 'dd.mm.yyyy' : 'yyyy-mm-dd'} hh:mm${seconds ? ':ss' : ''}`,
  align: 'left',
  alignVertical: 'top',
});
