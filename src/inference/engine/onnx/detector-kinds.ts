import type { PixelBox } from '../../pixels/picture.js';
import { MINUS_ONE_TO_ONE, UNCHANGED, type Normalisation } from '../../pixels/normalisation.js';
import type { FoundFace } from '../port.js';
import { BLAZEFACE_SIZE, blazefaceAnchors, decodeBlazeface } from './blazeface.js';
import { decodeYunet, YUNET_OUTPUTS } from './yunet.js';

/** How a network that finds faces is fed and read. */
export interface DetectorKind {
  readonly size: number;
  readonly outputs: readonly string[];
  readonly normalisation: Normalisation;
  /** Its first plane is blue. */
  readonly isBlueFirst: boolean;
  /** Pictures at once, where it does not take any number. */
  readonly mostRows?: number;
  /** Faces of the picture at `index` of a batch, in the pixels of the picture that `square` was cut from. */
  readonly decode: (
    outputs: Readonly<Record<string, Float32Array>>,
    index: number,
    square: PixelBox,
    minScore: number,
  ) => FoundFace[];
}

/** BlazeFace, which comes with the product. */
export const blazefaceKind = (): DetectorKind => {
  const anchors = blazefaceAnchors();
  return {
    size: BLAZEFACE_SIZE,
    outputs: ['logits', 'boxes'],
    normalisation: MINUS_ONE_TO_ONE,
    isBlueFirst: false,
    decode: ({ logits = NOTHING, boxes = NOTHING }, index, square, minScore) =>
      decodeBlazeface({ logits, boxes, index }, anchors, square, minScore),
  };
};

const NOTHING = new Float32Array();

/** YuNet, which the owner brings; one picture at a time, 0–255, blue first. */
export const yunetKind = (size: number): DetectorKind => ({
  size,
  outputs: YUNET_OUTPUTS,
  normalisation: UNCHANGED,
  isBlueFirst: true,
  mostRows: 1,
  decode: (outputs, _index, square, minScore) => decodeYunet(outputs, size, square, minScore),
});
