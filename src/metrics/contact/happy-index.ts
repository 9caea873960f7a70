import type { Contact, Verdict } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { NOTHING } from '../statistics/ratio.js';

export interface VerdictCounts {
  readonly contacts: number;
  readonly qualified: number;
  readonly happy: number;
  readonly unhappy: number;
  readonly indifferent: number;
}

export const verdictCounts = (contacts: readonly Pick<Contact, 'qualified' | 'verdict'>[]): VerdictCounts => {
  const count = (verdict: Verdict): number => contacts.filter((contact) => contact.verdict === verdict).length;
  return {
    contacts: contacts.length,
    qualified: contacts.filter(({ qualified }) => qualified).length,
    happy: count('happy'),
    unhappy: count('unhappy'),
    indifferent: count('indifferent'),
  };
};

/**
 * Happy-Index = (happy − unhappy) ÷ qualified. The interval is the adjusted Wald one of Agresti and Min (2005) for a
 * difference of two shares of the same contacts: half a contact is added to each of the four outcomes of a 2 × 2 table.
 */
export const happyIndex = ({ happy, unhappy, qualified }: VerdictCounts): Figure => {
  if (qualified === 0) return NOTHING;
  const size = qualified + 2;
  const [up, down] = [happy + 0.5, unhappy + 0.5];
  const centre = (up - down) / size;
  const half = (1.959964 * Math.sqrt(up + down - (up - down) ** 2 / size)) / size;
  return {
    value: (happy - unhappy) / qualified,
    low: Math.max(-1, centre - half),
    high: Math.min(1, centre + half),
  };
};
