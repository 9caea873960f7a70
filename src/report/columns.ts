import type { Bilingual } from '../contracts/bilingual.js';
import type { Column } from './document.js';
import type { Language } from '../contracts/language.js';

interface ColumnOptions {
  readonly about?: Bilingual;
  readonly printed?: boolean;
  readonly grow?: number;
  readonly wraps?: boolean;
}

const base = (key: string, words: Bilingual, lang: Language, { about, printed, grow, wraps }: ColumnOptions) => ({
  key,
  // A unit or a sign never stands alone on a line.
  header: words[lang].replace(/ (\S{1,2})$/u, '\u00a0$1'),
  sheetHeader: words[lang],
  ...(about === undefined ? {} : { about: about[lang] }),
  ...(printed === undefined ? {} : { printed }),
  ...(grow === undefined ? {} : { grow }),
  ...(wraps === undefined ? {} : { wraps }),
});

/** A column of words. */
export const wordColumn = (key: string, words: Bilingual, lang: Language, options: ColumnOptions = {}): Column => ({
  ...base(key, words, lang, options),
  format: { kind: 'text' },
});

/** A column of moments. */
export const timeColumn = (
  key: string,
  words: Bilingual,
  lang: Language,
  options: ColumnOptions & { readonly seconds?: boolean } = {},
): Column => ({
  ...base(key, words, lang, options),
  format: { kind: 'time', seconds: options.seconds ?? false },
});

/** A column of figures, with or without 95 % intervals. */
export const figureColumn = (
  key: string,
  words: Bilingual,
  lang: Language,
  options: ColumnOptions & {
    digits: number;
    intervalDigits?: number;
    interval?: boolean;
    signed?: boolean;
    range?: readonly [number, number];
  },
): Column => ({
  ...base(key, words, lang, options),
  interval: options.interval ?? false,
  format: {
    kind: 'number',
    digits: options.digits,
    ...(options.intervalDigits === undefined ? {} : { intervalDigits: options.intervalDigits }),
    ...(options.range === undefined ? {} : { range: options.range }),
    ...(options.signed === undefined ? {} : { signed: options.signed }),
  },
});
