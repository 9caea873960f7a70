import { AGE_BUCKETS, type AgeBucket } from '../../contracts/me1.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import type { QuestionId } from '../../contracts/figures/questions.js';
import type { QuestionAnswer, QuestionFigure } from '../../contracts/figures/questions-schema.js';
import type { Finding, Findings, FoundFigure, FoundRow } from '../../metrics/questions/findings.js';
import {
  ageSentence,
  attentionSentence,
  exitSentence,
  sellersSmileSentence,
  smileBackSentence,
} from './answer-sentences.js';
import { both } from '../../report/figure-text.js';
import { ANSWER_FIGURES, QUESTION_WORDS } from './figure-words.js';

const NOTHING_TOLD: Readonly<Record<'no-data' | 'not-measured', Bilingual>> = {
  'no-data': { ru: 'За этот период нет данных.', en: 'There are no data for this period.' },
  'not-measured': {
    ru: 'Не измеряется: показатели о продавцах выключены в настройках.',
    en: 'Not measured: figures about sellers are switched off in the configuration.',
  },
};

const AGES: Readonly<Record<AgeBucket, Bilingual>> = {
  '-20': { ru: 'до 20', en: 'under 20' },
  '20-30': both(() => '20–30'),
  '30-40': both(() => '30–40'),
  '40-50': both(() => '40–50'),
  '50+': { ru: '50 и старше', en: '50 and over' },
};

const TITLES = {
  hours: { ru: 'По часам', en: 'By hour' },
  shifts: { ru: 'По сменам', en: 'By shift' },
  attention: { ru: 'По времени внимания', en: 'By attention time' },
  ages: { ru: 'Распределение по возрасту', en: 'Distribution of age' },
  points: { ru: 'По точкам контакта', en: 'By contact point' },
} as const satisfies Readonly<Record<string, Bilingual>>;

type Streams = readonly { readonly id: string; readonly name: string }[];

/** The answers in sentences, their figures and rows by name. A stream is named as configured, a zone by its id. */
export const wordedAnswers = (
  [sellers, attention, age, exit, smileBack]: Findings,
  streams: Streams,
): readonly QuestionAnswer[] => {
  const placeOf = (key: string): string => placeName(key, streams);
  const hours = typeof sellers.told === 'string' ? 1 : sellers.told.rowHours;
  return [
    worded(sellers, sellersSmileSentence, {
      title: hours === 1 ? TITLES.hours : TITLES.shifts,
      labelOf: (key) => both(() => `${clock(Number(key))}–${clock((Number(key) + hours) % 24)}`),
    }),
    worded(attention, (told) => attentionSentence(told, placeOf(told.place)), {
      title: TITLES.attention,
      labelOf: (key) => both(() => placeOf(key)),
    }),
    worded(age, ageSentence, {
      title: TITLES.ages,
      labelOf: (key) => AGES[AGE_BUCKETS.find((bucket) => bucket === key) ?? '50+'],
    }),
    worded(exit, exitSentence, null),
    worded(smileBack, smileBackSentence, { title: TITLES.points, labelOf: (key) => both(() => key) }),
  ];
};

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const placeName = (key: string, streams: Streams): string => {
  const [stream = key, zone] = key.split('/');
  const name = streams.find(({ id }) => id === stream)?.name ?? stream;
  return zone === undefined ? name : `${name} / ${zone}`;
};

/** What the table of an answer is called, and each of its rows. */
interface TableWords {
  readonly title: Bilingual;
  readonly labelOf: (key: string) => Bilingual;
}

const worded = <Told extends object>(
  finding: Finding<QuestionId, Told>,
  sentence: (told: Told) => Bilingual,
  table: TableWords | null,
): QuestionAnswer => {
  const { id, told, verdict, judgement, figures, rows } = finding;
  return {
    id,
    question: QUESTION_WORDS[id],
    verdict,
    ...(judgement === undefined ? {} : { judgement }),
    answer: typeof told === 'string' ? NOTHING_TOLD[told] : sentence(told),
    figures: figures.map(wordedFigure),
    table: rows === null || table === null ? null : wordedTable(rows, table),
  };
};

const wordedTable = (rows: readonly FoundRow[], { title, labelOf }: TableWords): QuestionAnswer['table'] => ({
  title,
  rows: rows.map(({ key, figures }) => ({ key, label: labelOf(key), figures: figures.map(wordedFigure) })),
});

const wordedFigure = ({ key, figure, basis, judgement }: FoundFigure): QuestionFigure => {
  const { label, unit } = ANSWER_FIGURES[key];
  return { key, label, unit, figure, basis, ...(judgement === undefined ? {} : { judgement }) };
};
