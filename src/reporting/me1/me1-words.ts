import type { Bilingual } from '../../contracts/bilingual.js';
import type { SmileReading } from '../../contracts/me1.js';
import { SMILE_ABOUT } from './smile-words.js';
import { FIGURE_WORDS } from '../../contracts/words.js';

/** Every heading of the МЭ-1 report. */
export const ME1_WORDS = {
  title: { ru: 'МЭ-1. Общий эмоциональный портрет', en: 'ME-1. General emotional portrait' },
  figures: { ru: 'Показатели', en: 'Figures' },
  charts: { ru: 'Графики', en: 'Charts' },
  series: { ru: 'Ряды', en: 'Series' },
  total: FIGURE_WORDS.total,
  visitorsTotal: { ru: 'Итого, посетители', en: 'Total, visitors' },
  sellersTotal: { ru: 'Итого, продавцы', en: 'Total, sellers' },
  persons: { ru: 'Доля улыбнувшихся', en: 'Share of visitors who smiled' },
  visitors: { ru: 'Посетители', en: 'Visitors' },
  time: { ru: 'Время', en: 'Time' },
  period: { ru: 'Период', en: 'Period' },
  timeZone: { ru: 'Часовой пояс', en: 'Time zone' },
  threshold: { ru: 'Пороговое значение Happiness (T)', en: 'Happiness threshold (T)' },
  method: { ru: 'Расчёт Smile-Index', en: 'Smile-Index as' },
  streams: { ru: 'Потоки', en: 'Streams' },
  all: { ru: 'все', en: 'all' },
  role: { ru: 'Роль', en: 'Role' },
  zone: { ru: 'Зона', en: 'Zone' },
  minFace: { ru: 'Наименьшее лицо', en: 'Smallest face' },
  bucket: { ru: 'Шаг графиков', en: 'Chart step' },
  generated: { ru: 'Сформирован', en: 'Generated' },
  absolute: { ru: 'Абсолютный уровень счастья', en: 'Absolute level of happiness' },
  frames: { ru: 'Число кадров с распознанными лицами', en: 'Number of frames with recognised faces' },
  nothing: { ru: 'За период ничего не измерено', en: 'Nothing was measured in this period' },
  streamAbout: {
    ru: 'Камера и чьи лица в ней учтены.',
    en: 'The camera, and whose faces in it are counted.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

const lower = (sentence: string): string => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);

/** How to read the figures: definitions, intervals, and what is not claimed. */
export const me1Footnotes = (threshold: string, reading: SmileReading): readonly Bilingual[] => [
  {
    ru: `Smile-Index [${threshold}], T = ${threshold}: ${lower(SMILE_ABOUT[reading].ru)} Отметка — одно распознанное лицо в одном кадре.${reading === 'person' ? '' : ` Доля улыбнувшихся: ${lower(SMILE_ABOUT.person.ru)}`}`,
    en: `Smile-Index [${threshold}], T = ${threshold}: ${lower(SMILE_ABOUT[reading].en)} A sample is one recognised face in one frame.${reading === 'person' ? '' : ` Smiling persons: ${lower(SMILE_ABOUT.person.en)}`}`,
  },
  {
    ru: 'Male %, Female % и возраст — доли отметок с определённым полом (возрастом); выражения и Mood — средние по отметкам, 0–100; Utilization — доля кадров хотя бы с одним лицом. «Итого» считается по всем отметкам и кадрам, а не усреднением строк, отдельно для посетителей и для продавцов.',
    en: 'Male %, Female % and ages are shares of the samples with a determined gender (age); expressions and Mood are means over the samples, 0–100; Utilization is the share of frames with at least one face. A total is taken over all samples and frames, not by averaging the rows, of visitors and of sellers apart.',
  },
  {
    ru: 'Мелким шрифтом — 95-процентный интервал; отметки одного человека в нём не считаются независимыми. Показатели описывают видимое выражение лица, а не внутреннее состояние человека.',
    en: 'Small print is the 95 % interval; samples of one person are not taken as independent in it. The figures describe the visible facial expression, not the inner state of a person.',
  },
];
