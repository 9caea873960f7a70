import type { Bilingual } from '../../contracts/bilingual.js';
import type { QuestionAnswer, QuestionFigure, QuestionRow } from '../../contracts/questions.js';
import type { VisitorDay, VisitorPlace } from '../../contracts/visitor-sums.js';
import { grouped } from '../../runtime/grouped.js';
import { valuesAt } from '../sorted-visits.js';
import { LENGTH_RESOLUTION_MS } from '../statistics/lengths.js';
import { medianOfSorted } from '../statistics/median-figure.js';
import { shareFigure } from '../statistics/ratio.js';
import { ones, visitorTotals } from '../visitor-totals.js';
import { exact, NO_DATA, shownFrom, type QuestionsInput } from './input.js';
import { both, durationText, valueText } from './words.js';

const LABELS = {
  time: { ru: 'Время внимания, всего', en: 'Attention time, total' },
  viewers: { ru: 'Посмотрели, человек', en: 'Viewers' },
  share: { ru: 'Доля посмотревших', en: 'Share who looked' },
  look: { ru: 'Медиана самого долгого взгляда', en: 'Median of the longest look' },
};

interface Place {
  readonly key: string;
  readonly name: string;
  readonly days: readonly VisitorDay[];
  readonly visitors: number;
  readonly viewers: number;
  readonly attentionMs: number;
}

const keyOf = ({ streamId, zoneId }: Pick<VisitorPlace, 'streamId' | 'zoneId'>): string =>
  zoneId === null ? streamId : `${streamId}/${zoneId}`;

/** 2. What do customers pay more attention to? Displays ranked by attention time; without displays, every customer view. */
export const attention = (input: QuestionsInput): QuestionAnswer => {
  const places = placesOf(input);
  const [first] = places.filter(({ visitors }) => visitors >= input.kAnonymity);
  return {
    id: 'attention',
    question: { ru: 'На что покупатели обращают больше внимания?', en: 'What do customers pay more attention to?' },
    verdict: null,
    answer: first === undefined ? NO_DATA : sentence(first, input),
    figures: [],
    table:
      places.length === 0
        ? null
        : {
            title: { ru: 'По времени внимания', en: 'By attention time' },
            rows: places.map((place) => rowOf(place, input)),
          },
  };
};

const placesOf = ({ visitors, streams }: QuestionsInput): Place[] => {
  const customers = visitors.filter(({ role }) => role !== 'seller');
  const displays = customers.filter(({ role }) => role === 'display');
  const groups = grouped(displays.length > 0 ? displays : customers, keyOf);
  const nameOf = (key: string): string => {
    const [stream = key, zone] = key.split('/');
    const name = streams.find(({ id }) => id === stream)?.name ?? stream;
    return zone === undefined ? name : `${name} / ${zone}`;
  };
  return [...groups]
    .map(([key, own]) => ({
      key,
      name: nameOf(key),
      days: own,
      visitors: sumOf(own, ({ visitors: count }) => count),
      viewers: sumOf(own, ({ lookers }) => lookers),
      attentionMs: sumOf(own, ({ attentionMs }) => attentionMs.sum),
    }))
    .sort((a, b) => b.attentionMs - a.attentionMs);
};

const sumOf = (days: readonly VisitorDay[], valueOf: (day: VisitorDay) => number): number =>
  days.reduce((sum, day) => sum + valueOf(day), 0);

/** Median of the longest looks of those who looked; hidden of fewer than k. */
const lookOf = ({ key, days, viewers }: Place, { kAnonymity: k, looks }: QuestionsInput): QuestionFigure => {
  const roles = new Set(days.map(({ role }) => role));
  const own = valuesAt(looks, (place) => roles.has(place.role) && keyOf(place) === key);
  const look = medianOfSorted(own.values, own.days, { resolution: LENGTH_RESOLUTION_MS });
  return shownFrom(k, 'median-look', LABELS.look, 'ms', look, viewers);
};

const rowOf = (place: Place, input: QuestionsInput): QuestionRow => {
  const { kAnonymity: k } = input;
  const { visitors, viewers, attentionMs } = place;
  const looked = visitorTotals(place.days, ({ lookers }) => ones(lookers));
  const share = shareFigure(looked.moments, looked.days);
  return {
    key: place.key,
    label: both(() => place.name),
    figures: [
      shownFrom(k, 'attention-time', LABELS.time, 'ms', exact(attentionMs), visitors),
      shownFrom(k, 'viewers', LABELS.viewers, 'count', exact(viewers), viewers),
      shownFrom(k, 'looked-share', LABELS.share, 'share', share, visitors),
      lookOf(place, input),
    ],
  };
};

const sentence = (place: Place, input: QuestionsInput): Bilingual => {
  const time = durationText(place.attentionMs);
  const { value } = lookOf(place, input).figure;
  const look = valueText(value, 'ms');
  const [ruLook, enLook] =
    value === null ? ['', ''] : [`, медиана взгляда ${look.ru}`, `, the median look is ${look.en}`];
  const { viewers, visitors } = place;
  return {
    ru: `Больше всего смотрят на «${place.name}»: ${time.ru} внимания, посмотрели ${viewers} из ${visitors} посетителей${ruLook}.`,
    en: `Most attention goes to “${place.name}”: ${time.en} in total, ${viewers} of ${visitors} visitors looked${enLook}.`,
  };
};
