import type { Vector3 } from './rotation.js';

/**
 * Points of FaceMesh that expressions hardly move, as index and x, y, z: the mean of the network's own output on frontal
 * portraits (Face Research Lab London Set, DeBruine & Jones 2017, CC BY 4.0), aligned, made mirror-symmetric, centred
 * and scaled to a root mean square radius of 1. A mean frontal portrait therefore has yaw, pitch and roll 0.
 */
const RIGID_POINTS: readonly (readonly [index: number, x: number, y: number, z: number])[] = [
  [2, 0.0, 0.7915, -0.5586],
  [4, 0.0, 0.5613, -0.8333],
  [6, 0.0, 0.0961, -0.497],
  [8, 0.0, -0.1482, -0.417],
  [9, 0.0, -0.2896, -0.4306],
  [10, 0.0, -0.7907, -0.2873],
  [21, -1.065, -0.2698, 0.4078],
  [33, -0.7423, 0.069, -0.0641],
  [34, -1.1071, 0.1829, 0.4174],
  [54, -0.9701, -0.4689, 0.2174],
  [67, -0.5704, -0.7328, -0.1612],
  [98, -0.2598, 0.7713, -0.4255],
  [103, -0.8138, -0.6271, 0.0138],
  [109, -0.308, -0.7804, -0.2642],
  [116, -1.0286, 0.3675, 0.1225],
  [123, -1.0113, 0.588, 0.0805],
  [127, -1.1328, 0.1927, 0.757],
  [133, -0.2851, 0.0898, -0.154],
  [143, -1.0145, 0.1689, 0.1712],
  [151, 0.0, -0.5457, -0.3683],
  [162, -1.1156, -0.0621, 0.6077],
  [168, 0.0, -0.0261, -0.4177],
  [195, 0.0, 0.3104, -0.6854],
  [197, 0.0, 0.2067, -0.5875],
  [234, -1.1191, 0.4283, 0.8149],
  [251, 1.065, -0.2698, 0.4078],
  [263, 0.7423, 0.069, -0.0641],
  [264, 1.1071, 0.1829, 0.4174],
  [284, 0.9701, -0.4689, 0.2174],
  [297, 0.5704, -0.7328, -0.1612],
  [327, 0.2598, 0.7713, -0.4255],
  [332, 0.8138, -0.6271, 0.0138],
  [338, 0.308, -0.7804, -0.2642],
  [345, 1.0286, 0.3675, 0.1225],
  [352, 1.0113, 0.588, 0.0805],
  [356, 1.1328, 0.1927, 0.757],
  [362, 0.2851, 0.0898, -0.154],
  [372, 1.0145, 0.1689, 0.1712],
  [389, 1.1156, -0.0621, 0.6077],
  [454, 1.1191, 0.4283, 0.8149],
];

/** FaceMesh indices of the rigid points. */
export const RIGID_INDICES: readonly number[] = RIGID_POINTS.map(([index]) => index);

/** Where those points lie in a face that looks into the camera; unit: their root mean square radius. */
export const RIGID_MODEL: readonly Vector3[] = RIGID_POINTS.map(([, x, y, z]) => [x, y, z]);
