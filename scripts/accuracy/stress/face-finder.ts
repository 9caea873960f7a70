import sharp from 'sharp';
import { FaceDetector } from '../../../src/inference/engine/onnx/face-detector.js';
import { Network } from '../../../src/inference/engine/onnx/network.js';
import { loadModel } from '../../../src/inference/models/load-model.js';
import { ZERO_TO_ONE } from '../../../src/inference/pixels/normalisation.js';
import { squareAround, type PixelBox, type SharedPicture } from '../../../src/inference/pixels/picture.js';
import { resample } from '../../../src/inference/pixels/resample.js';
import type { MeshedFace, Rgb } from './conditions/index.js';

/** What the mesh sees, sides of the detector's box. */
const MESH_MARGIN = 1.5;

/** A picture as the service has it: RGB, upright, on white. */
export const readRgb = async (source: string | Buffer): Promise<Rgb> => {
  const { data, info } = await sharp(source)
    .rotate()
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
};

/** The mesh of a face in its own units, and the square of the picture that it was computed on. */
export interface RawMesh {
  readonly points: Float32Array;
  readonly region: PixelBox;
  /** Side of the region in the mesh's units. */
  readonly size: number;
}

/** The points of a mesh in pixels of the picture. */
export const pointsInPicture = ({ points, region, size }: RawMesh): Float32Array => {
  const unit = region.width / size;
  return points.map((value, i) => unit * value + (i % 3 === 0 ? region.x : i % 3 === 1 ? region.y : 0));
};

/** Finds the face a portrait is of, and its mesh, with the networks that serve cameras. */
export class FaceFinder {
  private constructor(
    private readonly detector: FaceDetector,
    private readonly mesh: Network,
  ) {}

  static async start(): Promise<FaceFinder> {
    const session = { intraOpNumThreads: 1 };
    const open = async (name: string, size: number): Promise<Network> =>
      new Network(name, await loadModel(name, { session }), 3, size);
    return new FaceFinder(new FaceDetector(await open('blazeface', 256), 1), await open('facemesh', 192));
  }

  /** The box of the largest of the faces that the detector is at least half as sure of as of its surest; null where there is none. */
  async boxIn(picture: SharedPicture): Promise<PixelBox | null> {
    const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
    const [seen] = await this.detector.detect([{ streamId: '', picture, regions: [whole] }]);
    const found = seen?.faces ?? [];
    const surest = found[0]?.score ?? 0;
    const [face] = found
      .filter(({ score }) => score >= surest / 2)
      .sort((a, b) => Math.min(b.box.width, b.box.height) - Math.min(a.box.width, a.box.height));
    return face?.box ?? null;
  }

  async meshOf(picture: SharedPicture, box: PixelBox): Promise<RawMesh> {
    const region = squareAround(box, MESH_MARGIN);
    const { size } = this.mesh;
    const { data } = this.mesh.batch(1);
    resample(picture, region, { data, offset: 0, size }, ZERO_TO_ONE);
    const { mesh } = await this.mesh.run(1, ['mesh'] as const);
    return { points: mesh, region, size };
  }

  /** The face of `boxIn` with its mesh; null where there is none. */
  async find(picture: Rgb): Promise<MeshedFace | null> {
    const box = await this.boxIn(picture);
    if (box === null) return null;
    const mesh = pointsInPicture(await this.meshOf(picture, box));
    return { picture, mesh, sidePx: Math.min(box.width, box.height) };
  }
}
