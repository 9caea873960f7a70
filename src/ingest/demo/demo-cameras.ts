import type { Role } from '../../contracts/role.js';
import { DEMO_FACES, groupPhoto, type DemoFace } from './demo-faces.js';

/** A view into a photograph: centre and width as fractions of the photograph; the height follows from 16:9. */
export interface View {
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
}

/** A slow move over a group of people. */
export interface GroupShot {
  readonly kind: 'group';
  /** `<package>/<file>`. */
  readonly photo: string;
  readonly from: View;
  readonly to: View;
  readonly seconds: number;
}

/** One person, whose mouth moves from one amount to another (moved-mouth.ts) at some time. */
export interface PersonShot {
  readonly kind: 'person';
  readonly face: DemoFace;
  readonly mouth: { readonly from: number; readonly to: number; readonly atS: number };
  readonly seconds: number;
}

/** What a demo camera shows for some time; or nobody in view. */
export type Shot = GroupShot | PersonShot | { readonly kind: 'nobody'; readonly seconds: number };

export interface DemoCamera {
  readonly id: string;
  readonly name: { readonly ru: string; readonly en: string };
  readonly role: Role;
  readonly shots: readonly Shot[];
}

const nobody = (seconds: number): Shot => ({ kind: 'nobody', seconds });
const move = (sample: number, seconds: number, from: View, to: View): Shot => ({
  kind: 'group',
  photo: groupPhoto(sample),
  from,
  to,
  seconds,
});
const person = (face: DemoFace, seconds: number, mouth: PersonShot['mouth']): Shot => ({
  kind: 'person',
  face,
  mouth,
  seconds,
});

const [CALM, SMILE] = [-1.5, 1.5];

/** Between two visitors nobody is there for longer than a contact's longest gap. */
const PAUSE_S = 3.6;
const VISIT_S = 10;
const SELLER_COMES_AFTER_S = 2.4;
/** When the seller smiles, and when a customer who answers does, from the customer's coming. */
const SELLER_SMILES_S = 5;
const ANSWER_S = 6.2;

const answers = (face: DemoFace): Shot => person(face, VISIT_S, { from: CALM, to: SMILE, atS: ANSWER_S });
const keeps = (face: DemoFace, amount: number): Shot =>
  person(face, VISIT_S, { from: amount, to: amount, atS: ANSWER_S });

const CUSTOMERS: readonly Shot[] = [
  answers(DEMO_FACES.woman),
  keeps(DEMO_FACES.oldMan, CALM),
  answers(DEMO_FACES.man),
  keeps(DEMO_FACES.smiler, 0),
];

const SELLER: Shot = person(DEMO_FACES.seller, VISIT_S - SELLER_COMES_AFTER_S, {
  from: CALM,
  to: SMILE,
  atS: SELLER_SMILES_S - SELLER_COMES_AFTER_S,
});

/** Somebody who passes: calm, or with a smile that comes. */
const passes = (face: DemoFace, to: number): Shot => person(face, 5, { from: CALM, to, atS: 2 });

/**
 * What the demo cameras show: photographs that the dependencies ship, moved before the lens; the corners of some mouths
 * are moved as well, so that faces change. The till is staged: who answers a smile was chosen.
 */
export const DEMO_CAMERAS: readonly DemoCamera[] = [
  {
    id: 'entrance',
    name: { ru: 'Вход', en: 'Entrance' },
    role: 'entrance',
    shots: [
      move(5, 8, { cx: 0.48, cy: 0.4, width: 0.95 }, { cx: 0.6, cy: 0.32, width: 0.76 }),
      nobody(1.6),
      passes(DEMO_FACES.youngMan, CALM),
      nobody(1.6),
      move(1, 7, { cx: 0.44, cy: 0.45, width: 0.86 }, { cx: 0.6, cy: 0.4, width: 0.72 }),
      nobody(1.6),
      passes(DEMO_FACES.tallMan, CALM),
      nobody(1.6),
      move(2, 6, { cx: 0.62, cy: 0.28, width: 0.74 }, { cx: 0.55, cy: 0.32, width: 0.88 }),
      nobody(1.6),
    ],
  },
  {
    id: 'exit',
    name: { ru: 'Выход', en: 'Exit' },
    role: 'exit',
    shots: [
      move(3, 8, { cx: 0.52, cy: 0.38, width: 0.92 }, { cx: 0.62, cy: 0.34, width: 0.7 }),
      nobody(1.6),
      passes(DEMO_FACES.otherMan, SMILE),
      nobody(1.6),
      move(4, 7, { cx: 0.48, cy: 0.3, width: 0.88 }, { cx: 0.58, cy: 0.27, width: 0.72 }),
      nobody(1.6),
      passes(DEMO_FACES.youngWoman, SMILE),
      nobody(1.6),
      move(6, 7, { cx: 0.5, cy: 0.38, width: 0.98 }, { cx: 0.58, cy: 0.36, width: 0.78 }),
      nobody(1.6),
    ],
  },
  {
    id: 'till-customer',
    name: { ru: 'Касса: покупатель', en: 'Till: customer' },
    role: 'customer',
    shots: CUSTOMERS.flatMap((customer) => [customer, nobody(PAUSE_S)]),
  },
  {
    id: 'till-seller',
    name: { ru: 'Касса: продавец', en: 'Till: seller' },
    role: 'seller',
    shots: CUSTOMERS.flatMap(() => [nobody(SELLER_COMES_AFTER_S), SELLER, nobody(PAUSE_S)]),
  },
];
