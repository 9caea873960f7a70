/** Outcomes of a comparison; `too-few`: a side has fewer visitors (or days, or shifts) than a verdict needs. */
export const JUDGEMENTS = ['higher', 'lower', 'unproven', 'too-few'] as const;

/**
 * How a verdict was come to. `welch`: Welch's test on both sides with two pseudo-tracks each; `student`: the interval of one
 * figure with its pseudo-tracks against a fixed value.
 */
export const TESTS = ['welch', 'student'] as const;

/** What a verdict counts too few of. */
export const JUDGED_UNITS = ['visitors', 'contacts', 'shifts', 'days'] as const;

/** A verdict and what it rests on, for programs; sentences are made of it. */
export interface Judgement {
  readonly code: (typeof JUDGEMENTS)[number];
  readonly test: (typeof TESTS)[number];
  /** Visitors (contacts) of the first and the second side; null for a side that is a fixed value. */
  readonly n: number;
  readonly against: number | null;
  /** Two-sided p; null without data. */
  readonly p: number | null;
  /** The same after Benjamini–Hochberg over the verdicts shown together; equal to p where one stands alone. */
  readonly pAdjusted: number | null;
  /** With `too-few`: what is short, how many there are and how many are needed; else null. */
  readonly short: { readonly unit: (typeof JUDGED_UNITS)[number]; readonly has: number; readonly needs: number } | null;
}
