import type { Bilingual } from '../../contracts/bilingual.js';
import type { Contact, SmileResponse } from '../../contracts/contact.js';
import type { ContactOptions } from './options.js';

const whole = (value: number | null): string => (value === null ? '–' : String(Math.round(value)));
const seconds = (ms: number | null): string => (ms === null ? '–' : (ms / 1000).toFixed(1));
const comma = (text: string): string => text.replace('.', ',');

/** The verdict's reason, or why there is none, in one clause per language. */
export const reasonOf = (
  contact: Pick<Contact, 'sellerPresent' | 'smiles'>,
  deciding: SmileResponse | null,
  options: ContactOptions,
): Bilingual => {
  if (!contact.sellerPresent) return { ru: 'продавца не было в кадре', en: 'no seller in view' };
  if (contact.smiles.length === 0) return { ru: 'продавец не улыбнулся', en: 'the seller did not smile' };
  if (deciding === null) return notMeasured(contact.smiles, options);
  if (deciding.verdict === 'happy') return happyReason(deciding);
  return deciding.verdict === 'unhappy' ? unhappyReason(deciding, options) : indifferentReason(deciding, options);
};

const notMeasured = (smiles: readonly SmileResponse[], { minMeasuredShare }: ContactOptions): Bilingual => {
  const best = whole(100 * Math.max(...smiles.map((smile) => smile.measuredShare)));
  const needed = whole(100 * minMeasuredShare);
  return {
    ru: `лицо покупателя измерено лишь в ${best} % кадров после улыбки продавца, нужно ${needed} %`,
    en: `the customer's face was measured in only ${best}% of the frames after the seller's smile, ${needed}% are needed`,
  };
};

const happyReason = ({ peak, peakDelayMs }: SmileResponse): Bilingual => ({
  ru: `пик ${whole(peak)} через ${comma(seconds(peakDelayMs))} с после улыбки продавца, зелёная выше синей и красной`,
  en: `peak ${whole(peak)} at ${seconds(peakDelayMs)} s after the seller's smile, green above blue and red`,
});

const unhappyReason = (smile: SmileResponse, { responseWindowMs }: ContactOptions): Bilingual => {
  const red = (smile.redMean ?? 0) >= (smile.blueMean ?? 0);
  const other = whole(red ? smile.redMean : smile.blueMean);
  const green = whole(smile.greenMean);
  const window = seconds(responseWindowMs).replace('.0', '');
  return {
    ru: `зелёная в среднем ${green}, ниже ${red ? 'красной' : 'синей'} (${other}) за ${comma(window)} с после улыбки продавца`,
    en: `green averages ${green}, below ${red ? 'red' : 'blue'} (${other}) over the ${window} s after the seller's smile`,
  };
};

const indifferentReason = ({ peak }: SmileResponse, { customerPeak, unhappyMargin }: ContactOptions): Bilingual => {
  if ((peak ?? 0) >= customerPeak)
    return {
      ru: `пик ${whole(peak)}, но зелёная не поднялась над синей и красной`,
      en: `peak ${whole(peak)}, but green did not rise above blue and red`,
    };
  return {
    ru: `пик ${whole(peak)} не достиг ${whole(customerPeak)}, и зелёная не ниже синей и красной на ${whole(unhappyMargin)}`,
    en: `peak ${whole(peak)} stayed under ${whole(customerPeak)}, and green is not ${whole(unhappyMargin)} below blue or red`,
  };
};
