import type { Me1Source } from './ports/portrait-reader.js';
import type { Period } from '../contracts/period.js';
import { MINUTE_MS } from '../time/units.js';

/** How far the store's rows reach; read together with the rows it describes. */
export interface Horizon {
  /** Commits up to this one are in the rollups. */
  readonly rolledSeq: number;
  /** Raw rows before this have expired; null: none has. */
  readonly rawFromTs: number | null;
}

/** What a period is answered from. */
export interface PeriodPlan {
  readonly source: Me1Source;
  /** T actually counted. */
  readonly threshold: number;
  /** Whole minutes answered from rollups (and from raw rows not rolled up yet); null: none. */
  readonly minutes: Period | null;
  /** Pieces answered from raw rows. */
  readonly raw: readonly Period[];
  /** Part that needs raw rows which have expired. */
  readonly missing: Period | null;
}

/** What a question demands of its rows. */
export interface Demand extends Period {
  readonly threshold: number;
  /** Asks for something that rollups do not keep, such as the size of a face. */
  readonly needsRaw: boolean;
  readonly source: Me1Source;
}

/** Whole minutes come from rollups, which know every whole T; the rest, and what only raw rows know, from raw rows. */
export const planPeriod = (demand: Demand, { rawFromTs }: Horizon): PeriodPlan => {
  const { fromTs, toTs, threshold } = demand;
  const expired = rawFromTs !== null && fromTs < rawFromTs;
  const fractional = !Number.isInteger(threshold);
  const allRaw = demand.source === 'raw' || demand.needsRaw || (demand.source === 'auto' && fractional && !expired);
  if (allRaw) {
    return {
      source: 'raw',
      threshold,
      minutes: null,
      raw: [{ fromTs, toTs }],
      missing: expired ? { fromTs, toTs: Math.min(toTs, rawFromTs) } : null,
    };
  }
  const firstMinute = Math.ceil(fromTs / MINUTE_MS) * MINUTE_MS;
  const lastMinute = Math.floor(toTs / MINUTE_MS) * MINUTE_MS;
  const whole = firstMinute < lastMinute;
  const raw = whole
    ? [
        { fromTs, toTs: firstMinute },
        { fromTs: lastMinute, toTs },
      ]
    : [{ fromTs, toTs }];
  const pieces = whole ? raw.filter((piece) => piece.fromTs < piece.toTs) : raw;
  const gone = pieces.find((piece) => rawFromTs !== null && piece.fromTs < rawFromTs);
  return {
    source: whole ? 'rollups' : 'raw',
    // An expired fraction of a point cannot be told any more.
    threshold: fractional && whole ? Math.round(threshold) : threshold,
    minutes: whole ? { fromTs: firstMinute, toTs: lastMinute } : null,
    raw: pieces,
    missing: gone === undefined ? null : { fromTs: gone.fromTs, toTs: Math.min(gone.toTs, rawFromTs ?? gone.toTs) },
  };
};
