import { HAPPY_INDEX_READINGS } from '../contracts/contact.js';
import { SMILE_READING_NAMES } from '../contracts/figures/smile-reading.js';
import type { Flag } from './offer.js';

/** T of the Smile-Index on the command line. */
export const THRESHOLD_FLAG: Flag = {
  flag: '--threshold <T>',
  words: { ru: 'порог T для Smile-Index, 0–100', en: 'T of the Smile-Index, 0–100' },
  range: [0, 100],
  ofRecordings: true,
};

/** The reading of the Smile-Index on the command line. */
export const SMILE_INDEX_FLAG: Flag = {
  flag: '--smile-index <reading>',
  words: {
    ru: 'чтение Smile-Index; share — прежнее имя frame',
    en: 'reading of Smile-Index; share is the old name of frame',
  },
  choices: SMILE_READING_NAMES,
  fallback: 'face',
};

/** The reading of the Happy-Index on the command line. */
export const HAPPY_INDEX_FLAG: Flag = {
  flag: '--happy-index <reading>',
  words: {
    ru: 'peak: также буквальное чтение Happy-Index',
    en: 'peak: also the literal reading of Happy-Index',
  },
  choices: HAPPY_INDEX_READINGS,
  ofRecordings: true,
};
