import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { seeded } from '../../scripts/accuracy/intervals.js';
import { expressionSets, personOf } from '../../scripts/accuracy/labelled-sets.js';
import {
  dark,
  glasses,
  handOnMouth,
  surgicalMask,
  type Condition,
  type Rgb,
} from '../../scripts/accuracy/stress/conditions/index.js';
import { readRgb } from '../../scripts/accuracy/stress/face-finder.js';
import { readFrames } from '../../src/ingest/recordings/read-frames.js';
import { FeatureExtractor } from '../expression-head/face-features.js';
import { keptFeatures } from '../expression-head/feature-cache.js';

/** One look at a face: its features, whether something lies before its mouth, and how far the lips are apart. */
export interface MouthExample {
  readonly person: string;
  readonly kind: 'bare' | 'glasses' | 'dark' | 'mask' | 'hand';
  /** Distance between the lips in distances between the outer corners of the eyes, by the mesh of the face as it is; null where it is covered. */
  readonly gap: number | null;
  /** Of the face as it is, then of a small copy. */
  readonly features: readonly Float32Array[];
}

/** Upper and lower inner lip: middle, and to both sides. */
const LIPS = [
  [13, 14],
  [312, 317],
  [82, 87],
] as const;
const EYE_CORNERS = [33, 263] as const;

const distance = (mesh: Float32Array, a: number, b: number): number =>
  Math.hypot(...[0, 1, 2].map((axis) => (mesh[3 * a + axis] as number) - (mesh[3 * b + axis] as number)));

/** How far the lips of a mesh are apart, in distances between the outer corners of the eyes. */
export const lipGap = (mesh: Float32Array): number =>
  LIPS.reduce((sum, [upper, lower]) => sum + distance(mesh, upper, lower), 0) /
  LIPS.length /
  distance(mesh, ...EYE_CORNERS);

const COPIES = 2;
/** Frames a second taken of films of people who talk. */
const FILM_FPS = 3;

type Row = Omit<MouthExample, 'features'>;

/** Examples of every n-th labelled face and of the films, from the cache folder or made and kept there. */
export const mouthExamples = (media: string, cache: string, every: number): Promise<MouthExample[]> =>
  keptFeatures<Row>({ cache, name: `mouth-${String(every)}`, copies: COPIES }, (keep) => make(media, every, keep));

const make = async (
  media: string,
  every: number,
  keep: (row: Row, features: readonly Float32Array[]) => void,
): Promise<void> => {
  const extractor = await FeatureExtractor.start();
  const add = async (person: string, picture: Rgb, seed: number, conditions: boolean): Promise<void> => {
    const random = seeded(seed);
    const bare = await extractor.extractWithMesh(picture, random);
    if (bare === null) return;
    const gap = lipGap(bare.face.mesh);
    keep({ person, kind: 'bare', gap }, bare.features);
    if (!conditions) return;
    const also: [MouthExample['kind'], Condition][] = [
      ['mask', surgicalMask()],
      ['hand', handOnMouth],
      ['glasses', glasses()],
      ['dark', dark(0.12 + 0.4 * random())],
    ];
    for (const [kind, condition] of also) {
      const changed = await extractor.extractWithMesh(condition(bare.face, random).picture, random);
      const covered = kind === 'mask' || kind === 'hand';
      if (changed !== null) keep({ person, kind, gap: covered ? null : gap }, changed.features);
    }
  };
  let seed = 0;
  const pictures = (await expressionSets(media)).get('faces-in-the-wild') ?? [];
  for (const { file, person } of pictures.filter((_, n) => n % every === 0)) {
    seed += 1;
    if (seed % 200 === 0) console.error(`mouths: ${String(seed)}`);
    await add(person, await readRgb(file), seed, true);
  }
  for (const { file, person } of await films(media)) {
    for await (const frame of readFrames({ streamId: file, url: file, fps: FILM_FPS, maxWidth: 960, startTs: 0 })) {
      seed += 1;
      await add(person, { width: frame.width, height: frame.height, channels: 3, data: frame.data }, seed, false);
    }
  }
};

/** Films of people who talk, `talking/<kind>/*.mp4`; the person is the file name up to its clip's number. */
const films = async (media: string): Promise<{ file: string; person: string }[]> => {
  const root = path.join(media, 'talking');
  if (!existsSync(root)) return [];
  const kinds = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const found = [];
  for (const { name } of kinds)
    for (const file of (await readdir(path.join(root, name))).sort())
      if (file.endsWith('.mp4'))
        found.push({ file: path.join(root, name, file), person: personOf(file).replace(/_clip$/, '') });
  return found;
};
