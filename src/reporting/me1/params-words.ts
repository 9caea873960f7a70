import { formatNumber } from '../../report/number-format.js';
import type { Language } from '../../contracts/language.js';
import { printable, shorten } from '../../report/printable-text.js';
import { ME1_WORDS } from './me1-words.js';

/** T as it is set: 20, 22,5. */
export const thresholdText = (threshold: number, lang: Language): string =>
  lang === 'ru' ? String(threshold).replace('.', ',') : String(threshold);

const MOST_NAMES = 12;

/** The streams that were asked for: long names cut, at most twelve. */
export const streamsText = (streams: readonly string[] | undefined, lang: Language): string => {
  if (streams === undefined || streams.length === 0) return ME1_WORDS.all[lang];
  const shown = streams.slice(0, MOST_NAMES).map((name) => shorten(printable(name), 60));
  return shown.join(', ') + (streams.length > shown.length ? ` … (${formatNumber(streams.length, 0, lang)})` : '');
};
