import type { Contact, NetResponse } from '../../../contracts/contact.js';
import type { Judgement } from '../../../contracts/figures/figure-schema.js';
import { differenceFrom } from '../../statistics/difference.js';
import { INDEX } from '../../statistics/ends.js';
import { judge } from '../../statistics/judge.js';
import { sumsOfValues, type PeriodSums } from '../../statistics/periods.js';
import { meanFigure, NOTHING } from '../../statistics/ratio.js';
import { noUnits, type UnitsOf } from '../units.js';

type Tried = Pick<Contact, 'qualified' | 'verdict' | 'answerByChance'>;
type Tested<C> = C & { readonly answerByChance: number };

const isTested = <C extends Tried>(contact: C): contact is Tested<C> =>
  contact.qualified && contact.answerByChance !== null;

const answered = ({ verdict }: Pick<Contact, 'verdict'>): number => (verdict === 'happy' ? 1 : 0);

/** Answered (0 or 1) less the share of the contact's other moments that "answer", summed over the contacts tested. */
const beyondChance = <C extends Tried>(contacts: readonly C[], unitsOf: UnitsOf<C>): PeriodSums =>
  sumsOfValues(contacts.filter(isTested), (one) => answered(one) - one.answerByChance, unitsOf);

/**
 * Mean over contacts of answered (0 or 1) less the share of the contact's other moments that "answer": about 0 where the
 * seller's smile moves nobody, however lively the customers and however long the contacts. The contact is the unit of the
 * interval (and the shift and the day, where there are enough), to which two contacts are added, one of either extreme, so
 * that a few alike do not pass for certainty.
 */
export const netResponse = <C extends Tried>(contacts: readonly C[], unitsOf: UnitsOf<C> = noUnits): NetResponse => {
  const tested = contacts.filter(isTested);
  const basis = tested.length;
  if (basis === 0) return { ...NOTHING, basis, answered: null, byChance: null };
  const share = tested.reduce((sum, one) => sum + answered(one), 0) / basis;
  const byChance = tested.reduce((sum, one) => sum + one.answerByChance, 0) / basis;
  const { moments, periods } = beyondChance(contacts, unitsOf);
  const { low, high } = meanFigure(moments, INDEX, periods);
  return {
    value: share - byChance,
    low: low === null ? null : Math.max(-1, low),
    high: high === null ? null : Math.min(1, high),
    basis,
    answered: share,
    byChance,
  };
};

/** Do more answer than by chance? Student's test of the net response against nothing. */
export const judgeNetResponse = <C extends Tried>(contacts: readonly C[], unitsOf: UnitsOf<C> = noUnits): Judgement => {
  const sums = beyondChance(contacts, unitsOf);
  const { figure, p } = differenceFrom(0, sums, INDEX);
  return judge({
    test: 'student',
    n: sums.moments.m,
    against: null,
    unit: 'contacts',
    p,
    direction: figure.value ?? 0,
  });
};
