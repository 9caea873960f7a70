import type { Judgement } from '../../contracts/figures/figure-schema.js';

/** Fewest visitors (contacts) on each side of a verdict. */
export const FEWEST_JUDGED = 10;

/** Share of wrong verdicts that is put up with: of one alone, and among many shown together. */
const LEVEL = 0.05;

/** A comparison that may be judged. */
export interface Question extends Pick<Judgement, 'test' | 'n' | 'against' | 'p'> {
  /** Its sign is the verdict's direction: the centre that was tested, a difference. */
  readonly direction: number;
  /** What n counts; visitors unless told. */
  readonly unit?: 'visitors' | 'contacts';
  /** Beyond the visitors: days or shifts that are too few. */
  readonly short?: Judgement['short'];
}

/** Judges one comparison that stands alone. */
export const judge = (question: Question): Judgement => judgeAll([question])[0] ?? judged(question, question.p);

/** Judges comparisons that are shown together: the p of those with enough visitors go through Benjamini–Hochberg. */
export const judgeAll = (questions: readonly Question[]): Judgement[] => {
  const tested = questions.map((question) => (shortOf(question) === null ? question.p : null));
  const adjusted = benjaminiHochberg(tested);
  return questions.map((question, index) => judged(question, adjusted[index] ?? null));
};

const shortOf = ({ n, against, unit = 'visitors', short = null }: Question): Judgement['short'] => {
  const has = Math.min(n, against ?? n);
  return has < FEWEST_JUDGED ? { unit, has, needs: FEWEST_JUDGED } : short;
};

const judged = (question: Question, pAdjusted: number | null): Judgement => {
  const { test, n, against, p, direction } = question;
  const short = shortOf(question);
  const base = { test, n, against, p, pAdjusted, short };
  if (short !== null) return { ...base, code: 'too-few', pAdjusted: null };
  if (pAdjusted === null || pAdjusted > LEVEL || direction === 0) return { ...base, code: 'unproven' };
  return { ...base, code: direction > 0 ? 'higher' : 'lower' };
};

/**
 * The step-up adjustment of Benjamini and Hochberg (1995): with it the expected share of wrong ones among the verdicts
 * given stays under the level. null stays null and does not count.
 */
export const benjaminiHochberg = (ps: readonly (number | null)[]): (number | null)[] => {
  const order = ps.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => b.p - a.p);
  const adjusted: (number | null)[] = ps.map(() => null);
  let least = 1;
  for (const [above, { p, index }] of order.entries()) {
    least = Math.min(least, (p * order.length) / (order.length - above));
    adjusted[index] = least;
  }
  return adjusted;
};
