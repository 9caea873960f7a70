import type { CellChain } from '../contracts/cell.js';
import type { LocalTime } from '../time/local-time.js';
import type { CellRules } from './close-cells.js';
import { HOUR_MS, MINUTE_MS, SHIFT_MS } from '../time/units.js';

/** A cell of visitors is at least this long. */
export const CELL_MS = 15 * MINUTE_MS;
/** A cell waits this long for every zone to have enough visitors. */
const ZONES_WAIT_MS = 2 * HOUR_MS;
/** Gender and age rest on at least this many visitors with both known. */
const WIDE_VISITORS = 20;
/** Tables of gender by age by expression are made per this many. */
const BROAD_VISITORS = 200;
/** A cell is closed this long after its end: until then visits may still be summed up. */
export const SETTLE_MS = 15 * MINUTE_MS;
/** A visit that is still going on holds its cell open at most this long. */
export const OPEN_VISIT_MS = HOUR_MS;

/** How large the unions of cells are for a given k. */
export const unionSizes = (k: number): { readonly wide: number; readonly broad: number } => ({
  wide: Math.max(WIDE_VISITORS, k),
  broad: Math.max(BROAD_VISITORS, 10 * k),
});

/** When a cell of a chain may close: visitors by the quarter of an hour, sellers and contacts by the shift. */
export const rulesOf = ({ kind, role }: CellChain, k: number, localTime: LocalTime): CellRules => {
  const byShift = kind === 'point' || role === 'seller';
  const upToMinute = (ts: number): number => Math.ceil(ts / MINUTE_MS) * MINUTE_MS;
  const upToShift = (ts: number): number => {
    const start = localTime.bucketStart(ts, SHIFT_MS);
    return start === ts ? ts : localTime.bucketStart(start + 1.5 * SHIFT_MS, SHIFT_MS);
  };
  return {
    minVisitors: k,
    minMs: byShift ? HOUR_MS : CELL_MS,
    partsWaitMs: byShift ? 0 : ZONES_WAIT_MS,
    ...(kind === 'point' ? { minKnown: k } : {}),
    borderAt: byShift ? upToShift : upToMinute,
    midnightAfter: (ts) => localTime.startOfDay(ts, 1),
  };
};
