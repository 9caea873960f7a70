import jStat from 'jstat';

/** Quantiles of fewer degrees of freedom than this are those of it: below, they grow without any bound. */
const LEAST_DF = 1;
/** From here on Student's distribution is the normal one to six digits. */
const MOST_DF = 1e7;

const within = (df: number): number => Math.min(MOST_DF, Math.max(LEAST_DF, df));

/** 97.5 % quantile of Student's t for `df` degrees of freedom, fractions allowed; one degree for fewer. */
export const student975 = (df: number): number => (df > 0 ? jStat.studentt.inv(0.975, within(df)) : Infinity);

/** Probability that |t| is at least as large with `df` degrees of freedom: the two-sided p. */
export const studentP = (t: number, df: number): number =>
  Math.min(1, 2 * (1 - jStat.studentt.cdf(Math.abs(t), within(df))));
