import type { CountedContact } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { isSmile } from '../faces/smile-index.js';
import { sumsOfRatio, sumsOfValues, type PeriodSums } from '../statistics/periods.js';
import { shareFigure } from '../statistics/ratio.js';
import { noUnits, type UnitsOf } from './units.js';

/**
 * Smile-Index of the seller during contacts: moments at Happiness ≥ T ÷ moments measured. Each contact is a cluster, and each
 * shift and day where there are enough of them.
 */
export const sellerSmileIndex = <C extends Pick<CountedContact, 'curve'>>(
  contacts: readonly C[],
  threshold: number,
  unitsOf: UnitsOf<C> = noUnits,
): Figure => {
  const count = ({ curve }: C, isCounted: (seller: number) => boolean): number =>
    curve.reduce((sum, { seller }) => (seller !== null && isCounted(seller) ? sum + 1 : sum), 0);
  const { moments, periods } = sumsOfRatio(
    contacts,
    {
      y: (contact) => count(contact, (seller) => isSmile(seller, threshold)),
      x: (contact) => count(contact, () => true),
    },
    unitsOf,
  );
  return shareFigure(moments, periods);
};

/** Contacts with the seller in view. */
export const withSeller = <C extends Pick<CountedContact, 'sellerPresent'>>(contacts: readonly C[]): C[] =>
  contacts.filter(({ sellerPresent }) => sellerPresent);

/** Contacts with a seller in view, and among them those in which the seller smiled, by contact, shift and day. */
export const smiledSums = <C extends Pick<CountedContact, 'sellerPresent' | 'sellerSmiles'>>(
  contacts: readonly C[],
  unitsOf: UnitsOf<C> = noUnits,
): PeriodSums => sumsOfValues(withSeller(contacts), ({ sellerSmiles }) => (sellerSmiles > 0 ? 1 : 0), unitsOf);

/** Share of the contacts with a seller in view in which the seller smiled. */
export const smiledShare = <C extends Pick<CountedContact, 'sellerPresent' | 'sellerSmiles'>>(
  contacts: readonly C[],
  unitsOf: UnitsOf<C> = noUnits,
): Figure => {
  const { moments, periods } = smiledSums(contacts, unitsOf);
  return shareFigure(moments, periods);
};
