import type { Burst, CountedContact } from '../../../contracts/contact.js';
import type { Figure } from '../../../contracts/figure.js';
import { sumsOfRatio, sumsOfValues } from '../../statistics/periods.js';
import { meanFigure, rateFigure } from '../../statistics/ratio.js';
import { noUnits, type UnitsOf } from '../units.js';
import { MINUTE_MS } from '../../../time/units.js';

type Bursts = Pick<CountedContact, 'positiveBursts' | 'negativeBursts'>;

/** Bursts of both kinds in many contacts. */
export const burstCounts = (contacts: readonly Bursts[]): { positive: number; negative: number } => ({
  positive: contacts.reduce((sum, { positiveBursts }) => sum + positiveBursts, 0),
  negative: contacts.reduce((sum, { negativeBursts }) => sum + negativeBursts, 0),
});

/**
 * C-Value = (P − K·N) ÷ contacts: the mean of each contact's P − K·N. The pseudo-contacts have one positive and one negative
 * burst, so that bursts which a few contacts did not show are not taken to be impossible.
 */
export const cValue = <C extends Bursts>(contacts: readonly C[], k: number, unitsOf: UnitsOf<C> = noUnits): Figure => {
  const worth = ({ positiveBursts, negativeBursts }: C): number => positiveBursts - k * negativeBursts;
  const { moments, periods } = sumsOfValues(contacts, worth, unitsOf);
  return meanFigure(moments, { low: -Math.max(k, 1), high: 1 }, periods);
};

/** Bursts of one kind per contact and per minute of contact: bursts grow with length, so that neither says it all. */
export const burstRates = <C extends Bursts & Pick<CountedContact, 'startTs' | 'endTs'>>(
  contacts: readonly C[],
  kind: Burst['kind'],
  unitsOf: UnitsOf<C> = noUnits,
): { readonly perContact: Figure; readonly perMinute: Figure } => {
  const counted = kind === 'positive' ? 'positiveBursts' : 'negativeBursts';
  const per = (baseOf: (contact: C) => number): Figure => {
    const { moments, periods } = sumsOfRatio(contacts, { y: (one) => one[counted], x: baseOf }, unitsOf);
    return rateFigure(moments, periods);
  };
  return { perContact: per(() => 1), perMinute: per(({ startTs, endTs }) => (endTs - startTs) / MINUTE_MS) };
};
