import type { Contact, HappyIndex, PeakHappyIndex, PeakVerdict, Verdict } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { indexFigure } from '../statistics/ratio.js';
import type { Judged } from './judged.js';
import { netResponse } from './net-response.js';

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
export const happyIndexOf = (pointId: string, contacts: readonly Judged[]): HappyIndex => {
  const counts = verdictCounts(contacts);
  return { pointId, ...counts, ...happyIndex(counts), netResponse: netResponse(contacts) };
};

/** The literal reading over the same contacts, those judged by the former rule included: it was that rule. */
export const peakHappyIndex = (contacts: readonly Pick<Contact, 'peakVerdict'>[]): PeakHappyIndex => {
  const count = (verdict: PeakVerdict): number => contacts.filter((one) => one.peakVerdict === verdict).length;
  const [happy, unhappy, indifferent] = [count('happy'), count('unhappy'), count('indifferent')];
  const counts = { qualified: happy + unhappy + indifferent, happy, unhappy, indifferent };
  return { ...counts, ...happyIndex(counts) };
};

/** Happy-Index = (happy − unhappy) ÷ qualified; a contact is the unit. */
export const happyIndex = ({
  happy,
  unhappy,
  qualified,
}: Pick<VerdictCounts, 'happy' | 'unhappy' | 'qualified'>): Figure => indexFigure(happy, unhappy, qualified);
