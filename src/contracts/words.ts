import type { Bilingual } from './bilingual.js';
import type { Emotion } from './emotion.js';
import type { Counter, Direction } from './observation.js';
import type { StreamRole } from './role.js';

/**
 * The glossary: the one name of everything that pages, reports and the command line speak of. docs/glossary.md explains
 * each; what is named here is called nothing else anywhere.
 */

/** Visible expressions; the English names are those of the original report. */
export const EMOTION_WORDS: Readonly<Record<Emotion, Bilingual>> = {
  happiness: { ru: 'Счастье', en: 'Happiness' },
  surprise: { ru: 'Удивление', en: 'Surprise' },
  anger: { ru: 'Гнев', en: 'Anger' },
  disgust: { ru: 'Отвращение', en: 'Disgust' },
  fear: { ru: 'Страх', en: 'Fear' },
  sadness: { ru: 'Грусть', en: 'Sadness' },
  neutral: { ru: 'Спокойствие', en: 'Neutral' },
};

/** Who is before a camera or in a zone. */
export const ROLE_WORDS: Readonly<Record<StreamRole, Bilingual>> = {
  customer: { ru: 'покупатели', en: 'customers' },
  seller: { ru: 'продавцы', en: 'sellers' },
  entrance: { ru: 'вход', en: 'entrance' },
  exit: { ru: 'выход', en: 'exit' },
  display: { ru: 'витрина', en: 'display' },
  counter: { ru: 'счётчик', en: 'counter' },
};

/** What is counted. */
export const COUNTER_WORDS: Readonly<Record<Counter, Bilingual>> = {
  consultation: { ru: 'консультации', en: 'consultations' },
  visitor: { ru: 'посетители', en: 'visitors' },
  receipt: { ru: 'чеки', en: 'receipts' },
  item: { ru: 'товары', en: 'items' },
  request: { ru: 'просьбы', en: 'requests' },
  served: { ru: 'обслуженные', en: 'served' },
};

/** Which way somebody passed a counter's line. */
export const DIRECTION_WORDS: Readonly<Record<Direction, Bilingual>> = {
  in: { ru: 'вошли', en: 'in' },
  out: { ru: 'вышли', en: 'out' },
};

/** What an account or a key may do. */
export const ACCOUNT_ROLE_WORDS: Readonly<Record<'viewer' | 'operator' | 'analyst' | 'admin', Bilingual>> = {
  viewer: { ru: 'наблюдатель', en: 'viewer' },
  operator: { ru: 'оператор', en: 'operator' },
  analyst: { ru: 'аналитик', en: 'analyst' },
  admin: { ru: 'администратор', en: 'administrator' },
};

/** Figures and the things they are counted from. */
export const FIGURE_WORDS = {
  mood: { ru: 'Настроение', en: 'Mood' },
  utilization: { ru: 'Заполненность', en: 'Utilization' },
  samples: { ru: 'Отметки', en: 'Samples' },
  visitors: { ru: 'Посетители', en: 'Visitors' },
  absolute: { ru: 'Абсолютный уровень счастья', en: 'Absolute level of happiness' },
  camera: { ru: 'Камера', en: 'Camera' },
  cameras: { ru: 'Камеры', en: 'Cameras' },
  contactPoint: { ru: 'Точка контакта', en: 'Contact point' },
  period: { ru: 'Период', en: 'Period' },
  bucket: { ru: 'Шаг', en: 'Step' },
  total: { ru: 'Итого', en: 'Total' },
  spotCheck: { ru: 'Проверка на месте', en: 'Spot check' },
} as const satisfies Readonly<Record<string, Bilingual>>;
