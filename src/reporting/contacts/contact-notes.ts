import type { Bilingual } from '../../contracts/bilingual.js';
import type { CountedContact } from '../../contracts/contact.js';
import { detectClockOffset, type ClockOffset } from '../../metrics/contact/curves/clock-offset.js';
import { both } from '../../report/figure-text.js';
import { formatNumber } from '../../report/number-format.js';

/** What must be said about the contacts of a period: cameras whose clocks seem to differ, contacts left out. */
export const contactNotes = (contacts: readonly CountedContact[]): Bilingual[] => [
  ...clockNotes(contacts),
  ...formerNotes(contacts),
];

/** How many contacts only the rule of earlier versions has judged. */
const formerNotes = (contacts: readonly CountedContact[]): Bilingual[] => {
  const count = contacts.filter(({ rule }) => rule === 'former').length;
  if (count === 0) return [];
  return [
    {
      ru: `Контактов, оценённых по правилу прежней версии и не вошедших в Happy-Index: ${count}; их кривые не сохранились или ещё не разобраны заново.`,
      en: `Contacts judged by the rule of an earlier version and left out of the Happy-Index: ${count}; their curves are gone, or have not been judged again yet.`,
    },
  ];
};

/** Warnings about cameras of a point whose clocks seem to differ. */
const clockNotes = (contacts: readonly CountedContact[]): Bilingual[] => {
  const points = [...new Set(contacts.map(({ pointId }) => pointId))];
  return points.flatMap((point) => {
    const offset = detectClockOffset(point, contacts);
    return offset === null ? [] : [clockWarning(offset)];
  });
};

/** What to do about two cameras of a point whose clocks differ. */
export const clockWarning = ({ pointId, offsetMs }: Pick<ClockOffset, 'pointId' | 'offsetMs'>): Bilingual => {
  const seconds = both((lang) => formatNumber(Math.abs(offsetMs) / 1000, 1, lang));
  return {
    ru: `${pointId}: часы камеры покупателя, похоже, ${offsetMs > 0 ? 'спешат' : 'отстают'} относительно камеры продавца примерно на ${seconds.ru} с; проверьте синхронизацию времени или задайте clockOffsetMs`,
    en: `${pointId}: the customer camera's clock seems to run about ${seconds.en} s ${offsetMs > 0 ? 'ahead of' : 'behind'} the seller camera's; check time synchronisation or set clockOffsetMs`,
  };
};
