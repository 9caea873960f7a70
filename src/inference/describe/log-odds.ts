/** Probabilities nearer to 0 or 1 than this are held there: one picture is never that sure. */
const EDGE = 1e-4;

/** Log-odds of a probability, finite for 0 and 1 too. */
export const logit = (p: number): number => {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, p));
  return Math.log(inside / (1 - inside));
};

/** Probability of log-odds. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
