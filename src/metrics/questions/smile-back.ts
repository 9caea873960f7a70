import type { Bilingual } from '../../contracts/bilingual.js';
import type { CountedContact, PointSummary } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import type { QuestionAnswer, QuestionFigure } from '../../contracts/questions.js';
import type { Judgement } from '../../contracts/judgement.js';
import type { Steps } from '../../runtime/turns.js';
import { judgeNetResponse } from '../contact/net-response.js';
import { shiftAndDay, type UnitsOf } from '../contact/units.js';
import { grouped } from '../../runtime/grouped.js';
import { pointSummaries, pointSummary } from '../contact/point-summary.js';
import { sumsOfValues } from '../statistics/periods.js';
import { shareFigure } from '../statistics/ratio.js';
import { answerCode, judgedWords } from './judged.js';
import { exact, NO_DATA, NOT_MEASURED, shownFrom, type QuestionsInput } from './input.js';
import { both, figureText, plural, valueText } from './words.js';

const LABELS = {
  net: { ru: 'Прирост ответов сверх случайных', en: 'Answers beyond chance' },
  answered: { ru: 'Ответили улыбкой', en: 'Smiled back' },
  byChance: { ru: '«Ответили» бы случайно', en: 'Would "answer" by chance' },
  index: { ru: 'Happy-Index', en: 'Happy-Index' },
  already: { ru: 'Уже улыбались (не в счёт)', en: 'Smiling already (left out)' },
  latency: { ru: 'Медиана задержки ответивших', en: 'Median latency of those who answered' },
  rise: { ru: 'Медиана подъёма над базой', en: 'Median rise over baseline' },
  contagion: {
    ru: 'Контакты со значимой связью улыбок (случайно было бы 5 %)',
    en: 'Contacts with a significant link of smiles (chance gives 5%)',
  },
};

/** 5. Do customers smile back at a seller's smile? */
export function* smileBack({
  contacts,
  sellerAnalytics,
  kAnonymity,
  localTime,
}: QuestionsInput): Steps<QuestionAnswer> {
  const head = {
    id: 'smile-back' as const,
    question: {
      ru: 'Покупатели улыбаются в ответ на улыбку продавца?',
      en: "Do customers smile back at a seller's smile?",
    },
    verdict: null,
  };
  if (!sellerAnalytics) return { ...head, answer: NOT_MEASURED, figures: [], table: null };
  const unitsOf = shiftAndDay(localTime);
  const options = { k: 1, happyIndex: 'answer', unitsOf } as const;
  const all = yield* pointSummary('', contacts, options);
  if (all.qualified + all.already === 0) return { ...head, answer: NO_DATA, figures: [], table: null };
  const judgement = judgeNetResponse(contacts, unitsOf);
  yield;
  const points = yield* pointSummaries(contacts, [], options);
  const byPoint = grouped(contacts, ({ pointId }) => pointId);
  return {
    ...head,
    verdict: answerCode(judgement),
    judgement,
    answer: sentence(all, judgement),
    figures: figuresOf(all, contacts, { k: 0, kAnonymity, unitsOf }),
    table: {
      title: { ru: 'По точкам контакта', en: 'By contact point' },
      rows: points.map((point) => ({
        key: point.pointId,
        label: both(() => point.pointId),
        figures: figuresOf(point, byPoint.get(point.pointId) ?? [], { k: kAnonymity, kAnonymity, unitsOf }),
      })),
    },
  };
}

interface FigureOptions {
  /** Fewest contacts of a figure of the row, and of one that rests on some of them. */
  readonly k: number;
  readonly kAnonymity: number;
  readonly unitsOf: UnitsOf;
}

/** The share of some contacts that belong to it, by contact, shift and day. */
const shareOf = (
  contacts: readonly CountedContact[],
  belongs: (contact: CountedContact) => boolean,
  unitsOf: UnitsOf,
): Figure => {
  const { moments, periods } = sumsOfValues(contacts, (contact) => (belongs(contact) ? 1 : 0), unitsOf);
  return shareFigure(moments, periods);
};

const figuresOf = (
  point: PointSummary,
  contacts: readonly CountedContact[],
  { k, kAnonymity, unitsOf }: FigureOptions,
): QuestionFigure[] => {
  const { qualified, happy, netResponse } = point;
  const { value, low, high, basis } = netResponse;
  const index = { value: point.value, low: point.low, high: point.high };
  const judged = contacts.filter(({ verdict }) => verdict !== null);
  const answered = shareOf(
    judged.filter(({ verdict }) => verdict !== 'already'),
    ({ verdict }) => verdict === 'happy',
    unitsOf,
  );
  const before = shareOf(judged, ({ verdict }) => verdict === 'already', unitsOf);
  return [
    shownFrom(k, 'net-response', LABELS.net, 'share', { value, low, high }, basis),
    shownFrom(k, 'happy-share', LABELS.answered, 'share', answered, qualified),
    shownFrom(k, 'chance-share', LABELS.byChance, 'share', exact(netResponse.byChance), basis),
    shownFrom(k, 'happy-index', LABELS.index, 'index', index, qualified),
    shownFrom(k, 'already-share', LABELS.already, 'share', before, judged.length),
    shownFrom(kAnonymity, 'median-latency', LABELS.latency, 'ms', point.medianLatencyMs, happy),
    shownFrom(kAnonymity, 'median-rise', LABELS.rise, 'points', point.medianRise, qualified),
    shownFrom(k, 'contagion-share', LABELS.contagion, 'share', point.contagionShare, qualified),
  ];
};

const YES_NO: Readonly<Record<'higher' | 'lower' | 'unproven', Bilingual>> = {
  higher: { ru: 'Да', en: 'Yes' },
  lower: { ru: 'Нет, даже реже случайного', en: 'No, less than by chance' },
  unproven: { ru: 'Не доказано', en: 'Not proven' },
};

/** On the net response: a lively customer of a long contact smiles in some window anyway. */
const sentence = (all: PointSummary, judgement: Judgement): Bilingual => {
  const { happy, qualified, already, netResponse, value, low, high } = all;
  const index = figureText({ value, low, high }, 'index');
  const head = judgement.code === 'too-few' ? judgedWords(judgement) : YES_NO[judgement.code];
  const people = plural(qualified, 'покупателя', 'покупателей', 'покупателей');
  const net = netText(netResponse);
  return {
    ru: `${head.ru}: на улыбку продавца ответили улыбкой ${happy} из ${qualified} ${people}${net.ru}. Уже улыбались ${already}, не ответили ${qualified - happy}; Happy-Index ${index.ru}.`,
    en: `${head.en}: ${happy} of ${qualified} ${qualified === 1 ? 'customer' : 'customers'} answered the seller's smile with a smile${net.en}. ${already} smiled already, ${qualified - happy} did not answer; the Happy-Index is ${index.en}.`,
  };
};

const netText = (net: PointSummary['netResponse']): Bilingual => {
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
