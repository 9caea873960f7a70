import type { Bilingual } from '../../contracts/bilingual.js';
import type { Language } from '../../contracts/language.js';
import { formatMoment } from '../../time/format-time.js';
import type { LocalTime } from '../../time/local-time.js';
import type { Coverage } from '../../store/ports/portrait-reader.js';

/** What the reader must know about what the figures rest on. */
export const coverageNotes = (
  { missing, lost, threshold }: Coverage,
  asked: number,
  localTime: LocalTime,
): Bilingual[] => {
  const notes: Bilingual[] = [];
  if (missing !== null) {
    const span = (language: Language): string =>
      `${formatMoment(missing.fromTs, localTime, language)} – ${formatMoment(missing.toTs, localTime, language)}`;
    notes.push({
      ru: `За ${span('ru')} исходных отметок больше нет: эта часть периода не вошла в отчёт.`,
      en: `Raw samples of ${span('en')} have expired: this part of the period is not in the report.`,
    });
  }
  if (threshold !== asked) {
    notes.push({
      ru: `Отметки старше срока хранения сосчитаны при целом пороге T = ${threshold}.`,
      en: `Expired samples were counted at the whole threshold T = ${threshold}.`,
    });
  }
  const rows = lost.samples + lost.frames + lost.tracks + lost.contacts;
  if (rows > 0) {
    notes.push({
      ru: `Не записано строк из-за отказа диска: ${rows}.`,
      en: `Rows lost because the disk refused to write: ${rows}.`,
    });
  }
  return notes;
};
