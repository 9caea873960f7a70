import type { Bilingual } from '../../contracts/bilingual.js';
import type { Contact } from '../../contracts/contact.js';
import type { AssessedContact, ContactReason } from '../../metrics/contact/judgement/reason.js';
import type { Language } from '../../contracts/language.js';
import { formatNumber } from '../../report/number-format.js';

/** Happiness and shares as whole numbers, the same in both languages. */
const whole = (value: number | null): string => formatNumber(value, 0, 'ru');
const seconds = (ms: number | null, lang: Language): string => formatNumber(ms === null ? null : ms / 1000, 1, lang);

/** Why a contact has its verdict, or none, in one clause per language. */
export const reasonText = (why: ContactReason): Bilingual => {
  switch (why.code) {
    case 'no-seller':
      return { ru: 'продавца не было в кадре', en: 'no seller in view' };
    case 'no-smile':
      return { ru: 'продавец не улыбнулся', en: 'the seller did not smile' };
    case 'no-onset':
      return {
        ru: 'продавец уже улыбался, когда подошёл покупатель: начала улыбки не видно',
        en: 'the seller was smiling when the customer came: no beginning of the smile was seen',
      };
    case 'not-measured': {
      const [ru, en] = why.isBefore ? ['за секунду до', 'in the second before'] : ['после', 'after'];
      const [share, needed] = [whole(100 * why.measuredShare), whole(100 * why.neededShare)];
      return {
        ru: `лицо покупателя измерено лишь в ${share} % кадров ${ru} улыбки продавца, нужно ${needed} %`,
        en: `the customer's face was measured in only ${share}% of the frames ${en} the seller's smile, ${needed}% are needed`,
      };
    }
    case 'already':
      return {
        ru: `покупатель уже улыбался (${whole(why.before)}) за секунду до улыбки продавца: ответ ли это, не узнать`,
        en: `the customer was smiling already (${whole(why.before)}) in the second before the seller's smile: nobody can tell whether this is an answer`,
      };
    case 'happy':
      return {
        ru: `счастье поднялось с ${whole(why.before)} до ${whole(why.peak)} через ${seconds(why.delayMs, 'ru')} с после улыбки продавца, выше удивления и недовольства`,
        en: `happiness rose from ${whole(why.before)} to ${whole(why.peak)} at ${seconds(why.delayMs, 'en')} s after the seller's smile, above surprise and dissatisfaction`,
      };
    case 'unhappy':
      return {
        ru: `улыбкой не ответил, а перевес удивления или недовольства над счастьем вырос на ${whole(why.growth)} после улыбки продавца`,
        en: `no smile in answer, and surprise or dissatisfaction gained ${whole(why.growth)} on happiness after the seller's smile`,
      };
    case 'too-low':
      return {
        ru: `счастье дошло до ${whole(why.peak)}, для ответа нужно ${whole(why.needed)}`,
        en: `happiness reached ${whole(why.peak)}, an answer takes ${whole(why.needed)}`,
      };
    case 'too-small-a-rise':
      return {
        ru: `счастье поднялось с ${whole(why.before)} до ${whole(why.peak)}, для ответа нужен подъём на ${whole(why.needed)}`,
        en: `happiness rose from ${whole(why.before)} to ${whole(why.peak)}, an answer takes a rise of ${whole(why.needed)}`,
      };
    case 'not-above-others':
      return {
        ru: `счастье доходило до ${whole(why.peak)}, но не поднялось после улыбки продавца над удивлением и недовольством`,
        en: `happiness reached ${whole(why.peak)}, but did not rise above surprise and dissatisfaction after the seller's smile`,
      };
  }
};

/** A judged contact as it is stored and told, its reason in words. */
export const worded = ({ why, ...contact }: AssessedContact): Contact => ({ ...contact, reason: reasonText(why) });
