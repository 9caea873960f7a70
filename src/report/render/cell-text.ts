import type { Cell, Column, NumberFormat } from '../document.js';
import type { Language } from '../../contracts/language.js';
import { formatInterval, formatNumber, NOTHING } from '../number-format.js';
import { formatStamp } from '../../time/format-time.js';
import type { LocalTime } from '../../time/local-time.js';

/** A cell as people read it: the figure, and a small second line (interval or remark) that may be empty. */
export interface CellText {
  readonly main: string;
  readonly small: string;
}

/** The printed form of one cell. */
export const cellText = (cell: Cell, column: Column, zone: LocalTime, lang: Language): CellText => {
  switch (cell.kind) {
    case 'text':
      return { main: cell.text, small: cell.small ?? '' };
    case 'time': {
      const seconds = column.format.kind === 'time' && column.format.seconds === true;
      return { main: cell.ts === null ? NOTHING : formatStamp(cell.ts, zone, lang, seconds), small: '' };
    }
    case 'suppressed':
      return { main: cell.text, small: '' };
    case 'number': {
      const format: NumberFormat = column.format.kind === 'number' ? column.format : { kind: 'number', digits: 2 };
      const { signed, range } = format;
      const digits = cell.digits ?? format.digits;
      const intervalDigits = cell.digits ?? format.intervalDigits ?? digits;
      const [low, high] = [within(cell.low, range), within(cell.high, range)];
      return {
        main: formatNumber(cell.value, digits, lang, signed),
        small: column.interval === true ? formatInterval(low, high, intervalDigits, lang) : '',
      };
    }
  }
};

// With few people the approximate interval reaches past what is possible; printing that would only puzzle.
const within = (value: number | null | undefined, range: NumberFormat['range']): number | null | undefined =>
  value === null || value === undefined || range === undefined ? value : Math.min(range[1], Math.max(range[0], value));

/** Whether figures of this column stand right-aligned. */
export const isNumeric = (column: Column): boolean => column.format.kind === 'number';
