import type { Bilingual } from '../../contracts/bilingual.js';
import { EMOTIONS } from '../../contracts/emotion.js';
import { AGE_BUCKETS } from '../../contracts/me1.js';
import { GENDERS } from '../../contracts/figures/gender.js';
import type { CrossTab, CrossTabCell } from '../../contracts/figures/visitors-schema.js';
import { figureColumn, wordColumn } from '../../report/columns.js';
import { codedCell, numberCell, type Cell, type Row, type TableSection } from '../../report/document.js';
import { EMOTION_WORDS } from '../../contracts/words.js';
import type { Language } from '../../contracts/language.js';

const ALL: Bilingual = { ru: 'все', en: 'all' };
const UNDETERMINED: Bilingual = { ru: 'не определён', en: 'undetermined' };
const GENDER_WORDS: Readonly<Record<CrossTabCell['gender'], Bilingual>> = {
  male: { ru: 'мужчины', en: 'men' },
  female: { ru: 'женщины', en: 'women' },
  undetermined: UNDETERMINED,
  all: ALL,
};
const AGES = [...AGE_BUCKETS, 'undetermined', 'all'] as const;
const COLUMNS = [...EMOTIONS, 'all'] as const;
const TOO_FEW: Bilingual = {
  ru: 'Посетителей слишком мало, чтобы показать разбивку и никого не выделить',
  en: 'There were too few visitors for a breakdown that singles nobody out',
};

// Not the labels themselves: a spreadsheet takes «-20» for a formula and «20-30» for a date.
const AGE_CODES: Readonly<Record<CrossTabCell['age'], string>> = {
  '-20': 'under_20',
  '20-30': '20_30',
  '30-40': '30_40',
  '40-50': '40_50',
  '50+': '50_plus',
  undetermined: 'undetermined',
  all: 'all',
};

const ageWords = (age: CrossTabCell['age'], lang: Language): string => {
  if (age === 'all') return ALL[lang];
  if (age === 'undetermined') return UNDETERMINED[lang];
  return age.startsWith('-') ? `\u2212${age.slice(1)}` : age.replace('-', '–');
};

/** «<5» where the group is too small, «•» where it would give a small one away. */
const tabCell = (cell: CrossTabCell | undefined, kAnonymity: number): Cell => {
  // A category that is not listed counts nobody.
  if (cell === undefined) return numberCell(0);
  if (cell.hidden === 'small') return { kind: 'suppressed', text: `<${kAnonymity}` };
  if (cell.hidden === 'complement') return { kind: 'suppressed', text: '•' };
  return numberCell(cell.visitors);
};

const isAll = ({ gender, age, emotion }: CrossTabCell): boolean =>
  gender === 'all' && age === 'all' && emotion === 'all';

/**
 * Visitors by gender and age (rows) and dominant expression (columns). Empty rows are left out, and all of them where
 * nothing but the total may be shown: a page of dots says no more than a sentence.
 */
export const crossTabTable = (tab: CrossTab, lang: Language): TableSection => {
  const found = new Map(tab.cells.map((cell) => [JSON.stringify([cell.gender, cell.age, cell.emotion]), cell]));
  const isHidden = tab.cells.every((cell) => cell.hidden !== null || isAll(cell) || cell.visitors === 0);
  const genders = isHidden ? [] : [...GENDERS, 'all' as const];
  const rows = genders.flatMap((gender) =>
    AGES.flatMap((age): Row[] => {
      const cells = COLUMNS.map((emotion) => found.get(JSON.stringify([gender, age, emotion])));
      const isEmpty = cells.every((cell) => cell === undefined || (cell.hidden === null && cell.visitors === 0));
      if (isEmpty) return [];
      return [
        {
          total: age === 'all',
          cells: [
            codedCell(gender, GENDER_WORDS[gender][lang]),
            codedCell(AGE_CODES[age], ageWords(age, lang)),
            ...cells.map((cell) => tabCell(cell, tab.kAnonymity)),
          ],
        },
      ];
    }),
  );
  return {
    kind: 'table',
    id: 'cross-tab',
    title:
      lang === 'ru'
        ? 'Пол, возраст и преобладающее выражение (посетители)'
        : 'Gender, age and dominant expression (visitors)',
    printed: true,
    columns: [
      wordColumn('gender', { ru: 'Пол', en: 'Gender' }, lang),
      wordColumn('age', { ru: 'Возраст', en: 'Age' }, lang),
      ...COLUMNS.map((emotion) =>
        figureColumn(emotion, emotion === 'all' ? { ru: 'Все', en: 'All' } : EMOTION_WORDS[emotion], lang, {
          digits: 0,
        }),
      ),
    ],
    rows,
    emptyText: TOO_FEW[lang],
  };
};
