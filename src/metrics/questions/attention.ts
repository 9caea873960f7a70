import type { QuestionAnswer, QuestionRow } from '../../contracts/questions.js';
import { overDays, shareOf } from '../over-days.js';
import { LENGTH_RESOLUTION_MS } from '../statistics/lengths.js';
import { medianFigure } from '../statistics/median-figure.js';
import { median } from '../statistics/quantile.js';
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
    answer: first === undefined ? NO_DATA : sentence(first),
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
  const groups = new Map<string, Visitor[]>();
  for (const visitor of displays.length > 0 ? displays : customers) {
    const key = visitor.zoneId === null ? visitor.streamId : `${visitor.streamId}/${visitor.zoneId}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [visitor]);
    else group.push(visitor);
  }
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
const looksOf = (place: Place): number[] => viewersOf(place).map(({ longestLookMs }) => longestLookMs);

const rowOf = (place: Place, { kAnonymity: k, localTime }: QuestionsInput): QuestionRow => {
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
      shownFrom(
        k,
        'median-look',
        LABELS.look,
        'ms',
        medianFigure(looksOf(place), LENGTH_RESOLUTION_MS),
        viewers.length,
      ),
    ],
  };
};

const sentence = (place: Place) => {
  const time = durationText(place.attentionMs);
  const look = valueText(median(looksOf(place)), 'ms');
  const [viewers, visitors] = [viewersOf(place).length, place.visitors.length];
  return {
    ru: `Больше всего смотрят на «${place.name}»: ${time.ru} внимания, посмотрели ${viewers} из ${visitors} посетителей, медиана взгляда ${look.ru}.`,
    en: `Most attention goes to “${place.name}”: ${time.en} in total, ${viewers} of ${visitors} visitors looked, the median look is ${look.en}.`,
  };
};
