import type { CountedContact } from '../../../contracts/contact.js';
import { correlationAt, onGrid } from './cross-lag.js';

const STEP_MS = 100;
const RANGE_STEPS = 50;
/** An answer comes from at once to 1.5 s after the smile; a frame's time on either side is allowed for. */
const PLAUSIBLE_MS = { from: -400, to: 1900 };
/** The usual delay of an answering smile: what of a lag is no clock error. */
const USUAL_LAG_MS = 700;
const MIN_CONTACTS = 3;
const MIN_R = 0.4;
/** How much better than any plausible lag the found one must correlate. */
const MIN_GAIN = 0.05;

export interface ClockOffset {
  readonly pointId: string;
  /** Customer camera's clock minus the seller camera's, ms, to a few tenths of a second. */
  readonly offsetMs: number;
  /** Mean correlation over contacts at the found lag. */
  readonly r: number;
  readonly contacts: number;
}

/**
 * Looks for two cameras whose clocks differ: over all contacts with a seller's smile, the seller's and the customer's
 * Happiness are correlated at lags up to ±5 s, and the mean peaks outside of what an answer can take. null: no sign.
 */
export const detectClockOffset = (
  pointId: string,
  contacts: readonly Pick<CountedContact, 'pointId' | 'curve' | 'sellerSmiles'>[],
): ClockOffset | null => {
  const own = contacts.filter((contact) => contact.pointId === pointId && contact.sellerSmiles > 0);
  const profiles = own.map(lagProfile).filter((profile) => profile !== null);
  if (profiles.length < MIN_CONTACTS) return null;
  const mean = meanProfile(profiles);
  const best = highest(mean, () => true);
  const plausible = highest(mean, ({ lagMs }) => lagMs >= PLAUSIBLE_MS.from && lagMs <= PLAUSIBLE_MS.to);
  if (best === null || best.r < MIN_R || best === plausible || best.r - (plausible?.r ?? -1) < MIN_GAIN) return null;
  const offsetMs = best.lagMs - USUAL_LAG_MS;
  return { pointId, offsetMs, r: best.r, contacts: profiles.length };
};

interface LagPoint {
  readonly lagMs: number;
  readonly r: number;
}

/** r at every lag; null where a contact's curves are too short or flat for any. */
const lagProfile = ({ curve }: Pick<CountedContact, 'curve'>): (number | null)[] | null => {
  const [first] = curve;
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return null;
  const steps = Math.min(1200, Math.floor((last.ts - first.ts) / STEP_MS) + 1);
  const curveOf = (key: 'seller' | 'green') => curve.map((point) => ({ ts: point.ts, value: point[key] }));
  const seller = onGrid(curveOf('seller'), first.ts, steps);
  const customer = onGrid(curveOf('green'), first.ts, steps);
  const profile = Array.from({ length: 2 * RANGE_STEPS + 1 }, (_, i) =>
    correlationAt(seller, customer, i - RANGE_STEPS),
  );
  return profile.some((r) => r !== null) ? profile : null;
};

const meanProfile = (profiles: readonly (readonly (number | null)[])[]): LagPoint[] =>
  Array.from({ length: 2 * RANGE_STEPS + 1 }, (_, i) => {
    const values = profiles.map((profile) => profile[i] ?? null).filter((r) => r !== null);
    const enough = values.length >= MIN_CONTACTS;
    const r = enough ? values.reduce((sum, value) => sum + value, 0) / values.length : -1;
    return { lagMs: (i - RANGE_STEPS) * STEP_MS, r };
  });

const highest = (profile: readonly LagPoint[], allowed: (point: LagPoint) => boolean): LagPoint | null =>
  profile
    .filter(allowed)
    .reduce<LagPoint | null>((best, point) => (best === null || point.r > best.r ? point : best), null);
