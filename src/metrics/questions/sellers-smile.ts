import type { CountedContact } from '../../contracts/contact.js';
import type { Judgement } from '../../contracts/judgement.js';
import type { Figure } from '../../contracts/figure.js';
import type { QuestionAnswer, QuestionRow } from '../../contracts/questions.js';
import { sellerSmileIndex, smiledShare, smiledSums, withSeller } from '../contact/seller-smiles.js';
import { shiftAndDay, type UnitsOf } from '../contact/units.js';
import { grouped } from '../../runtime/grouped.js';
import { differenceFrom } from '../statistics/difference.js';
import { FEWEST_PERIODS } from '../statistics/estimate.js';
import { judge } from '../statistics/judge.js';
import { NO_DATA, NOT_MEASURED, shown, shownFrom, exact, type QuestionsInput } from './input.js';
import { answerCode } from './judged.js';
import { both, figureText, plural } from './words.js';

const LABELS = {
  share: { ru: 'Доля контактов с улыбкой продавца', en: "Share of contacts with a seller's smile" },
  index: { ru: 'Smile-Index продавцов во время контактов', en: "Sellers' Smile-Index during contacts" },
  alone: { ru: 'Контакты без продавца в кадре', en: 'Contacts with no seller in view' },
};

/** 1. Do our sellers smile at customers? */
export const sellersSmile = (input: QuestionsInput): QuestionAnswer => {
  const { contacts, threshold, sellerAnalytics, kAnonymity, contactHours = 1 } = input;
  const head = {
    id: 'sellers-smile' as const,
    question: { ru: 'Наши продавцы улыбаются покупателям?', en: 'Do our sellers smile at customers?' },
    verdict: null,
  };
  if (!sellerAnalytics) return { ...head, answer: NOT_MEASURED, figures: [], table: null };
  const served = withSeller(contacts);
  if (served.length === 0) return { ...head, answer: NO_DATA, figures: [], table: null };
  const unitsOf = shiftAndDay(input.localTime);
  const share = smiledShare(served, unitsOf);
  const index = sellerSmileIndex(served, threshold, unitsOf);
  const judgement = againstHalf(served, unitsOf);
  return {
    ...head,
    verdict: answerCode(judgement),
    judgement,
    answer: sentence(served, share, index),
    figures: [
      shown('smiled-share', LABELS.share, 'share', share, served.length),
      shown('seller-smile-index', LABELS.index, 'rate', index, served.length),
      shown('without-seller', LABELS.alone, 'count', exact(contacts.length - served.length), contacts.length),
    ],
    table: {
      title: contactHours === 1 ? { ru: 'По часам', en: 'By hour' } : { ru: 'По сменам', en: 'By shift' },
      rows: byHour(served, input).map(([hour, own]): QuestionRow => ({
        key: String(hour),
        label: both(() => `${pad(hour)}:00–${pad((hour + contactHours) % 24)}:00`),
        figures: [
          shownFrom(kAnonymity, 'smiled-share', LABELS.share, 'share', smiledShare(own, unitsOf), own.length),
          shownFrom(
            kAnonymity,
            'seller-smile-index',
            LABELS.index,
            'rate',
            sellerSmileIndex(own, threshold, unitsOf),
            own.length,
          ),
        ],
      })),
    },
  };
};

/** Curves may have expired before the contacts they belong to: then the sentence ends without this figure. */
const during = (index: Figure, words: string, lang: 'ru' | 'en'): string =>
  index.value === null ? '' : `${words} ${figureText(index, 'rate')[lang]}`;

const pad = (hour: number): string => String(hour).padStart(2, '0');

const byHour = (
  contacts: readonly CountedContact[],
  { localTime, contactHours = 1 }: QuestionsInput,
): [number, readonly CountedContact[]][] => {
  const hours = grouped(contacts, ({ startTs }) => Math.floor(localTime.hour(startTs) / contactHours) * contactHours);
  return [...hours].sort(([a], [b]) => a - b);
};

/** More, or fewer, than half of the contacts: of few shifts it is their sellers that are seen, not ours. */
const againstHalf = (served: readonly CountedContact[], unitsOf: UnitsOf<CountedContact>): Judgement => {
  const sums = smiledSums(served, unitsOf);
  const { figure, p } = differenceFrom(0.5, sums);
  const has = sums.periods[0]?.m ?? 0;
  return judge({
    test: 'student',
    n: served.length,
    against: null,
    unit: 'contacts',
    p,
    direction: figure.value ?? 0,
    short: has < FEWEST_PERIODS ? { unit: 'shifts', has, needs: FEWEST_PERIODS } : null,
  });
};

const sentence = (
  served: readonly CountedContact[],
  share: ReturnType<typeof smiledShare>,
  index: ReturnType<typeof sellerSmileIndex>,
) => {
  const all = served.length;
  const smiled = served.filter(({ sellerSmiles }) => sellerSmiles > 0).length;
  const ru = `Продавец улыбнулся в ${smiled} из ${all} ${plural(all, 'контакта', 'контактов', 'контактов')}`;
  const en = `The seller smiled in ${smiled} of ${all} ${all === 1 ? 'contact' : 'contacts'}`;
  return {
    ru: `${ru}: ${figureText(share, 'share').ru}${during(index, '; Smile-Index продавцов во время контактов', 'ru')}.`,
    en: `${en}: ${figureText(share, 'share').en}${during(index, "; the sellers' Smile-Index during contacts is", 'en')}.`,
  };
};
