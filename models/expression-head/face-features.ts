import sharp, { type CreateRaw } from 'sharp';
import { seeded } from '../../scripts/accuracy/intervals.js';
import type { PixelBox, SharedPicture } from '../../src/inference/pixels/picture.js';
import { faceFrameOf } from '../../src/inference/describe/shape/face-frame.js';
import { FaceReader } from '../../src/inference/describe/expression/face-reader.js';
import type { InferenceSession } from '../../src/inference/models/onnx-runtime.js';
import { FaceDetector } from '../../src/inference/engine/onnx/face-detector.js';
import { resample } from '../../src/inference/pixels/resample.js';
import { ZERO_TO_ONE } from '../../src/inference/pixels/normalisation.js';
import { squareAround } from '../../src/inference/pixels/picture.js';
import { Network } from '../../src/inference/engine/onnx/network.js';
import { fitMesh } from '../../src/inference/describe/pose/pose-from-mesh.js';
import { loadModel } from '../../src/inference/models/load-model.js';

/** Sides of the face box, pixels, that the altered copies are shrunk to (drawn evenly on a logarithmic scale). */
const NEAR_PX = [60, 220] as const;
const SMALL_PX = [18, 80] as const;
/** What the mesh sees, sides of the detector's box. */
const MESH_MARGIN = 1.5;

/** A picture as the service has it: RGB, upright, on white. */
export const read = async (source: string | Buffer | Uint8Array, raw?: CreateRaw): Promise<SharedPicture> => {
  const { data, info } = await sharp(source, raw === undefined ? {} : { raw })
    .rotate()
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
};

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
  const small = await read(
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
    private readonly detector: FaceDetector,
    private readonly mesh: Network,
    private readonly reader: FaceReader,
  ) {}

  static async start(): Promise<FeatureExtractor> {
    const open = async (name: string, channels: number, size: number, grey = false): Promise<Network> => {
      const session: InferenceSession.SessionOptions = { intraOpNumThreads: 1 };
      return new Network(name, await loadModel(name, { session, grey }), channels, size);
    };
    const reader = new FaceReader(
      { emotion: await open('emotion', 1, 64), expression: await open('face_expression', 1, 112, true) },
      null,
    );
    return new FeatureExtractor(
      new FaceDetector(await open('blazeface', 3, 256), 1),
      await open('facemesh', 3, 192),
      reader,
    );
  }

  /** Plain, mirrored, near and small copies' features; null where no face is found. */
  async extract(file: string, seed: number): Promise<Float32Array[] | null> {
    const looked = await this.look(await read(file));
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
    for (const look of looks) faces.push({ ...look, frame: this.frameOf(await this.meshOf(look), look) });
    return (await this.reader.read(faces)).map(({ features }) => features);
  }

  /** The picture's features as it is and as a small copy, and the mesh of its face, in pixels of the picture; null where no face is found. */
  async extractWithMesh(
    picture: SharedPicture,
    random: () => number,
  ): Promise<{ readonly features: Float32Array[]; readonly mesh: Float32Array; readonly sidePx: number } | null> {
    const looked = await this.look(picture);
    if (looked === null) return null;
    const small = await altered(looked, SMALL_PX, random);
    const mesh = await this.meshOf(looked);
    const faces = [
      { ...looked, frame: this.frameOf(mesh, looked) },
      { ...small, frame: this.frameOf(await this.meshOf(small), small) },
    ];
    const features = (await this.reader.read(faces)).map((reading) => reading.features);
    const region = squareAround(looked.box, MESH_MARGIN);
    const unit = region.width / this.mesh.size;
    const points = mesh.map((value, i) => unit * value + (i % 3 === 0 ? region.x : i % 3 === 1 ? region.y : 0));
    return { features, mesh: points, sidePx: Math.min(looked.box.width, looked.box.height) };
  }

  /** The largest of the faces that the detector is at least half as sure of as of its surest. */
  private async look(picture: SharedPicture): Promise<Looked | null> {
    const region = { x: 0, y: 0, width: picture.width, height: picture.height };
    const [seen] = await this.detector.detect([{ streamId: '', picture, regions: [region] }]);
    const found = seen?.faces ?? [];
    const surest = found[0]?.score ?? 0;
    const [face] = found
      .filter(({ score }) => score >= surest / 2)
      .sort((a, b) => Math.min(b.box.width, b.box.height) - Math.min(a.box.width, a.box.height));
    return face === undefined ? null : { picture, box: face.box };
  }

  private async meshOf({ picture, box }: Looked): Promise<Float32Array> {
    const { data } = this.mesh.batch(1);
    resample(picture, squareAround(box, MESH_MARGIN), { data, offset: 0, size: this.mesh.size }, ZERO_TO_ONE);
    const { mesh } = await this.mesh.run(1, ['mesh'] as const);
    return mesh;
  }

  private frameOf(mesh: Float32Array, { box }: Looked): ReturnType<typeof faceFrameOf> {
    return faceFrameOf(fitMesh(mesh), squareAround(box, MESH_MARGIN), this.mesh.size);
  }
}
