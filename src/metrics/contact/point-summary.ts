import type { CountedContact, HappyIndexReading, PointSummary } from '../../contracts/contact.js';
import { atOnce, type Steps } from '../../runtime/turns.js';
import { grouped } from '../../runtime/grouped.js';
import { LENGTH_RESOLUTION_MS } from '../statistics/lengths.js';
import { medianFigure } from '../statistics/median-figure.js';
import { sumsOfValues } from '../statistics/periods.js';
import { shareFigure } from '../statistics/ratio.js';
import { burstCounts, burstRates, cValue } from './curves/c-value.js';
import { happyIndexOf, peakHappyIndex } from './judgement/happy-index.js';
import { noUnits, type UnitsOf } from './units.js';

/** All of a counted contact but its curves. */
type Outcome = Omit<CountedContact, 'curve'>;

export interface SummaryOptions {
  /** K of the C-Value: what a negative burst weighs. */
  readonly k: number;
  /** `peak` shows the literal reading beside. */
  readonly happyIndex: HappyIndexReading;
  /** Shift and day of a contact, which are units of the intervals; default: the contact alone. */
  readonly unitsOf?: UnitsOf<Outcome>;
}

const SIGNIFICANT = 0.05;
/** Curves are read to a point of the 0–100 scale. */
const RISE_RESOLUTION = 1;

/** Happy-Index, C-Value and contagion of one contact point from its contacts, which may be tens of thousands. */
export function* pointSummary(
  pointId: string,
  contacts: readonly Outcome[],
  { k, happyIndex, unitsOf = noUnits }: SummaryOptions,
): Steps<PointSummary> {
  const index = happyIndexOf(pointId, contacts, unitsOf);
  yield;
  const peak = happyIndex === 'peak' ? peakHappyIndex(contacts, unitsOf) : null;
  yield;
  const { positive, negative } = burstCounts(contacts);
  const value = cValue(contacts, k, unitsOf);
  yield;
  const up = burstRates(contacts, 'positive', unitsOf);
  yield;
  const down = burstRates(contacts, 'negative', unitsOf);
  yield;
  const medianLatencyMs = medianFigure(contacts, ({ latencyMs }) => latencyMs, {
    resolution: LENGTH_RESOLUTION_MS,
    periodsOf: unitsOf,
  });
  yield;
  const medianRise = medianFigure(contacts, ({ riseOverBaseline }) => riseOverBaseline, {
    resolution: RISE_RESOLUTION,
    least: -100,
    periodsOf: unitsOf,
  });
  yield;
  return {
    ...index,
    sellerSmiled: contacts.filter(({ sellerSmiles }) => sellerSmiles > 0).length,
    peak,
    positiveBursts: positive,
    negativeBursts: negative,
    cValue: value,
    positivePerContact: up.perContact,
    negativePerContact: down.perContact,
    positivePerMinute: up.perMinute,
    negativePerMinute: down.perMinute,
    medianLatencyMs,
    medianRise,
    ...contagionOf(contacts, unitsOf),
  };
}

/** The same at once. */
export const summarizePoint = (...asked: Parameters<typeof pointSummary>): PointSummary =>
  atOnce(pointSummary(...asked));

/** Flat faces and contacts too short to test stay in the denominator, and are not significant. */
const contagionOf = (contacts: readonly Outcome[], unitsOf: UnitsOf<Outcome>) => {
  const qualified = contacts.filter((contact) => contact.qualified);
  const isSignificant = ({ lagP }: Outcome): boolean => lagP !== null && lagP < SIGNIFICANT;
  const { moments, periods } = sumsOfValues(qualified, (contact) => Number(isSignificant(contact)), unitsOf);
  return {
    correlationTested: qualified.filter(({ lagP }) => lagP !== null).length,
    correlationSignificant: qualified.filter(isSignificant).length,
    contagionShare: shareFigure(moments, periods),
  };
};

/** One summary per point: the configured ones in their order, then points that only old contacts name. */
export function* pointSummaries(
  contacts: readonly Outcome[],
  pointIds: readonly string[],
  options: SummaryOptions,
): Steps<PointSummary[]> {
  const own = grouped(contacts, ({ pointId }) => pointId);
  const summaries: PointSummary[] = [];
  for (const id of new Set([...pointIds, ...own.keys()]))
    summaries.push(yield* pointSummary(id, own.get(id) ?? [], options));
  return summaries;
}
