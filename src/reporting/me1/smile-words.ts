import type { Bilingual } from '../../contracts/bilingual.js';
import type { SmileReading } from '../../contracts/me1.js';

/** The name of each reading of the Smile-Index with its formula. */
export const SMILE_METHOD: Readonly<Record<SmileReading, Bilingual>> = {
  face: { ru: 'доля отметок с улыбкой (отметки ≥ T ÷ отметки)', en: 'face (samples ≥ T ÷ samples)' },
  person: { ru: 'доля улыбнувшихся (посетители)', en: 'person (visitors who smiled ÷ visitors)' },
  frame: { ru: 'улыбок на кадр (отметки ≥ T ÷ кадры с лицами)', en: 'frame (samples ≥ T ÷ frames with faces)' },
  level: { ru: 'уровень (среднее Happiness ÷ T)', en: 'level (mean Happiness ÷ T)' },
};

/** What each reading is, in a sentence. */
export const SMILE_ABOUT: Readonly<Record<SmileReading, Bilingual>> = {
  face: {
    ru: 'Доля отметок со счастьем не ниже порога T, 0–1.',
    en: 'Share of the samples with Happiness at or above the threshold T, 0–1.',
  },
  person: {
    ru: 'Доля посетителей, у которых не менее четверти отметок со счастьем не ниже порога T, 0–1; посетитель относится к периоду, в котором пришёл.',
    en: 'Share of the visitors at least a quarter of whose samples have Happiness at or above the threshold T, 0–1; a visitor belongs to the period in which the visit began.',
  },
  frame: {
    ru: 'Число отметок со счастьем не ниже порога T, делённое на число кадров с распознанными лицами: улыбок на кадр.',
    en: 'Samples with Happiness at or above the threshold T, divided by the frames with recognised faces: smiles per frame.',
  },
  level: { ru: 'Среднее счастья, делённое на порог T.', en: 'Mean Happiness divided by the threshold T.' },
};
