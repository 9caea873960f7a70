import type { Contact } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { isSmile } from '../smile-index.js';
import { momentsOf, noMoments, rateFigure, shareFigure, withTrack } from '../statistics/ratio.js';

/** Smile-Index of the seller during contacts: moments at Happiness ≥ T ÷ moments measured, each contact a cluster. */
export const sellerSmileIndex = (contacts: readonly Pick<Contact, 'curve'>[], threshold: number): Figure =>
  rateFigure(
    contacts.reduce((moments, { curve }) => {
      const seen = curve.filter(({ seller }) => seller !== null);
      const smiling = seen.filter(({ seller }) => seller !== null && isSmile(seller, threshold));
      return withTrack(moments, smiling.length, seen.length);
    }, noMoments()),
  );

/** Contacts with the seller in view. */
export const withSeller = <C extends Pick<Contact, 'sellerPresent'>>(contacts: readonly C[]): C[] =>
  contacts.filter(({ sellerPresent }) => sellerPresent);

/** Share of the contacts with a seller in view in which the seller smiled. */
export const smiledShare = (contacts: readonly Pick<Contact, 'sellerPresent' | 'smiles'>[]): Figure =>
  shareFigure(momentsOf(withSeller(contacts).map(({ smiles }) => (smiles.length > 0 ? 1 : 0))));
