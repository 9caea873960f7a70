import type { TurnedSquare } from '../../pixels/picture.js';
import type { PixelBox } from '../../pixels/picture.js';
import type { RigidFit } from '../pose/rigid-fit.js';
import { poseOfRotation } from '../pose/rotation.js';

/** Side and centre of the detector's box in units of the rigid model, means over frontal portraits. */
const SIDE = 2.386;
const DOWN = 0.69;

/** Mesh points that say nothing (no face there) must not send the crop to infinity. */
const MIN_SIDE = 0.4;
const MAX_SIDE = 2.2;

/**
 * The frame of a face, as wide as a detector's box on a frontal one, from the rigid fit of its mesh. Steadier than the detector's box, which wanders with hair, hands
 * and faces that fill the picture. `region` is the square of the picture the mesh was computed on, `meshSize` its side in mesh units.
 */
export const faceFrameOf = (fit: RigidFit, region: PixelBox, meshSize: number): TurnedSquare => {
  const unit = region.width / meshSize;
  const { rotation, scale, shift } = fit;
  const side = SIDE * scale * unit;
  const boxSide = region.width / 1.5;
  const angleRad = (poseOfRotation(rotation).roll * Math.PI) / 180;
  const centreX = region.x + unit * (shift[0] + scale * rotation[0][1] * DOWN);
  const centreY = region.y + unit * (shift[1] + scale * rotation[1][1] * DOWN);
  const inside =
    Math.abs(centreX - region.x - region.width / 2) < region.width / 2 &&
    Math.abs(centreY - region.y - region.height / 2) < region.height / 2;
  if (side > MIN_SIDE * boxSide && side < MAX_SIDE * boxSide && inside)
    return { centreX, centreY, sidePx: side, angleRad };
  return { centreX: region.x + region.width / 2, centreY: region.y + region.height / 2, sidePx: boxSide, angleRad: 0 };
};
