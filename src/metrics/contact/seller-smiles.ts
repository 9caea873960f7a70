import type { Contact } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { isSmile } from '../smile-index.js';
import { sumsByPeriod, type PeriodSums } from '../statistics/periods.js';
import { shareFigure } from '../statistics/ratio.js';

/** The shift of a contact: what its seller does depends on who works then. */
export type ShiftOf<C> = (contact: C) => string | number;
const oneShift = (): number => 0;

/**
 * Smile-Index of the seller during contacts: moments at Happiness ≥ T ÷ moments measured. Each contact is a cluster, and each
 * shift where there are enough of them.
 */
export const sellerSmileIndex = <C extends Pick<Contact, 'curve'>>(
  contacts: readonly C[],
  threshold: number,
  shiftOf: ShiftOf<C> = oneShift,
): Figure => {
  const { moments, periods } = sumsByPeriod(
    contacts.map((contact) => {
      const seen = contact.curve.filter(({ seller }) => seller !== null);
      const smiling = seen.filter(({ seller }) => seller !== null && isSmile(seller, threshold));
      return { period: shiftOf(contact), y: smiling.length, x: seen.length };
    }),
  );
  return shareFigure(moments, periods);
};

/** Contacts with the seller in view. */
export const withSeller = <C extends Pick<Contact, 'sellerPresent'>>(contacts: readonly C[]): C[] =>
  contacts.filter(({ sellerPresent }) => sellerPresent);

/** Contacts with a seller in view, and among them those in which the seller smiled, by contact and by shift. */
export const smiledSums = <C extends Pick<Contact, 'sellerPresent' | 'smiles'>>(
  contacts: readonly C[],
  shiftOf: ShiftOf<C> = oneShift,
): PeriodSums =>
  sumsByPeriod(
    withSeller(contacts).map((contact) => ({ period: shiftOf(contact), y: contact.smiles.length > 0 ? 1 : 0, x: 1 })),
  );

/** Share of the contacts with a seller in view in which the seller smiled. */
export const smiledShare = <C extends Pick<Contact, 'sellerPresent' | 'smiles'>>(
  contacts: readonly C[],
  shiftOf: ShiftOf<C> = oneShift,
): Figure => {
  const { moments, periods } = smiledSums(contacts, shiftOf);
  return shareFigure(moments, periods);
};
