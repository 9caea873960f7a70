import type { Cell, Column } from '../document.js';
import type { Lang } from '../language.js';
import { formatInterval, formatNumber, NOTHING } from '../number-format.js';
import { formatMoment } from '../time-format.js';
import type { ZonedTime } from '../zoned-time.js';

/** A cell as people read it: the figure, and a small second line (interval or remark) that may be empty. */
export interface CellText {
  readonly main: string;
  readonly small: string;
}

/** The printed form of one cell. */
export const cellText = (cell: Cell, column: Column, zone: ZonedTime, lang: Lang): CellText => {
  switch (cell.kind) {
    case 'text':
      return { main: cell.text, small: cell.small ?? '' };
    case 'time':
      return { main: cell.ts === null ? NOTHING : formatMoment(cell.ts, zone, lang), small: '' };
    case 'suppressed':
      return { main: cell.text, small: '' };
    case 'number': {
      const format = column.format.kind === 'number' ? column.format : { digits: 2 };
      const signed = 'signed' in format && format.signed;
      const intervalDigits = 'intervalDigits' in format ? (format.intervalDigits ?? format.digits) : format.digits;
      return {
        main: formatNumber(cell.value, format.digits, lang, signed),
        small: column.interval === true ? formatInterval(cell.low, cell.high, intervalDigits, lang) : '',
      };
    }
  }
};

/** Whether figures of this column stand right-aligned. */
export const isNumeric = (column: Column): boolean => column.format.kind === 'number';
