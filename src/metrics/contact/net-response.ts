import type { NetResponse } from '../../contracts/contact.js';
import { INDEX } from '../statistics/ends.js';
import { meanFigure, momentsOf, NOTHING } from '../statistics/ratio.js';
import type { Judged } from './judged.js';

/**
 * Mean over contacts of answered (0 or 1) less the share of the contact's other moments that "answer": about 0 where the
 * seller's smile moves nobody, however lively the customers and however long the contacts. The contact is the unit of the
 * interval, to which two contacts are added, one of either extreme, so that a few alike do not pass for certainty.
 */
export const netResponse = (
  contacts: readonly Pick<Judged, 'qualified' | 'verdict' | 'answerByChance'>[],
): NetResponse => {
  const tested = contacts.flatMap(({ qualified, verdict, answerByChance }) =>
    qualified && answerByChance !== null ? [{ answered: verdict === 'happy' ? 1 : 0, byChance: answerByChance }] : [],
  );
  const basis = tested.length;
  if (basis === 0) return { ...NOTHING, basis, answered: null, byChance: null };
  const answered = tested.reduce((sum, one) => sum + one.answered, 0) / basis;
  const byChance = tested.reduce((sum, one) => sum + one.byChance, 0) / basis;
  const own = momentsOf(tested.map((one) => one.answered - one.byChance));
  const { low, high } = meanFigure(own, INDEX);
  return {
    value: answered - byChance,
    low: low === null ? null : Math.max(-1, low),
    high: high === null ? null : Math.min(1, high),
    basis,
    answered,
    byChance,
  };
};
