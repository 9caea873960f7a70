import type { Bilingual } from '../contracts/bilingual.js';
import type { ToldContact, Verdict } from '../contracts/contact.js';
import type { ServerEvents } from '../contracts/events.js';

/** What is told as it happens. */
export type ToldEvent = keyof ServerEvents;

/**
 * Whom each event tells of: single faces, one contact, a contact point, sums over many, a camera, or people of
 * whom nothing is known but that they passed a line. An event without a line
 * does not compile.
 */
export const TELLS_OF = {
  faces: 'faces',
  metrics: 'many',
  history: 'many',
  'contact:start': 'contact',
  'contact:update': 'contact',
  'contact:end': 'contact',
  'happy-index': 'point',
  status: 'camera',
  door: 'passers',
} as const satisfies Readonly<Record<ToldEvent, 'faces' | 'contact' | 'point' | 'many' | 'camera' | 'passers'>>;

/** Why a contact was judged so, without when the seller smiled. */
const REASONS: Readonly<Record<Verdict | 'none', Bilingual>> = {
  happy: { ru: 'покупатель ответил улыбкой', en: 'the customer smiled back' },
  unhappy: {
    ru: 'покупатель не улыбнулся в ответ, удивления или недовольства стало больше',
    en: 'the customer did not smile back, surprise or dissatisfaction grew',
  },
  indifferent: { ru: 'покупатель не ответил улыбкой', en: 'the customer did not smile back' },
  already: { ru: 'покупатель улыбался ещё до продавца', en: 'the customer was smiling before the seller' },
  none: { ru: 'контакт не оценён', en: 'the contact is not judged' },
};

type Rule<Field extends keyof ToldContact> = 'told' | ((contact: ToldContact) => ToldContact[Field]);

/**
 * A single contact where sellers are shown by the shift alone: nothing that says when the seller smiled, not even by its
 * distance from what the customer's curve shows. A field without a line does not compile.
 */
const CONTACT_WITHOUT_SELLER: { readonly [Field in keyof ToldContact]: Rule<Field> } = {
  id: 'told',
  pointId: 'told',
  startTs: 'told',
  endTs: 'told',
  sellerPresent: 'told',
  rule: 'told',
  qualified: 'told',
  verdict: 'told',
  answerByChance: 'told',
  peakVerdict: 'told',
  reason: ({ verdict }) => REASONS[verdict ?? 'none'],
  smiles: () => null,
  bursts: 'told',
  baselineHappiness: 'told',
  riseOverBaseline: 'told',
  latencyMs: () => null,
  crossLag: () => null,
  curve: ({ curve }) => withoutSeller(curve),
};

/** A contact's curves without the seller's. */
export const withoutSeller = (curve: ToldContact['curve']): ToldContact['curve'] =>
  curve.map((point) => ({ ...point, seller: null }));

/** The contact with what is told of it where sellers are not shown one by one; unknown fields go. */
export const contactWithoutSeller = (contact: ToldContact): ToldContact =>
  Object.fromEntries(
    Object.entries(CONTACT_WITHOUT_SELLER).map(([field, rule]) => [
      field,
      rule === 'told' ? contact[field as keyof ToldContact] : rule(contact),
    ]),
  ) as unknown as ToldContact;
