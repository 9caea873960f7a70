import type { ImportMapping } from '../contracts/service/import-mapping.js';
import { RowRefused } from './refused.js';
import type { Cell } from './table.js';

export type DecimalMark = NonNullable<ImportMapping['decimal']>;

const SPACES = /[\s\u00a0\u2007\u2009\u202f']/g;
const CURRENCY = /(₽|руб\.?|р\.|rub|€|eur|\$|usd)$/i;
const LONGEST_NUMBER = 40;

const bare = (text: string): string => text.trim().replace(CURRENCY, '').replace('−', '-').trim();

/** A thousands space parts three digits, so that two numbers in a cell are not taken for one. */
const SPACED = /^-?\d{1,3}(?:[\s\u00a0\u2007\u2009\u202f']\d{3})+(?:[.,]\d+)?$/;

/** The decimal mark that a number can only have been written with; null where it tells nothing. */
const markTold = (text: string): DecimalMark | null => {
  const tight = bare(text).replace(SPACES, '');
  if (tight.length > LONGEST_NUMBER) return null;
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(tight) || /^-?\d{1,3}(\.\d{3}){2,}$/.test(tight)) return 'comma';
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(tight) || /^-?\d{1,3}(,\d{3}){2,}$/.test(tight)) return 'dot';
  const mark = /^-?(\d+)([.,])(\d+)$/.exec(tight);
  if (mark === null) return null;
  const [, whole = '', sign, fraction = ''] = mark;
  const isEither = fraction.length === 3 && whole.length <= 3 && !whole.startsWith('0') && !SPACED.test(bare(text));
  if (isEither) return null;
  return sign === ',' ? 'comma' : 'dot';
};

/** The decimal mark of a file by all its numbers; null where they do not tell, or contradict each other. */
export const decimalMarkOf = (cells: Iterable<Cell>): DecimalMark | null => {
  const told = new Set<DecimalMark>();
  for (const cell of cells) {
    const mark = typeof cell === 'string' ? markTold(cell) : null;
    if (mark !== null) told.add(mark);
  }
  const [only] = told;
  return told.size === 1 && only !== undefined ? only : null;
};

/** A number of a cell; null where the cell is empty. Throws RowRefused. */
export const numberOf = (cell: Cell, decimal: DecimalMark | null, column: string): number | null => {
  if (typeof cell === 'number') return cell;
  const text = bare(cell);
  if (text === '' || text === '-' || text === '–') return null;
  const refuse = (): never => {
    throw new RowRefused('NUMBER_UNREADABLE', column);
  };
  if (text.length > LONGEST_NUMBER) refuse();
  if (/[\s\u00a0\u2007\u2009\u202f']/.test(text) && !SPACED.test(text)) refuse();
  const tight = text.replace(SPACES, '');
  if (/^-?\d+$/.test(tight)) return Number(tight);
  const mark = decimal ?? markTold(text);
  if (mark === null) {
    if (/^-?\d{1,3}[.,]\d{3}$/.test(tight)) throw new RowRefused('NUMBER_AMBIGUOUS', column);
    return refuse();
  }
  const [thousands, point] = mark === 'comma' ? ['\\.', ','] : [',', '\\.'];
  if (!new RegExp(`^-?(\\d+|\\d{1,3}(${thousands}\\d{3})+)(${point}\\d+)?$`).test(tight)) return refuse();
  const plain = tight.replaceAll(mark === 'comma' ? '.' : ',', '').replace(',', '.');
  return Number(plain);
};
