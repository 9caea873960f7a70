import type { Contact, PointSummary } from '../../contracts/contact.js';
import { median } from '../statistics/quantile.js';
import { burstCounts, cValue } from './c-value.js';
import { happyIndex, verdictCounts } from './happy-index.js';

/** All of a contact but its curves. */
type Outcome = Omit<Contact, 'curve'>;

const SIGNIFICANT = 0.05;

/** Happy-Index, C-Value and contagion of one contact point from its contacts; `k` weighs negative bursts. */
export const summarizePoint = (pointId: string, contacts: readonly Outcome[], k: number): PointSummary => {
  const counts = verdictCounts(contacts);
  const { positive, negative } = burstCounts(contacts);
  const tested = contacts.map(({ crossLag }) => crossLag?.pValue ?? null).filter((p) => p !== null);
  return {
    pointId,
    ...counts,
    ...happyIndex(counts),
    sellerSmiled: contacts.filter(({ smiles }) => smiles.length > 0).length,
    positiveBursts: positive,
    negativeBursts: negative,
    cValue: cValue(contacts, k),
    medianLatencyMs: median(contacts.map(({ latencyMs }) => latencyMs).filter((ms) => ms !== null)),
    medianRise: median(contacts.map(({ riseOverBaseline }) => riseOverBaseline).filter((rise) => rise !== null)),
    correlationTested: tested.length,
    correlationSignificant: tested.filter((p) => p < SIGNIFICANT).length,
  };
};

/** One summary per point: the configured ones in their order, then points that only old contacts name. */
export const summarizePoints = (
  contacts: readonly Outcome[],
  pointIds: readonly string[],
  k: number,
): PointSummary[] => {
  const all = [...new Set([...pointIds, ...contacts.map(({ pointId }) => pointId)])];
  return all.map((id) =>
    summarizePoint(
      id,
      contacts.filter(({ pointId }) => pointId === id),
      k,
    ),
  );
};
