import type { Bilingual } from '../../contracts/bilingual.js';
import type { PointSummary } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import type { QuestionAnswer, QuestionFigure } from '../../contracts/questions.js';
import { summarizePoint, summarizePoints } from '../contact/point-summary.js';
import { NOTHING, wilson } from '../statistics/ratio.js';
import { verdictOf } from '../statistics/difference.js';
import { exact, NO_DATA, NOT_MEASURED, shown, shownFrom, type QuestionsInput } from './input.js';
import { both, figureText, plural, valueText } from './words.js';

const LABELS = {
  index: { ru: 'Happy-Index', en: 'Happy-Index' },
  happy: { ru: 'Улыбнулись в ответ', en: 'Smiled back' },
  latency: { ru: 'Медиана задержки ответа', en: 'Median response latency' },
  rise: { ru: 'Медиана подъёма над базой', en: 'Median rise over baseline' },
  contagion: { ru: 'Контакты с доказанной связью улыбок', en: 'Contacts with a proven link of smiles' },
};

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
  const all = summarizePoint('', contacts, 1);
  if (all.qualified === 0) return { ...head, answer: NO_DATA, figures: [], table: null };
  const points = summarizePoints(contacts, [], 1);
  const judged = verdictOf(all);
  return {
    ...head,
    verdict: judged === 'higher' ? 'yes' : judged === 'lower' ? 'no' : judged,
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

const shareOf = (part: number, whole: number): Figure =>
  whole === 0 ? NOTHING : { value: part / whole, ...wilson(part / whole, whole, 1.959964) };

const figuresOf = (point: PointSummary, k: number): QuestionFigure[] => {
  const { value, low, high, qualified, happy, correlationTested, correlationSignificant } = point;
  return [
    shownFrom(k, 'happy-index', LABELS.index, 'index', { value, low, high }, qualified),
    shownFrom(k, 'happy-share', LABELS.happy, 'share', shareOf(happy, qualified), qualified),
    shownFrom(k, 'median-latency', LABELS.latency, 'ms', exact(point.medianLatencyMs), qualified),
    shownFrom(k, 'median-rise', LABELS.rise, 'points', exact(point.medianRise), qualified),
    correlationTested < k
      ? shown('contagion-share', LABELS.contagion, 'share', NOTHING, null)
      : shown(
          'contagion-share',
          LABELS.contagion,
          'share',
          shareOf(correlationSignificant, correlationTested),
          correlationTested,
        ),
  ];
};

const DELAY: Bilingual = { ru: ', обычная задержка', en: ', the usual delay' };

const sentence = (all: PointSummary): Bilingual => {
  const { happy, qualified, value, low, high, medianLatencyMs } = all;
  const index = figureText({ value, low, high }, 'index');
  const latency =
    medianLatencyMs === null
      ? both(() => '')
      : both((lang) => `${DELAY[lang]} ${valueText(medianLatencyMs, 'ms')[lang]}`);
  const people = plural(qualified, 'покупателя', 'покупателей', 'покупателей');
  return {
    ru: `Улыбнулись в ответ ${happy} из ${qualified} ${people}, Happy-Index ${index.ru}${latency.ru}.`,
    en: `${happy} of ${qualified} ${qualified === 1 ? 'customer' : 'customers'} smiled back, the Happy-Index is ${index.en}${latency.en}.`,
  };
};
