import type { Bilingual } from '../../contracts/bilingual.js';

/** Every heading of the МЭ-1 report. */
export const ME1_WORDS = {
  title: { ru: 'МЭ-1. Общий эмоциональный портрет', en: 'ME-1. General emotional portrait' },
  figures: { ru: 'Показатели', en: 'Figures' },
  charts: { ru: 'Графики', en: 'Charts' },
  series: { ru: 'Ряды', en: 'Series' },
  total: { ru: 'Итого', en: 'Total' },
  time: { ru: 'Время', en: 'Time' },
  period: { ru: 'Период', en: 'Period' },
  timeZone: { ru: 'Часовой пояс', en: 'Time zone' },
  threshold: { ru: 'Пороговое значение Happiness (T)', en: 'Happiness threshold (T)' },
  method: { ru: 'Расчёт Smile-Index', en: 'Smile-Index as' },
  share: { ru: 'доля (отметки ≥ T на кадр с лицами)', en: 'share (samples ≥ T per frame with faces)' },
  level: { ru: 'уровень (среднее Happiness ÷ T)', en: 'level (mean Happiness ÷ T)' },
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

/** How to read the figures: definitions, intervals, and what is not claimed. */
export const me1Footnotes = (threshold: string, smileIndex: 'share' | 'level'): readonly Bilingual[] => [
  smileIndex === 'share'
    ? {
        ru: `Smile-Index [${threshold}] — число отметок со счастьем не ниже ${threshold}, делённое на число кадров с распознанными лицами. Отметка — одно распознанное лицо в одном кадре.`,
        en: `Smile-Index [${threshold}] is the number of samples with Happiness at or above ${threshold}, divided by the number of frames with recognised faces. A sample is one recognised face in one frame.`,
      }
    : {
        ru: `Smile-Index [${threshold}] — среднее счастья по отметкам, делённое на ${threshold}. Отметка — одно распознанное лицо в одном кадре.`,
        en: `Smile-Index [${threshold}] is mean Happiness over the samples, divided by ${threshold}. A sample is one recognised face in one frame.`,
      },
  {
    ru: 'Male %, Female % и возраст — доли отметок с определённым полом (возрастом); выражения и Mood — средние по отметкам, 0–100; Utilization — доля кадров хотя бы с одним лицом. «Итого» считается по всем отметкам и кадрам, а не усреднением строк.',
    en: 'Male %, Female % and ages are shares of the samples with a determined gender (age); expressions and Mood are means over the samples, 0–100; Utilization is the share of frames with at least one face. The total is taken over all samples and frames, not by averaging the rows.',
  },
  {
    ru: 'Мелким шрифтом — 95-процентный интервал; отметки одного человека в нём не считаются независимыми. Показатели описывают видимое выражение лица, а не внутреннее состояние человека.',
    en: 'Small print is the 95 % interval; samples of one person are not taken as independent in it. The figures describe the visible facial expression, not the inner state of a person.',
  },
];
