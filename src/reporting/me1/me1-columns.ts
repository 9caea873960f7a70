import type { Emotion } from '../../contracts/emotion.js';
import { AGE_BUCKETS, type AgeBucket, type SmileReading } from '../../contracts/me1.js';
import type { Me1Row } from '../../contracts/figures/me1-schema.js';
import { figureCell, numberCell, type Cell, type Column } from '../../report/document.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import { EMOTION_WORDS } from '../../contracts/words.js';
import type { Language } from '../../contracts/language.js';
import { SMILE_ABOUT } from './smile-words.js';

/** One figure of МЭ-1: how it is called, printed and taken from a row. */
interface Me1Column {
  readonly key: string;
  /** As the original report prints it. */
  readonly header: string;
  readonly ru: string;
  readonly about: Bilingual;
  readonly digits: number;
  readonly intervalDigits?: number;
  /** Default: 0–100. */
  readonly range?: readonly [number, number];
  /** false: only spreadsheets carry it. */
  readonly printed?: boolean;
  /** false: a count or a share of everything, without an interval. */
  readonly interval?: boolean;
  readonly cell: (row: Me1Row) => Cell;
}

type PrintedEmotion = Exclude<Emotion, 'neutral'>;

const PRINTED_EMOTIONS: readonly PrintedEmotion[] = ['happiness', 'surprise', 'anger', 'disgust', 'fear', 'sadness'];

const AGE_WORDS: Readonly<Record<AgeBucket, { key: string; header: string; ru: string; about: Bilingual }>> = {
  '-20': age('under_20', '\u221220', 'до 20 лет', 'under 20'),
  '20-30': age('20_30', '20\u201330', '20–30 лет', '20 to 30 (30 not included)'),
  '30-40': age('30_40', '30\u201340', '30–40 лет', '30 to 40 (40 not included)'),
  '40-50': age('40_50', '40\u201350', '40–50 лет', '40 to 50 (50 not included)'),
  '50+': age('50_plus', '50+', 'от 50 лет', '50 and over'),
};

function age(key: string, header: string, ru: string, en: string) {
  const about = {
    ru: `Доля отметок с определённым возрастом: ${ru}, %.`,
    en: `Share of the samples with a determined age: ${en}, %.`,
  };
  return { key: `age_${key}_percent`, header, ru, about };
}

const percent = { digits: 2, intervalDigits: 1 };

const COLUMNS: readonly Me1Column[] = [
  {
    key: 'male_percent',
    header: 'Male\u00a0%',
    ru: 'Мужчины, %',
    about: {
      ru: 'Доля мужчин среди отметок с определённым полом, %.',
      en: 'Share of men among the samples with a determined gender, %.',
    },
    ...percent,
    cell: (row) => figureCell(row.malePercent),
  },
  {
    key: 'female_percent',
    header: 'Female\u00a0%',
    ru: 'Женщины, %',
    about: {
      ru: 'Доля женщин среди отметок с определённым полом, %.',
      en: 'Share of women among the samples with a determined gender, %.',
    },
    ...percent,
    cell: (row) => figureCell(row.femalePercent),
  },
  ...AGE_BUCKETS.map((bucket): Me1Column => ({
    ...AGE_WORDS[bucket],
    ...percent,
    cell: (row) => figureCell(row.agePercent[bucket]),
  })),
  ...PRINTED_EMOTIONS.map((emotion): Me1Column => ({
    key: emotion,
    header: EMOTION_WORDS[emotion].en,
    ru: EMOTION_WORDS[emotion].ru,
    about: {
      ru: `${EMOTION_WORDS[emotion].ru}: среднее видимого выражения по отметкам, 0–100.`,
      en: `${EMOTION_WORDS[emotion].en}: mean visible expression over the samples, 0–100.`,
    },
    digits: 0,
    intervalDigits: 1,
    cell: (row) => figureCell(row.emotions[emotion]),
  })),
  {
    key: 'mood',
    header: 'Mood',
    ru: 'Настроение',
    about: {
      ru: '50 + (счастье − гнев − отвращение − страх − грусть) ÷ 2: 0–100, 50 — спокойно; среднее по отметкам.',
      en: '50 + (happiness − anger − disgust − fear − sadness) ÷ 2: 0–100, 50 is neutral; mean over the samples.',
    },
    digits: 0,
    intervalDigits: 1,
    cell: (row) => figureCell(row.mood),
  },
  {
    key: 'samples',
    header: 'Samples',
    ru: 'Отметки',
    about: {
      ru: 'Число отметок: одно распознанное лицо в одном проанализированном кадре.',
      en: 'Number of samples: one recognised face in one analysed frame.',
    },
    digits: 0,
    interval: false,
    cell: (row) => numberCell(row.samples),
  },
  {
    key: 'utilization_percent',
    header: 'Utilization',
    ru: 'Кадры с лицами, %',
    about: {
      ru: 'Доля проанализированных кадров, в которых распознано хотя бы одно лицо, %.',
      en: 'Share of analysed frames with at least one recognised face, %.',
    },
    digits: 2,
    interval: false,
    cell: (row) => numberCell(row.utilizationPercent),
  },
  {
    key: 'neutral',
    header: 'Neutral',
    ru: 'Спокойствие',
    about: { ru: 'Спокойствие: среднее по отметкам, 0–100.', en: 'Neutral: mean over the samples, 0–100.' },
    digits: 0,
    intervalDigits: 1,
    printed: false,
    cell: (row) => figureCell(row.emotions.neutral),
  },
  ...(
    [
      ['visitors', 'Visitors', 'Посетители', (row: Me1Row) => row.visitors],
      ['absolute', 'Absolute level', 'Абсолютный уровень счастья', (row: Me1Row) => row.absolute],
      ['frames_with_faces', 'Frames with faces', 'Кадры с лицами', (row: Me1Row) => row.framesWithFaces],
      ['analysed_frames', 'Analysed frames', 'Проанализировано кадров', (row: Me1Row) => row.analysedFrames],
    ] as const
  ).map(([key, header, ru, value]): Me1Column => ({
    key,
    header,
    ru,
    about: { ru: `${ru}: число за период.`, en: `${header}: count over the period.` },
    digits: 0,
    printed: false,
    interval: false,
    cell: (row) => numberCell(value(row)),
  })),
];

const smileIndex = (threshold: string, reading: SmileReading): Me1Column => ({
  key: 'smile_index',
  header: `Smile-Index [${threshold}]`,
  ru: `Smile-Index [${threshold}]`,
  about: SMILE_ABOUT[reading],
  digits: 2,
  range: [0, reading === 'face' || reading === 'person' ? 1 : Number.POSITIVE_INFINITY],
  cell: (row) => figureCell(row.smileIndex),
});

const SMILING_PERSONS: Me1Column = {
  key: 'smiling_persons',
  header: 'Smiling persons',
  ru: 'Доля улыбнувшихся',
  about: SMILE_ABOUT.person,
  digits: 2,
  range: [0, 1],
  cell: (row) => figureCell(row.smilingPersons),
};

/** The figures of МЭ-1 in the order of the printed report, then those only spreadsheets carry. */
export const me1Columns = (
  threshold: string,
  reading: SmileReading,
  lang: Language,
): readonly { readonly column: Column; readonly cell: (row: Me1Row) => Cell }[] =>
  [smileIndex(threshold, reading), SMILING_PERSONS, ...COLUMNS].map((c) => ({
    cell: c.cell,
    column: {
      key: c.key,
      header: c.header,
      ...(lang === 'ru' && c.ru !== c.header ? { gloss: c.ru.toLowerCase() } : {}),
      sheetHeader: lang === 'ru' ? c.ru : c.header,
      about: c.about[lang],
      format: {
        kind: 'number',
        digits: c.digits,
        range: c.range ?? [0, 100],
        ...(c.intervalDigits === undefined ? {} : { intervalDigits: c.intervalDigits }),
      },
      interval: c.interval ?? true,
      printed: c.printed ?? true,
    },
  }));
