import sharp from 'sharp';
import { FaceDetector } from '../../../src/inference/engine/onnx/face-detector.js';
import { Network } from '../../../src/inference/engine/onnx/network.js';
import { loadModel } from '../../../src/inference/models/load-model.js';
import { ZERO_TO_ONE } from '../../../src/inference/pixels/normalisation.js';
import { squareAround } from '../../../src/inference/pixels/picture.js';
import { resample } from '../../../src/inference/pixels/resample.js';
import type { MeshedFace, Rgb } from './conditions/index.js';

const MESH_MARGIN = 1.5;
const POINTS = 468;

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

  /** The largest of the faces that the detector is at least half as sure of as of its surest; null where there is none. */
  async find(picture: Rgb): Promise<MeshedFace | null> {
    const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
    const [seen] = await this.detector.detect([{ streamId: '', picture, regions: [whole] }]);
    const found = seen?.faces ?? [];
    const surest = found[0]?.score ?? 0;
    const [face] = found
      .filter(({ score }) => score >= surest / 2)
      .sort((a, b) => Math.min(b.box.width, b.box.height) - Math.min(a.box.width, a.box.height));
    if (face === undefined) return null;
    const region = squareAround(face.box, MESH_MARGIN);
    const { data } = this.mesh.batch(1);
    resample(picture, region, { data, offset: 0, size: this.mesh.size }, ZERO_TO_ONE);
    const { mesh } = await this.mesh.run(1, ['mesh'] as const);
    const unit = region.width / this.mesh.size;
    const points = Float32Array.from({ length: 3 * POINTS }, (_, i) => {
      const value = (mesh[i] as number) * unit;
      return i % 3 === 0 ? region.x + value : i % 3 === 1 ? region.y + value : value;
    });
    return { picture, mesh: points, sidePx: Math.min(face.box.width, face.box.height) };
  }
}
