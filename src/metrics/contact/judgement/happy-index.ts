import type { Contact, HappyIndex, PeakHappyIndex, PeakVerdict, Verdict } from '../../../contracts/contact.js';
import type { Figure } from '../../../contracts/figure.js';
import { sumsOfValues } from '../../statistics/periods.js';
import { indexFigure } from '../../statistics/ratio.js';
import type { Judged } from './judged.js';
import { netResponse } from './net-response.js';
import { noUnits, type UnitsOf } from '../units.js';

export type VerdictCounts = Omit<HappyIndex, 'pointId' | 'value' | 'low' | 'high' | 'netResponse'>;

export const verdictCounts = (contacts: readonly Pick<Judged, 'rule' | 'verdict'>[]): VerdictCounts => {
  const count = (verdict: Verdict): number => contacts.filter((contact) => contact.verdict === verdict).length;
  const [happy, unhappy, indifferent] = [count('happy'), count('unhappy'), count('indifferent')];
  return {
    contacts: contacts.length,
    qualified: happy + unhappy + indifferent,
    happy,
    unhappy,
    indifferent,
    already: count('already'),
    former: contacts.filter(({ rule }) => rule === 'former').length,
  };
};

/** Happy-Index of one point, or of all (`pointId` empty), with the net response beside it. */
export const happyIndexOf = <C extends Judged>(
  pointId: string,
  contacts: readonly C[],
  unitsOf: UnitsOf<C> = noUnits,
): HappyIndex => ({
  pointId,
  ...verdictCounts(contacts),
  ...happyIndex(contacts, ({ verdict }) => verdict, unitsOf),
  netResponse: netResponse(contacts, unitsOf),
});

/** The literal reading over the same contacts, those judged by the former rule included: it was that rule. */
export const peakHappyIndex = <C extends Pick<Contact, 'peakVerdict'>>(
  contacts: readonly C[],
  unitsOf: UnitsOf<C> = noUnits,
): PeakHappyIndex => {
  const count = (verdict: PeakVerdict): number => contacts.filter((one) => one.peakVerdict === verdict).length;
  const [happy, unhappy, indifferent] = [count('happy'), count('unhappy'), count('indifferent')];
  const counts = { qualified: happy + unhappy + indifferent, happy, unhappy, indifferent };
  return { ...counts, ...happyIndex(contacts, ({ peakVerdict }) => peakVerdict, unitsOf) };
};

const WORTH = { happy: 1, unhappy: -1, indifferent: 0, already: null } as const;

const worthOf = (verdict: Verdict | null): number | null => (verdict === null ? null : WORTH[verdict]);

/** Happy-Index = (happy − unhappy) ÷ qualified; a contact is the unit, and its shift and day where there are enough. */
export const happyIndex = <C>(
  contacts: readonly C[],
  verdictOf: (contact: C) => Verdict | null,
  unitsOf: UnitsOf<C> = noUnits,
): Figure => {
  const judged = contacts.filter((contact) => worthOf(verdictOf(contact)) !== null);
  const { moments, periods } = sumsOfValues(judged, (contact) => worthOf(verdictOf(contact)) ?? 0, unitsOf);
  return indexFigure(moments, periods);
};
