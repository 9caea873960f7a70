/** Lengths of the clock's units, ms; a calendar day may last 23 to 25 hours. */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** A shift on the local clock: the shortest interval in which figures of sellers and of contacts are given. */
export const SHIFT_MS = 6 * HOUR_MS;
