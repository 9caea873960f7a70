/** What a camera in a shop may do to a face; used to measure with, and to train with. */
export type { Colour, Condition, MeshedFace, Rgb } from './face.js';
export { defocus, motionBlur } from './blur.js';
export { glasses } from './glasses.js';
export { handOnMouth } from './hand.js';
export { backlight, dark, grey } from './light.js';
export { MASK_COLOURS, surgicalMask } from './mask.js';
export { lookingDown } from './pitch.js';
export { croppedTo, scaledPicture, shrink, shrunkTo } from './size.js';
