import type { Burst, Contact } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { sumsByPeriod, sumsOfValues } from '../statistics/periods.js';
import { meanFigure, rateFigure } from '../statistics/ratio.js';
import { noUnits, type UnitsOf } from './units.js';

const countOf = (bursts: readonly Burst[], kind: Burst['kind']): number => {
  let count = 0;
  for (const burst of bursts) if (burst.kind === kind) count += 1;
  return count;
};

/** Bursts of both kinds in one contact or in many. */
export const burstCounts = (contacts: readonly Pick<Contact, 'bursts'>[]): { positive: number; negative: number } => ({
  positive: contacts.reduce((sum, { bursts }) => sum + countOf(bursts, 'positive'), 0),
  negative: contacts.reduce((sum, { bursts }) => sum + countOf(bursts, 'negative'), 0),
});

/**
 * C-Value = (P − K·N) ÷ contacts: the mean of each contact's P − K·N. The pseudo-contacts have one positive and one negative
 * burst, so that bursts which a few contacts did not show are not taken to be impossible.
 */
export const cValue = <C extends Pick<Contact, 'bursts'>>(
  contacts: readonly C[],
  k: number,
  unitsOf: UnitsOf<C> = noUnits,
): Figure => {
  const worth = ({ bursts }: C): number => countOf(bursts, 'positive') - k * countOf(bursts, 'negative');
  const { moments, periods } = sumsOfValues(contacts, worth, unitsOf);
  return meanFigure(moments, { low: -Math.max(k, 1), high: 1 }, periods);
};

const MINUTE_MS = 60_000;

/** Bursts of one kind per contact and per minute of contact: bursts grow with length, so that neither says it all. */
export const burstRates = <C extends Pick<Contact, 'bursts' | 'startTs' | 'endTs'>>(
  contacts: readonly C[],
  kind: Burst['kind'],
  unitsOf: UnitsOf<C> = noUnits,
): { readonly perContact: Figure; readonly perMinute: Figure } => {
  const per = (baseOf: (contact: C) => number): Figure => {
    const { moments, periods } = sumsByPeriod(
      contacts.map((one) => ({ periods: unitsOf(one), y: countOf(one.bursts, kind), x: baseOf(one) })),
    );
    return rateFigure(moments, periods);
  };
  return { perContact: per(() => 1), perMinute: per(({ startTs, endTs }) => (endTs - startTs) / MINUTE_MS) };
};
