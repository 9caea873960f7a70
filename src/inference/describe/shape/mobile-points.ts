/** FaceMesh indices of the lips, which speech and smiles move. */
const LIPS = [
  61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 78, 95, 88, 178, 87, 14,
  317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
];
/** Of the eyelids and eyebrows, which blinks and glances move. */
const EYES = [
  33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 263, 249, 390, 373, 374, 380, 381, 382,
  362, 466, 388, 387, 386, 385, 384, 398, 46, 53, 52, 65, 55, 70, 63, 105, 66, 107, 276, 283, 282, 295, 285, 300, 293,
  334, 296, 336,
];
const INDICES = [...LIPS, ...EYES];

/** Where the eyes begin among the points of a figure. */
export const FIRST_EYE_POINT = LIPS.length;

/** The points of a face mesh that a living face moves, x, y pairs in the mesh's units. */
export const mobilePointsOf = (mesh: Float32Array): Float32Array => {
  const mobilePoints = new Float32Array(2 * INDICES.length);
  INDICES.forEach((index, i) => {
    mobilePoints[2 * i] = mesh[3 * index] as number;
    mobilePoints[2 * i + 1] = mesh[3 * index + 1] as number;
  });
  return mobilePoints;
};
