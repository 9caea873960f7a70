import type { CountedContact, PointSummary } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import type { Steps } from '../../runtime/turns.js';
import { judgeNetResponse } from '../contact/judgement/net-response.js';
import { shiftAndDay, type UnitsOf } from '../contact/units.js';
import { grouped } from '../../runtime/grouped.js';
import { pointSummaries, pointSummary } from '../contact/point-summary.js';
import { sumsOfValues } from '../statistics/periods.js';
import { shareFigure } from '../statistics/ratio.js';
import {
  answerCode,
  exact,
  foundFrom,
  type FoundFigure,
  type QuestionsInput,
  type SmileBackFinding,
} from './findings.js';

/** 5. Do customers smile back at a seller's smile? */
export function* smileBack({
  contacts,
  sellerAnalytics,
  kAnonymity,
  localTime,
}: QuestionsInput): Steps<SmileBackFinding> {
  const head = { id: 'smile-back', verdict: null } as const;
  if (!sellerAnalytics) return { ...head, told: 'not-measured', figures: [], rows: null };
  const unitsOf = shiftAndDay(localTime);
  const options = { k: 1, happyIndex: 'answer', unitsOf } as const;
  const all = yield* pointSummary('', contacts, options);
  if (all.qualified + all.already === 0) return { ...head, told: 'no-data', figures: [], rows: null };
  const judgement = judgeNetResponse(contacts, unitsOf);
  yield;
  const points = yield* pointSummaries(contacts, [], options);
  const byPoint = grouped(contacts, ({ pointId }) => pointId);
  return {
    ...head,
    verdict: answerCode(judgement),
    judgement,
    told: { judgement, all },
    figures: figuresOf(all, contacts, { k: 0, kAnonymity, unitsOf }),
    rows: points.map((point) => ({
      key: point.pointId,
      figures: figuresOf(point, byPoint.get(point.pointId) ?? [], { k: kAnonymity, kAnonymity, unitsOf }),
    })),
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
): FoundFigure[] => {
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
    foundFrom(k, 'net-response', { value, low, high }, basis),
    foundFrom(k, 'happy-share', answered, qualified),
    foundFrom(k, 'chance-share', exact(netResponse.byChance), basis),
    foundFrom(k, 'happy-index', index, qualified),
    foundFrom(k, 'already-share', before, judged.length),
    foundFrom(kAnonymity, 'median-latency', point.medianLatencyMs, happy),
    foundFrom(kAnonymity, 'median-rise', point.medianRise, qualified),
    foundFrom(k, 'contagion-share', point.contagionShare, qualified),
  ];
};
