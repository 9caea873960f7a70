import sharp from 'sharp';
import { seeded } from '../../scripts/accuracy/intervals.js';
import type { MeshedFace, Rgb } from '../../scripts/accuracy/stress/conditions/index.js';
import { FaceFinder, pointsInPicture, readRgb, type RawMesh } from '../../scripts/accuracy/stress/face-finder.js';
import type { PixelBox, SharedPicture } from '../../src/inference/pixels/picture.js';
import { faceFrameOf } from '../../src/inference/describe/shape/face-frame.js';
import { FaceReader } from '../../src/inference/describe/expression/face-reader.js';
import type { InferenceSession } from '../../src/inference/models/onnx-runtime.js';
import { Network } from '../../src/inference/engine/onnx/network.js';
import { fitMesh } from '../../src/inference/describe/pose/pose-from-mesh.js';
import { loadModel } from '../../src/inference/models/load-model.js';

/** Sides of the face box, pixels, that the altered copies are shrunk to (drawn evenly on a logarithmic scale). */
const NEAR_PX = [60, 220] as const;
const SMALL_PX = [18, 80] as const;

interface Looked {
  readonly picture: SharedPicture;
  readonly box: PixelBox;
}

/** A copy as another camera might have taken it: smaller, compressed, darker or brighter, the box a little off. */
const altered = async (
  { picture, box }: Looked,
  [from, to]: readonly [number, number],
  random: () => number,
): Promise<Looked> => {
  const side = Math.max(box.width, box.height);
  const scale = Math.min(1, (from * (to / from) ** random()) / side);
  const width = Math.max(4, Math.round(picture.width * scale));
  const height = Math.max(4, Math.round(picture.height * scale));
  const quality = 50 + Math.floor(45 * random());
  const small = await readRgb(
    await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } })
      .resize(width, height, { fit: 'fill' })
      .jpeg({ quality })
      .toBuffer(),
  );
  const gamma = Math.exp(0.4 * (2 * random() - 1));
  const gain = 1 + 0.25 * (2 * random() - 1);
  const levels = Uint8Array.from({ length: 256 }, (_, v) => Math.min(255, Math.round(255 * (v / 255) ** gamma * gain)));
  const stretch = scale * Math.exp(0.12 * (random() + random() - 1));
  const shiftX = 0.08 * side * (random() + random() - 1);
  const shiftY = 0.08 * side * (random() + random() - 1);
  return {
    picture: { ...small, data: small.data.map((value) => levels[value] ?? 0) },
    box: {
      x: scale * (box.x + box.width / 2 + shiftX) - (stretch * box.width) / 2,
      y: scale * (box.y + box.height / 2 + shiftY) - (stretch * box.height) / 2,
      width: stretch * box.width,
      height: stretch * box.height,
    },
  };
};

/** Reads the head's features from pictures, through the code that serves cameras. */
export class FeatureExtractor {
  private constructor(
    private readonly finder: FaceFinder,
    private readonly reader: FaceReader,
  ) {}

  static async start(): Promise<FeatureExtractor> {
    const session: InferenceSession.SessionOptions = { intraOpNumThreads: 1 };
    const open = async (name: string, size: number, grey: boolean): Promise<Network> =>
      new Network(name, await loadModel(name, { session, grey }), 1, size);
    const reader = new FaceReader(
      { emotion: await open('emotion', 64, false), expression: await open('face_expression', 112, true) },
      null,
    );
    return new FeatureExtractor(await FaceFinder.start(), reader);
  }

  /** Plain, mirrored, near and small copies' features; null where no face is found. */
  async extract(file: string, seed: number): Promise<Float32Array[] | null> {
    const looked = await this.look(await readRgb(file));
    if (looked === null) return null;
    const random = seeded(seed);
    const near = await altered(looked, NEAR_PX, random);
    const small = await altered(looked, SMALL_PX, random);
    const looks = [
      { ...looked, mirrored: false },
      { ...looked, mirrored: true },
      { ...near, mirrored: random() < 0.5 },
      { ...small, mirrored: random() < 0.5 },
    ];
    const faces = [];
    for (const look of looks) faces.push({ ...look, frame: frameOf(await this.meshOf(look)) });
    return (await this.reader.read(faces)).map(({ features }) => features);
  }

  /** The picture's features as it is and as a small copy, and its face with the mesh; null where no face is found. */
  async extractWithMesh(
    picture: Rgb,
    random: () => number,
  ): Promise<{ readonly features: Float32Array[]; readonly face: MeshedFace } | null> {
    const looked = await this.look(picture);
    if (looked === null) return null;
    const small = await altered(looked, SMALL_PX, random);
    const mesh = await this.meshOf(looked);
    const faces = [
      { ...looked, frame: frameOf(mesh) },
      { ...small, frame: frameOf(await this.meshOf(small)) },
    ];
    const features = (await this.reader.read(faces)).map((reading) => reading.features);
    const sidePx = Math.min(looked.box.width, looked.box.height);
    return { features, face: { picture, mesh: pointsInPicture(mesh), sidePx } };
  }

  private async look(picture: SharedPicture): Promise<Looked | null> {
    const box = await this.finder.boxIn(picture);
    return box === null ? null : { picture, box };
  }

  private meshOf({ picture, box }: Looked): Promise<RawMesh> {
    return this.finder.meshOf(picture, box);
  }
}

const frameOf = ({ points, region, size }: RawMesh): ReturnType<typeof faceFrameOf> =>
  faceFrameOf(fitMesh(points), region, size);
