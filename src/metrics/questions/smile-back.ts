import type { Bilingual } from '../../contracts/bilingual.js';
import type { PointSummary } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import type { QuestionAnswer, QuestionFigure } from '../../contracts/questions.js';
import { summarizePoint, summarizePoints } from '../contact/point-summary.js';
import { shareFigure } from '../statistics/ratio.js';
import { verdictOf } from '../statistics/difference.js';
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

/** A verdict takes at least so many contacts. */
const MIN_CONTACTS = 10;

/** 5. Do customers smile back at a seller's smile? */
export const smileBack = ({ contacts, sellerAnalytics, kAnonymity }: QuestionsInput): QuestionAnswer => {
  const head = {
    id: 'smile-back' as const,
    question: {
      ru: 'Покупатели улыбаются в ответ на улыбку продавца?',
      en: "Do customers smile back at a seller's smile?",
    },
    verdict: null,
  };
  if (!sellerAnalytics) return { ...head, answer: NOT_MEASURED, figures: [], table: null };
  const all = summarizePoint('', contacts, OPTIONS);
  if (all.qualified + all.already === 0) return { ...head, answer: NO_DATA, figures: [], table: null };
  const points = summarizePoints(contacts, [], OPTIONS);
  return {
    ...head,
    verdict: verdictOn(all),
    answer: sentence(all),
    figures: figuresOf(all, 0),
    table: {
      title: { ru: 'По точкам контакта', en: 'By contact point' },
      rows: points.map((point) => ({
        key: point.pointId,
        label: both(() => point.pointId),
        figures: figuresOf(point, kAnonymity),
      })),
    },
  };
};

const OPTIONS = { k: 1, happyIndex: 'answer' } as const;

/** On the net response: a lively customer of a long contact smiles in some window anyway. */
const verdictOn = ({ netResponse }: PointSummary): QuestionAnswer['verdict'] => {
  const judged = netResponse.basis < MIN_CONTACTS ? 'unproven' : verdictOf(netResponse);
  if (judged === 'higher') return 'yes';
  return judged === 'lower' ? 'no' : 'unproven';
};

const figuresOf = (point: PointSummary, k: number): QuestionFigure[] => {
  const { qualified, happy, already, netResponse } = point;
  const { value, low, high, basis } = netResponse;
  const index = { value: point.value, low: point.low, high: point.high };
  const judged = qualified + already;
  return [
    shownFrom(k, 'net-response', LABELS.net, 'share', { value, low, high }, basis),
    shownFrom(k, 'happy-share', LABELS.answered, 'share', countShare(happy, qualified), qualified),
    shownFrom(k, 'chance-share', LABELS.byChance, 'share', exact(netResponse.byChance), basis),
    shownFrom(k, 'happy-index', LABELS.index, 'index', index, qualified),
    shownFrom(k, 'already-share', LABELS.already, 'share', countShare(already, judged), judged),
    shownFrom(k, 'median-latency', LABELS.latency, 'ms', exact(point.medianLatencyMs), qualified),
    shownFrom(k, 'median-rise', LABELS.rise, 'points', exact(point.medianRise), qualified),
    shownFrom(k, 'contagion-share', LABELS.contagion, 'share', point.contagionShare, qualified),
  ];
};

/** A share of contacts with its interval. */
const countShare = (part: number, whole: number): Figure =>
  shareFigure({ y: part, x: whole, yy: part, xy: part, xx: whole, m: whole });

const YES_NO: Readonly<Record<'yes' | 'no' | 'unproven' | 'too-few', Bilingual>> = {
  yes: { ru: 'Да', en: 'Yes' },
  no: { ru: 'Нет, даже реже случайного', en: 'No, less than by chance' },
  unproven: { ru: 'Не доказано', en: 'Not proven' },
  'too-few': { ru: 'Мало контактов для вывода', en: 'Too few contacts for a verdict' },
};

const sentence = (all: PointSummary): Bilingual => {
  const { happy, qualified, already, netResponse, value, low, high } = all;
  const index = figureText({ value, low, high }, 'index');
  const head = YES_NO[verdictOn(all) ?? 'unproven'];
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
