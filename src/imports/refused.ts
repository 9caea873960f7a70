import { EmoscopeError } from '../runtime/errors.js';
import type { Bilingual } from '../contracts/bilingual.js';

/** Why a row was refused. */
export const ROW_FAULTS = {
  COLUMNS: { ru: 'В строке не столько столбцов, сколько в шапке.', en: 'The row has not as many columns as the head.' },
  LINE_CUT: {
    ru: 'Последняя строка не закончена переводом строки: файл мог быть обрезан.',
    en: 'The last line does not end with a line break: the file may have been cut.',
  },
  TIME_UNREADABLE: { ru: 'Дата или время непонятны.', en: 'The date or time is not understood.' },
  TIME_MISSING: {
    ru: 'Есть дата, но нет времени; сутки целиком принимаются при wholeDays: true.',
    en: 'There is a date but no time; whole days are taken with wholeDays: true.',
  },
  TIME_NEVER: { ru: 'Такого времени не было: перевод часов вперёд.', en: 'This time never was: clocks went forward.' },
  TIME_TWICE: {
    ru: 'Такое время было дважды: перевод часов назад. Укажите смещение (…+02:00).',
    en: 'This time was twice: clocks went back. Give the offset (…+02:00).',
  },
  TIME_AHEAD: { ru: 'Это время ещё не наступило.', en: 'This time has not come yet.' },
  NUMBER_UNREADABLE: { ru: 'Число непонятно.', en: 'The number is not understood.' },
  NUMBER_AMBIGUOUS: {
    ru: 'Запятая или точка: дробь или тысячи? Укажите decimal.',
    en: 'A comma or dot: a fraction or thousands? Give decimal.',
  },
  NUMBER_NOT_WHOLE: { ru: 'Нужно целое число, не меньше нуля.', en: 'A whole number, not below zero, is needed.' },
  NUMBER_MERGED: { ru: 'Одно число на несколько строк.', en: 'One number stands for several rows.' },
  DOCUMENT_MISSING: { ru: 'Нет номера чека.', en: 'The receipt has no number.' },
  OPERATION_UNKNOWN: {
    ru: 'Вид операции не «приход» и не «возврат прихода».',
    en: 'The operation is neither a sale nor a return.',
  },
  PLACE_UNKNOWN: { ru: 'Такого места нет.', en: 'There is no such place.' },
  EMPLOYEE_UNKNOWN: { ru: 'Такого сотрудника нет.', en: 'There is no such employee.' },
  ROW_EMPTY: { ru: 'В строке нет ни одного числа.', en: 'The row has no number at all.' },
  ROW_REPEATED: {
    ru: 'В файле уже есть строка о том же.',
    en: 'An earlier row of the file tells the same.',
  },
} as const satisfies Record<string, Bilingual>;

export type RowFault = keyof typeof ROW_FAULTS;

/** A row that was not taken: its line in the file from 1, why, and the name of the column where one is at fault. */
export interface RefusedRow {
  readonly line: number;
  readonly code: string;
  readonly message: Bilingual;
  readonly column?: string;
}

/** Thrown while a row is read. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused';
  readonly code: RowFault;
  readonly column: string | undefined;

  constructor(code: RowFault, column?: string) {
    super(ROW_FAULTS[code].en);
    this.code = code;
    this.column = column;
  }
}

/** The whole file cannot be read. */
export const fileRefused = (ru: string, en: string): EmoscopeError =>
  new EmoscopeError('IMPORT_UNREADABLE', { ru, en });
