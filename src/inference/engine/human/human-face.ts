import { EMOTIONS, type Emotion, type EmotionScores } from '../../../contracts/emotion.js';
import type { FoundFace } from '../port.js';
import type { FaceDescription } from '../../describe/face-description.js';
import type { PixelBox } from '../../pixels/picture.js';
import { poseFromMesh } from '../../describe/pose/pose-from-mesh.js';

/** The part of a face in Human's result that is used. */
export interface HumanFace {
  readonly boxScore: number;
  readonly faceScore: number;
  readonly mesh: readonly (readonly number[])[];
  readonly age?: number;
  readonly gender?: string;
  readonly genderScore?: number;
  readonly emotion?: readonly { readonly score: number; readonly emotion: string }[];
}

/** A face as this engine gives it: found and described at once. */
export interface HumanFinding {
  readonly found: FoundFace;
  readonly description: FaceDescription;
}

const NAMES: Readonly<Record<string, Emotion>> = {
  angry: 'anger',
  disgust: 'disgust',
  fear: 'fear',
  happy: 'happiness',
  sad: 'sadness',
  surprise: 'surprise',
  neutral: 'neutral',
};

/** Human rounds each score down to hundredths; they are brought back to a sum of 100. */
const emotionsOf = (scores: HumanFace['emotion']): EmotionScores => {
  const result = Object.fromEntries(EMOTIONS.map((name) => [name, 0])) as Record<Emotion, number>;
  for (const { emotion, score } of scores ?? []) {
    const name = NAMES[emotion];
    if (name !== undefined) result[name] = score;
  }
  const total = EMOTIONS.reduce((sum, name) => sum + result[name], 0);
  if (!(total > 0)) return { ...result, neutral: 100 };
  for (const name of EMOTIONS) result[name] *= 100 / total;
  return result;
};

const boundsOf = (mesh: HumanFace['mesh']): PixelBox => {
  const xs = mesh.map(([x = 0]) => x);
  const ys = mesh.map(([, y = 0]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

/** Depth comes in units of the 192 px crop, across and down in pixels: depth is brought to pixels by the crop's scale. */
const posePoints = (mesh: HumanFace['mesh'], cropPx: number): Float32Array =>
  Float32Array.from(mesh.slice(0, 468).flatMap(([x = 0, y = 0, z = 0]) => [x, y, (z * cropPx) / 192]));

const CROP_MARGIN = 1.4;

/** Reads a face of Human's result; null when it has no mesh. `region` is what was shown to it, in picture pixels; one pixel shown is `scale` of them. */
export const readHumanFace = (face: HumanFace, region: PixelBox, scale: number): HumanFinding | null => {
  if (face.mesh.length < 468) return null;
  const inRegion = boundsOf(face.mesh);
  const box = {
    x: inRegion.x * scale + region.x,
    y: inRegion.y * scale + region.y,
    width: inRegion.width * scale,
    height: inRegion.height * scale,
  };
  const side = Math.max(inRegion.width, inRegion.height);
  const probability = 0.5 + (face.genderScore ?? 0) / 2;
  const attributes =
    face.age === undefined || face.gender === undefined
      ? null
      : { age: face.age, male: face.gender === 'male' ? probability : 1 - probability };
  return {
    found: { box, score: face.boxScore, points: [] },
    description: {
      emotions: emotionsOf(face.emotion),
      attributes,
      pose: poseFromMesh(posePoints(face.mesh, side * CROP_MARGIN)),
      presence: face.faceScore,
      sharpness: null,
      mouth: null,
      shape: null,
    },
  };
};
