import type { Shortfall } from '../../contracts/stream.js';

/** Frames of one stream over the same stretch of time. */
export interface FrameTally {
  /** Asked for by the configuration. */
  readonly wanted: number;
  readonly analysed: number;
  /** Given up because newer ones came before there was time for them. */
  readonly lost: number;
}

/** A verdict begins at the first share and ends at the second, so that it does not flicker. */
const LOST = { begin: 0.1, end: 0.05 };
const MISSING = { begin: 0.2, end: 0.1 };

/** Why fewer frames than asked for were analysed; null when enough were. `before` is the verdict so far. */
export const shortfallOf = ({ wanted, analysed, lost }: FrameTally, before: Shortfall | null): Shortfall | null => {
  const received = analysed + lost;
  const lostShare = received === 0 ? 0 : lost / received;
  if (lostShare >= (before === 'overload' ? LOST.end : LOST.begin)) return 'overload';
  const missingShare = 1 - received / wanted;
  if (missingShare >= (before === 'source' ? MISSING.end : MISSING.begin)) return 'source';
  return null;
};
