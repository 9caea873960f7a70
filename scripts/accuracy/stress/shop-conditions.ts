import {
  backlight,
  type Condition,
  dark,
  defocus,
  glasses,
  grey,
  handOnMouth,
  lookingDown,
  motionBlur,
  surgicalMask,
} from './conditions/index.js';

/** One row of the table. */
export type ShopCondition =
  | { readonly name: string; readonly kind: 'picture'; readonly condition: Condition }
  /** Faces of a size in a film of a camera, 960 × 540, through H.264. */
  | { readonly name: string; readonly kind: 'film'; readonly facePx: number; readonly crf: number };

const picture = (name: string, condition: Condition): ShopCondition => ({ name, kind: 'picture', condition });
const film = (facePx: number, crf: number): ShopCondition => ({
  name: `${facePx} px, crf ${crf}`,
  kind: 'film',
  facePx,
  crf,
});

export const SHOP_CONDITIONS: readonly ShopCondition[] = [
  picture('as it is', (face) => face),
  picture('low light', dark()),
  picture('backlight', backlight()),
  picture('motion blur', motionBlur()),
  picture('out of focus', defocus()),
  picture('looking down 35°', lookingDown()),
  picture('glasses', glasses()),
  picture('mask', surgicalMask()),
  picture('hand on the mouth', handOnMouth),
  picture('grey', grey),
  film(64, 23),
  film(64, 32),
  film(64, 38),
  film(96, 32),
  film(48, 32),
  film(40, 32),
  film(32, 32),
  film(24, 32),
];
