import type { Bilingual } from '../../contracts/bilingual.js';
import type { Figure } from '../../contracts/figure.js';
import type { Judgement } from '../../contracts/figures/figure-schema.js';
import type { Language } from '../../contracts/language.js';
import type {
  AgeTold,
  AttentionTold,
  ExitTold,
  SellersSmileTold,
  SmileBackTold,
} from '../../metrics/questions/findings.js';
import { both, durationText, figureText, plural, valueText } from '../../report/figure-text.js';

const VERDICTS = {
  higher: { ru: 'Выше', en: 'Higher' },
  lower: { ru: 'Ниже', en: 'Lower' },
  unproven: { ru: 'Различие не доказано', en: 'No difference is proven' },
} as const satisfies Partial<Record<Judgement['code'], Bilingual>>;

const FEW = {
  visitors: { ru: 'Мало посетителей для вывода', en: 'Too few visitors for a verdict' },
  contacts: { ru: 'Мало контактов для вывода', en: 'Too few contacts for a verdict' },
  shifts: { ru: 'Мало смен для вывода', en: 'Too few shifts for a verdict' },
  days: { ru: 'Мало дней для вывода', en: 'Too few days for a verdict' },
} as const;

/** The verdict as the beginning of a sentence: «Выше», «Мало посетителей для вывода (7 из 10)». */
const verdictText = ({ code, short }: Judgement): Bilingual => {
  if (short === null) return code === 'too-few' ? VERDICTS.unproven : VERDICTS[code];
  const { unit, has, needs } = short;
  return both((lang) => `${FEW[unit][lang]} (${has} ${lang === 'ru' ? 'из' : 'of'} ${needs})`);
};

/** 1. Do our sellers smile at customers? */
export const sellersSmileSentence = ({ contacts, smiled, share, smileIndex }: SellersSmileTold): Bilingual => {
  const ru = `Продавец улыбнулся в ${smiled} из ${contacts} ${plural(contacts, 'контакта', 'контактов', 'контактов')}`;
  const en = `The seller smiled in ${smiled} of ${contacts} ${contacts === 1 ? 'contact' : 'contacts'}`;
  const shares = figureText(share, 'share');
  return {
    ru: `${ru}: ${shares.ru}${during(smileIndex, '; Smile-Index продавцов во время контактов', 'ru')}.`,
    en: `${en}: ${shares.en}${during(smileIndex, "; the sellers' Smile-Index during contacts is", 'en')}.`,
  };
};

/** Curves may have expired before the contacts they belong to: then the sentence ends without this figure. */
const during = (index: Figure, words: string, lang: Language): string =>
  index.value === null ? '' : `${words} ${figureText(index, 'rate')[lang]}`;

/** 2. What do customers pay more attention to? `name` is that of the place. */
export const attentionSentence = (
  { attentionMs, viewers, visitors, lookMs }: AttentionTold,
  name: string,
): Bilingual => {
  const time = durationText(attentionMs);
  const look = valueText(lookMs, 'ms');
  const [ruLook, enLook] =
    lookMs === null ? ['', ''] : [`, медиана взгляда ${look.ru}`, `, the median look is ${look.en}`];
  return {
    ru: `Больше всего смотрят на «${name}»: ${time.ru} внимания, посмотрели ${viewers} из ${visitors} посетителей${ruLook}.`,
    en: `Most attention goes to “${name}”: ${time.en} in total, ${viewers} of ${visitors} visitors looked${enLook}.`,
  };
};

/** 3. What is the average age of women and men? */
export const ageSentence = ({ women, men }: AgeTold): Bilingual => {
  const female = women === null ? null : figureText(women, 'years');
  const male = men === null ? null : figureText(men, 'years');
  if (female !== null && male !== null) {
    return {
      ru: `Средний возраст женщин ${female.ru}, мужчин ${male.ru} лет по видимой внешности.`,
      en: `By appearance, women are ${female.en} and men ${male.en} years old on average.`,
    };
  }
  if (female !== null) {
    return {
      ru: `Средний возраст женщин ${female.ru} лет по видимой внешности; мужчин слишком мало.`,
      en: `By appearance, women are ${female.en} years old on average; there are too few men.`,
    };
  }
  const only = male ?? valueText(null, 'years');
  return {
    ru: `Средний возраст мужчин ${only.ru} лет по видимой внешности; женщин слишком мало.`,
    en: `By appearance, men are ${only.en} years old on average; there are too few women.`,
  };
};

/** 4. Is the emotional background at the exit higher than at the entrance? */
export const exitSentence = ({ judgement, exit, entrance, difference }: ExitTold): Bilingual => {
  const [out, into] = [valueText(exit, 'share'), valueText(entrance, 'share')];
  const gap = figureText(difference, 'share');
  const verdict = verdictText(judgement);
  return {
    ru: `${verdict.ru}: на выходе улыбнулись ${out.ru} посетителей, на входе ${into.ru}, разница ${gap.ru}.`,
    en: `${verdict.en}: ${out.en} of the visitors smiled at the exit and ${into.en} at the entrance, a difference of ${gap.en}.`,
  };
};

const YES_NO: Readonly<Record<'higher' | 'lower' | 'unproven', Bilingual>> = {
  higher: { ru: 'Да', en: 'Yes' },
  lower: { ru: 'Нет, даже реже случайного', en: 'No, less than by chance' },
  unproven: { ru: 'Не доказано', en: 'Not proven' },
};

/** 5. Do customers smile back? On the net response: a lively customer of a long contact smiles in some window anyway. */
export const smileBackSentence = ({ judgement, all }: SmileBackTold): Bilingual => {
  const { happy, qualified, already, netResponse, value, low, high } = all;
  const index = figureText({ value, low, high }, 'index');
  const head = judgement.code === 'too-few' ? verdictText(judgement) : YES_NO[judgement.code];
  const people = plural(qualified, 'покупателя', 'покупателей', 'покупателей');
  const net = netText(netResponse);
  return {
    ru: `${head.ru}: на улыбку продавца ответили улыбкой ${happy} из ${qualified} ${people}${net.ru}. Уже улыбались ${already}, не ответили ${qualified - happy}; Happy-Index ${index.ru}.`,
    en: `${head.en}: ${happy} of ${qualified} ${qualified === 1 ? 'customer' : 'customers'} answered the seller's smile with a smile${net.en}. ${already} smiled already, ${qualified - happy} did not answer; the Happy-Index is ${index.en}.`,
  };
};

const netText = (net: SmileBackTold['all']['netResponse']): Bilingual => {
  if (net.value === null || net.byChance === null) {
    return { ru: ', с чем сравнить, контакты слишком коротки', en: ', the contacts are too short for a comparison' };
  }
  const chance = valueText(net.byChance, 'share');
  const beyond = figureText(net, 'share');
  return {
    ru: `; в другие минуты тех же контактов «ответили» бы ${chance.ru}, сверх случайного ${beyond.ru}`,
    en: `; at other moments of the same contacts ${chance.en} would have, beyond chance ${beyond.en}`,
  };
};
