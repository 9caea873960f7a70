/** Outcomes of a comparison; `too-few`: a side has fewer visitors (or days, or shifts) than a verdict needs. */
export const JUDGEMENTS = ['higher', 'lower', 'unproven', 'too-few'] as const;

/**
 * How a verdict was come to. `welch`: Welch's test on both sides with two pseudo-tracks each; `student`: the interval of one
 * figure with its pseudo-tracks against a fixed value.
 */
export const TESTS = ['welch', 'student'] as const;

/** What a verdict counts too few of. */
export const JUDGED_UNITS = ['visitors', 'contacts', 'shifts', 'days'] as const;
