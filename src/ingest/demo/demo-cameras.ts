import type { Role } from '../../contracts/role.js';

/** A view into a photograph: centre and width as fractions of the photograph; the height follows from 16:9. */
export interface View {
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
}

/** A slow move over one photograph, or nobody in view. */
export type Shot =
  | { readonly photo: string; readonly from: View; readonly to: View; readonly seconds: number }
  | { readonly photo: null; readonly seconds: number };

export interface DemoCamera {
  readonly id: string;
  readonly name: { readonly ru: string; readonly en: string };
  readonly role: Role;
  readonly shots: readonly Shot[];
}

const PHOTOS = '@vladmandic/face-api/demo';
const nobody = (seconds: number): Shot => ({ photo: null, seconds });
const move = (sample: number, seconds: number, from: View, to: View): Shot => ({
  photo: `${PHOTOS}/sample${sample}.jpg`,
  from,
  to,
  seconds,
});
/** One person who comes into view from the side and stays, drifting a little. */
const person = (sample: number, seconds: number, { cx, cy, width }: View): Shot =>
  move(sample, seconds, { cx: cx - width * 0.08, cy, width }, { cx: cx + width * 0.08, cy, width: width * 0.92 });

/** Between two visitors nobody is there for longer than a contact's longest gap. */
const PAUSE_S = 3.6;
const VISIT_S = 7;
const SELLER_COMES_AFTER_S = 2.4;

const CUSTOMERS: readonly Shot[] = [
  person(6, VISIT_S, { cx: 0.42, cy: 0.31, width: 0.36 }),
  person(2, VISIT_S, { cx: 0.81, cy: 0.2, width: 0.36 }),
  person(3, VISIT_S, { cx: 0.6, cy: 0.28, width: 0.36 }),
  person(5, VISIT_S, { cx: 0.79, cy: 0.36, width: 0.36 }),
];

const SELLER: Shot = person(1, VISIT_S - SELLER_COMES_AFTER_S, { cx: 0.82, cy: 0.28, width: 0.36 });

/**
 * What the demo cameras show: photographs that the dependencies ship, moved before the lens. The till is staged: the
 * "customers" are still photographs, so their smiles are real but answer nobody.
 */
export const DEMO_CAMERAS: readonly DemoCamera[] = [
  {
    id: 'entrance',
    name: { ru: 'Вход', en: 'Entrance' },
    role: 'entrance',
    shots: [
      move(5, 8, { cx: 0.48, cy: 0.4, width: 0.95 }, { cx: 0.6, cy: 0.32, width: 0.76 }),
      nobody(1.6),
      move(1, 7, { cx: 0.44, cy: 0.45, width: 0.86 }, { cx: 0.6, cy: 0.4, width: 0.72 }),
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
      move(4, 7, { cx: 0.48, cy: 0.3, width: 0.88 }, { cx: 0.58, cy: 0.27, width: 0.72 }),
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
