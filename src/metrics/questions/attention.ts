import type { VisitorDay, VisitorPlace } from '../../contracts/figures/visitor-sums.js';
import { grouped } from '../../runtime/grouped.js';
import { valuesAt } from '../faces/visitors/sorted-visits.js';
import { LENGTH_RESOLUTION_MS } from '../statistics/lengths.js';
import { medianOfSorted } from '../statistics/median-figure.js';
import { shareFigure } from '../statistics/ratio.js';
import { ones, visitorTotals } from '../faces/visitors/visitor-totals.js';
import {
  exact,
  foundFrom,
  type AttentionFinding,
  type FoundFigure,
  type FoundRow,
  type QuestionsInput,
} from './findings.js';

interface Place {
  readonly key: string;
  readonly days: readonly VisitorDay[];
  readonly visitors: number;
  readonly viewers: number;
  readonly attentionMs: number;
}

const keyOf = ({ streamId, zoneId }: Pick<VisitorPlace, 'streamId' | 'zoneId'>): string =>
  zoneId === null ? streamId : `${streamId}/${zoneId}`;

/** 2. What do customers pay more attention to? Displays ranked by attention time; without displays, every customer view. */
export const attention = (input: QuestionsInput): AttentionFinding => {
  const places = placesOf(input);
  const [first] = places.filter(({ visitors }) => visitors >= input.kAnonymity);
  return {
    id: 'attention',
    told:
      first === undefined
        ? 'no-data'
        : {
            place: first.key,
            attentionMs: first.attentionMs,
            viewers: first.viewers,
            visitors: first.visitors,
            lookMs: lookOf(first, input).figure.value,
          },
    verdict: null,
    figures: [],
    rows: places.length === 0 ? null : places.map((place) => rowOf(place, input)),
  };
};

const placesOf = ({ visitors }: QuestionsInput): Place[] => {
  const customers = visitors.filter(({ role }) => role !== 'seller');
  const displays = customers.filter(({ role }) => role === 'display');
  const groups = grouped(displays.length > 0 ? displays : customers, keyOf);
  return [...groups]
    .map(([key, own]) => ({
      key,
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
const lookOf = ({ key, days, viewers }: Place, { kAnonymity: k, looks }: QuestionsInput): FoundFigure => {
  const roles = new Set(days.map(({ role }) => role));
  const own = valuesAt(looks, (place) => roles.has(place.role) && keyOf(place) === key);
  const look = medianOfSorted(own.values, own.days, { resolution: LENGTH_RESOLUTION_MS });
  return foundFrom(k, 'median-look', look, viewers);
};

const rowOf = (place: Place, input: QuestionsInput): FoundRow => {
  const { kAnonymity: k } = input;
  const { visitors, viewers, attentionMs } = place;
  const looked = visitorTotals(place.days, ({ lookers }) => ones(lookers));
  const share = shareFigure(looked.moments, looked.days);
  return {
    key: place.key,
    figures: [
      foundFrom(k, 'attention-time', exact(attentionMs), visitors),
      foundFrom(k, 'viewers', exact(viewers), viewers),
      foundFrom(k, 'looked-share', share, visitors),
      lookOf(place, input),
    ],
  };
};
