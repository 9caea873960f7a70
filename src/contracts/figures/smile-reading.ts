import type { Bilingual } from '../bilingual.js';
import { SMILE_READINGS, type SmileReading } from '../me1.js';

/** What a caller may write for a reading: `share` is the old name of `frame`. */
export const SMILE_READING_NAMES = [...SMILE_READINGS, 'share'] as const;
export type SmileReadingName = (typeof SMILE_READING_NAMES)[number];

/** The reading behind a name. */
export const READING_OF: Readonly<Record<SmileReadingName, SmileReading>> = {
  face: 'face',
  person: 'person',
  frame: 'frame',
  level: 'level',
  share: 'frame',
};

const SHARE_NOTE: Bilingual = {
  ru: 'smileIndex=share теперь называется frame («улыбок на кадр»); по умолчанию Smile-Index считается как face — доля отметок с улыбкой.',
  en: 'smileIndex=share is called frame now (smiles per frame); by default Smile-Index is read as face, the share of samples with a smile.',
};

/** What a caller is told who used that name. */
export const READING_NOTES: Readonly<Record<SmileReadingName, readonly Bilingual[]>> = {
  face: [],
  person: [],
  frame: [],
  level: [],
  share: [SHARE_NOTE],
};
