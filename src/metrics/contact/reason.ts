import type { Bilingual } from '../../contracts/bilingual.js';
import type { Contact, SmileResponse } from '../../contracts/contact.js';
import type { ContactOptions } from './options.js';

const whole = (value: number | null): string => (value === null ? '–' : String(Math.round(value)));
const seconds = (ms: number | null): string => (ms === null ? '–' : (ms / 1000).toFixed(1));
const comma = (text: string): string => text.replace('.', ',');

/** The verdict's reason, or why there is none, in one clause per language. */
export const reasonOf = (
  contact: Pick<Contact, 'sellerPresent' | 'smiles'>,
  judged: SmileResponse | null,
  options: ContactOptions,
): Bilingual => {
  if (!contact.sellerPresent) return { ru: 'продавца не было в кадре', en: 'no seller in view' };
  if (contact.smiles.length === 0) return { ru: 'продавец не улыбнулся', en: 'the seller did not smile' };
  if (contact.smiles.every(({ onsetTs }) => onsetTs === null)) {
    return {
      ru: 'продавец уже улыбался, когда подошёл покупатель: начала улыбки не видно',
      en: 'the seller was smiling when the customer came: no beginning of the smile was seen',
    };
  }
  switch (judged?.verdict ?? null) {
    case null:
      return notMeasured(contact.smiles, options);
    case 'already':
      return alreadyReason(judged);
    case 'happy':
      return happyReason(judged);
    case 'unhappy':
      return unhappyReason(judged);
    case 'indifferent':
      return indifferentReason(judged, options);
  }
};

type Judged = SmileResponse | null;

const notMeasured = (smiles: readonly SmileResponse[], { minMeasuredShare }: ContactOptions): Bilingual => {
  const shares = smiles.map(({ measuredShare, measuredBefore }) => Math.min(measuredShare ?? 0, measuredBefore ?? 0));
  const best = Math.max(...shares);
  const smile = smiles[shares.indexOf(best)];
  const isBefore = (smile?.measuredBefore ?? 0) < (smile?.measuredShare ?? 0);
  const [ru, en] = isBefore ? ['за секунду до', 'in the second before'] : ['после', 'after'];
  const needed = whole(100 * minMeasuredShare);
  return {
    ru: `лицо покупателя измерено лишь в ${whole(100 * best)} % кадров ${ru} улыбки продавца, нужно ${needed} %`,
    en: `the customer's face was measured in only ${whole(100 * best)}% of the frames ${en} the seller's smile, ${needed}% are needed`,
  };
};

const alreadyReason = (judged: Judged): Bilingual => ({
  ru: `покупатель уже улыбался (${whole(judged?.before ?? null)}) за секунду до улыбки продавца: ответ ли это, не узнать`,
  en: `the customer was smiling already (${whole(judged?.before ?? null)}) in the second before the seller's smile: nobody can tell whether this is an answer`,
});

const happyReason = (judged: Judged): Bilingual => {
  const [before, peak, delay] = [
    whole(judged?.before ?? null),
    whole(judged?.peak ?? null),
    judged?.peakDelayMs ?? null,
  ];
  return {
    ru: `счастье поднялось с ${before} до ${peak} через ${comma(seconds(delay))} с после улыбки продавца, выше удивления и недовольства`,
    en: `happiness rose from ${before} to ${peak} at ${seconds(delay)} s after the seller's smile, above surprise and dissatisfaction`,
  };
};

const unhappyReason = (judged: Judged): Bilingual => {
  const growth = whole(judged?.displeasureGrowth ?? null);
  return {
    ru: `улыбкой не ответил, а перевес удивления или недовольства над счастьем вырос на ${growth} после улыбки продавца`,
    en: `no smile in answer, and surprise or dissatisfaction gained ${growth} on happiness after the seller's smile`,
  };
};

/** What of an answer is missing first. */
const indifferentReason = (judged: Judged, { customerPeak, responseRise }: ContactOptions): Bilingual => {
  const [before, peak] = [judged?.before ?? 0, judged?.peak ?? 0];
  if (peak < customerPeak)
    return {
      ru: `счастье дошло до ${whole(peak)}, для ответа нужно ${whole(customerPeak)}`,
      en: `happiness reached ${whole(peak)}, an answer takes ${whole(customerPeak)}`,
    };
  if (peak - before < responseRise)
    return {
      ru: `счастье поднялось с ${whole(before)} до ${whole(peak)}, для ответа нужен подъём на ${whole(responseRise)}`,
      en: `happiness rose from ${whole(before)} to ${whole(peak)}, an answer takes a rise of ${whole(responseRise)}`,
    };
  return {
    ru: `счастье доходило до ${whole(peak)}, но не поднялось после улыбки продавца над удивлением и недовольством`,
    en: `happiness reached ${whole(peak)}, but did not rise above surprise and dissatisfaction after the seller's smile`,
  };
};
