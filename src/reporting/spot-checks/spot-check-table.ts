import type { Bilingual } from '../../contracts/bilingual.js';
import type { Figure } from '../../contracts/figure.js';
import type { SpotCheckError } from '../../contracts/figures/spot-check-schema.js';
import type { Language } from '../../contracts/language.js';
import { FIGURE_WORDS } from '../../contracts/words.js';
import { figureColumn, wordColumn } from '../../report/columns.js';
import { codedCell, figureCell, numberCell, type Row, type TableSection } from '../../report/document.js';

const WORDS = {
  what: { ru: 'Что сверено', en: 'What was compared' },
  value: { ru: 'Значение', en: 'Value' },
  checks: { ru: 'Проверки', en: 'Checks' },
  visitors: { ru: 'Посетители по счёту человека', en: 'Visitors as a person counted' },
  detection: { ru: 'Посетители камеры ÷ посетители человека', en: 'Visitors of the camera ÷ of the person' },
  smile: { ru: 'Доля улыбнувшихся: камера − человек', en: 'Share who smiled: camera − person' },
  men: { ru: 'Доля мужчин: камера − человек', en: 'Share of men: camera − person' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** The measured error as a table of its own, for spreadsheets and CSV; the sentence of it is among the notes. */
export const spotCheckTable = (error: SpotCheckError, lang: Language): TableSection => {
  const row = (code: 'detection' | 'smile' | 'men', figure: Figure, rests: SpotCheckError['pooled']): Row => ({
    cells: [
      codedCell(code, WORDS[code][lang]),
      figureCell(figure),
      numberCell(rests.checks),
      numberCell(rests.visitors),
    ],
  });
  const whole = { digits: 0 };
  return {
    kind: 'table',
    id: 'spot-checks',
    title: FIGURE_WORDS.spotCheck[lang],
    printed: false,
    columns: [
      wordColumn('what', WORDS.what, lang),
      figureColumn('value', WORDS.value, lang, { digits: 2, interval: true }),
      figureColumn('checks', WORDS.checks, lang, whole),
      figureColumn('visitors', WORDS.visitors, lang, whole),
    ],
    rows: [
      row('detection', error.detection, error.pooled),
      row('smile', error.smileDifference, error.pooled),
      row('men', error.menDifference, error.menPooled),
    ],
    emptyText: '',
  };
};
