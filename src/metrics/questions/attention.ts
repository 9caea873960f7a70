import type { Bilingual } from '../../contracts/bilingual.js';
import type { QuestionAnswer, QuestionFigure, QuestionRow } from '../../contracts/questions.js';
import { grouped } from '../grouped.js';
import { dayOf, overDays, shareOf } from '../over-days.js';
import { LENGTH_RESOLUTION_MS } from '../statistics/lengths.js';
import { medianFigure } from '../statistics/median-figure.js';
import type { Visitor } from '../visitor.js';
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
  readonly visitors: readonly Visitor[];
  readonly attentionMs: number;
}

/** 2. What do customers pay more attention to? Displays ranked by attention time; without displays, every customer view. */
export const attention = (input: QuestionsInput): QuestionAnswer => {
  const places = placesOf(input);
  const [first] = places.filter(({ visitors }) => visitors.length >= input.kAnonymity);
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
  const groups = grouped(displays.length > 0 ? displays : customers, ({ streamId, zoneId }) =>
    zoneId === null ? streamId : `${streamId}/${zoneId}`,
  );
  const nameOf = (key: string): string => {
    const [stream = key, zone] = key.split('/');
    const name = streams.find(({ id }) => id === stream)?.name ?? stream;
    return zone === undefined ? name : `${name} / ${zone}`;
  };
  return [...groups]
    .map(([key, own]) => ({
      key,
      name: nameOf(key),
      visitors: own,
      attentionMs: own.reduce((sum, { attentionMs }) => sum + attentionMs, 0),
    }))
    .sort((a, b) => b.attentionMs - a.attentionMs);
};

const viewersOf = ({ visitors }: Place): Visitor[] => visitors.filter(({ glances }) => glances > 0);

/** Median of the longest looks of those who looked; hidden of fewer than k. */
const lookOf = (place: Place, { kAnonymity: k, localTime }: QuestionsInput): QuestionFigure => {
  const viewers = viewersOf(place);
  const look = medianFigure(viewers, ({ longestLookMs }) => longestLookMs, {
    resolution: LENGTH_RESOLUTION_MS,
    periodsOf: dayOf(localTime),
  });
  return shownFrom(k, 'median-look', LABELS.look, 'ms', look, viewers.length);
};

const rowOf = (place: Place, input: QuestionsInput): QuestionRow => {
  const { kAnonymity: k, localTime } = input;
  const { visitors } = place;
  const viewers = viewersOf(place);
  const looked = overDays(localTime)(visitors, ({ glances }) => (glances > 0 ? 1 : 0), shareOf);
  return {
    key: place.key,
    label: both(() => place.name),
    figures: [
      shownFrom(k, 'attention-time', LABELS.time, 'ms', exact(place.attentionMs), visitors.length),
      shownFrom(k, 'viewers', LABELS.viewers, 'count', exact(viewers.length), viewers.length),
      shownFrom(k, 'looked-share', LABELS.share, 'share', looked, visitors.length),
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
  const [viewers, visitors] = [viewersOf(place).length, place.visitors.length];
  return {
    ru: `Больше всего смотрят на «${place.name}»: ${time.ru} внимания, посмотрели ${viewers} из ${visitors} посетителей${ruLook}.`,
    en: `Most attention goes to “${place.name}”: ${time.en} in total, ${viewers} of ${visitors} visitors looked${enLook}.`,
  };
};
