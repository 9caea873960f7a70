import type { Bilingual } from '../../contracts/bilingual.js';
import type { Unit } from '../../contracts/figure.js';
import type { QuestionId } from '../../contracts/figures/questions.js';
import type { FigureKey } from '../../metrics/questions/findings.js';

/** What every figure of an answer is called, and its unit. */
export const ANSWER_FIGURES: Readonly<Record<FigureKey, { readonly label: Bilingual; readonly unit: Unit }>> = {
  'smiled-share': {
    label: { ru: 'Доля контактов с улыбкой продавца', en: "Share of contacts with a seller's smile" },
    unit: 'share',
  },
  'seller-smile-index': {
    label: { ru: 'Smile-Index продавцов во время контактов', en: "Sellers' Smile-Index during contacts" },
    unit: 'rate',
  },
  'without-seller': {
    label: { ru: 'Контакты без продавца в кадре', en: 'Contacts with no seller in view' },
    unit: 'count',
  },
  'attention-time': { label: { ru: 'Время внимания, всего', en: 'Attention time, total' }, unit: 'ms' },
  viewers: { label: { ru: 'Посмотрели, человек', en: 'Viewers' }, unit: 'count' },
  'looked-share': { label: { ru: 'Доля посмотревших', en: 'Share who looked' }, unit: 'share' },
  'median-look': {
    label: { ru: 'Медиана самого долгого взгляда', en: 'Median of the longest look' },
    unit: 'ms',
  },
  'mean-age-female': { label: { ru: 'Средний возраст женщин', en: 'Mean age of women' }, unit: 'years' },
  'mean-age-male': { label: { ru: 'Средний возраст мужчин', en: 'Mean age of men' }, unit: 'years' },
  'female-share': { label: { ru: 'Доля среди женщин', en: 'Share of women' }, unit: 'share' },
  'male-share': { label: { ru: 'Доля среди мужчин', en: 'Share of men' }, unit: 'share' },
  'smiling-persons-exit': {
    label: { ru: 'Доля улыбнувшихся на выходе', en: 'Share who smiled at the exit' },
    unit: 'share',
  },
  'smiling-persons-entrance': {
    label: { ru: 'Доля улыбнувшихся на входе', en: 'Share who smiled at the entrance' },
    unit: 'share',
  },
  'smiling-persons-difference': {
    label: { ru: 'Разница долей улыбнувшихся', en: 'Difference in the share who smiled' },
    unit: 'share',
  },
  'mood-exit': { label: { ru: 'Настроение на выходе', en: 'Mood at the exit' }, unit: 'points' },
  'mood-entrance': { label: { ru: 'Настроение на входе', en: 'Mood at the entrance' }, unit: 'points' },
  'mood-difference': { label: { ru: 'Разница настроения', en: 'Difference in mood' }, unit: 'points' },
  'net-response': {
    label: { ru: 'Прирост ответов сверх случайных', en: 'Answers beyond chance' },
    unit: 'share',
  },
  'happy-share': { label: { ru: 'Ответили улыбкой', en: 'Smiled back' }, unit: 'share' },
  'chance-share': { label: { ru: '«Ответили» бы случайно', en: 'Would "answer" by chance' }, unit: 'share' },
  'happy-index': { label: { ru: 'Happy-Index', en: 'Happy-Index' }, unit: 'index' },
  'already-share': {
    label: { ru: 'Уже улыбались (не в счёт)', en: 'Smiling already (left out)' },
    unit: 'share',
  },
  'median-latency': {
    label: { ru: 'Медиана задержки ответивших', en: 'Median latency of those who answered' },
    unit: 'ms',
  },
  'median-rise': { label: { ru: 'Медиана подъёма над базой', en: 'Median rise over baseline' }, unit: 'points' },
  'contagion-share': {
    label: {
      ru: 'Контакты со значимой связью улыбок (случайно было бы 5 %)',
      en: 'Contacts with a significant link of smiles (chance gives 5%)',
    },
    unit: 'share',
  },
};

/** The questions as the original leaflet asks them. */
export const QUESTION_WORDS: Readonly<Record<QuestionId, Bilingual>> = {
  'sellers-smile': { ru: 'Наши продавцы улыбаются покупателям?', en: 'Do our sellers smile at customers?' },
  attention: { ru: 'На что покупатели обращают больше внимания?', en: 'What do customers pay more attention to?' },
  age: { ru: 'Каков средний возраст женщин и мужчин?', en: 'What is the average age of women and men?' },
  'exit-over-entrance': {
    ru: 'Эмоциональный фон на выходе выше, чем на входе?',
    en: 'Is the emotional background at the exit higher than at the entrance?',
  },
  'smile-back': {
    ru: 'Покупатели улыбаются в ответ на улыбку продавца?',
    en: "Do customers smile back at a seller's smile?",
  },
};
