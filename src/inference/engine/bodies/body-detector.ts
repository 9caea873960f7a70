import { EmoscopeError } from '../../../runtime/errors.js';
import { type InferenceSession, Tensor } from '../../models/onnx-runtime.js';
import { UNCHANGED } from '../../pixels/normalisation.js';
import type { SharedPicture } from '../../pixels/picture.js';
import { resample } from '../../pixels/resample.js';
import { allFinite } from '../onnx/network.js';
import { CENTERNET_BLOCK, decodeCenternet, type FoundBody } from './centernet.js';

/** The longer side of the picture that the network looks at, pixels; people below a sixth of the height are lost in it. */
const LONG_SIDE_PX = 384;
/** Findings below this are noise; what the tracker may use starts here. */
const MIN_SCORE = 0.2;

const wholeBlocks = (length: number): number => Math.ceil(length / CENTERNET_BLOCK) * CENTERNET_BLOCK;

/** Looks for people in whole pictures; runs inside ONNX Runtime, so it belongs in a worker. */
export class BodyDetector {
  /** The picture in a square, of which only the part with the picture is looked at. */
  private readonly square = new Float32Array(3 * LONG_SIDE_PX * LONG_SIDE_PX);
  private input = new Float32Array(0);

  constructor(private readonly session: InferenceSession) {}

  /** Bodies by falling score. Throws ENGINE_OUTPUT when the network's answer is not finite. */
  async detect(picture: SharedPicture): Promise<FoundBody[]> {
    const longer = Math.max(picture.width, picture.height);
    const scale = longer / LONG_SIDE_PX;
    const width = wholeBlocks(picture.width / scale);
    const height = wholeBlocks(picture.height / scale);
    this.fill(picture, longer, width, height);
    const input = new Tensor('float32', this.input, [1, 3, height, width]);
    const { people, edges } = await this.session.run({ input }, ['people', 'edges']);
    const columns = people?.dims[3] ?? 0;
    const rows = people?.dims[2] ?? 0;
    const maps = { people: finite(people?.data), edges: finite(edges?.data), columns, rows };
    return decodeCenternet(maps, scale, MIN_SCORE);
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  /** The picture, scaled down, in the top left corner; black beside and below it. */
  private fill(picture: SharedPicture, longer: number, width: number, height: number): void {
    const { square } = this;
    const region = { x: 0, y: 0, width: longer, height: longer };
    resample(picture, region, { data: square, offset: 0, size: LONG_SIDE_PX }, UNCHANGED);
    if (this.input.length !== 3 * width * height) this.input = new Float32Array(3 * width * height);
    for (let row = 0; row < 3 * height; row += 1) {
      const plane = Math.floor(row / height);
      const from = (plane * LONG_SIDE_PX + (row % height)) * LONG_SIDE_PX;
      this.input.set(square.subarray(from, from + width), row * width);
    }
  }
}

const finite = (data: unknown): Float32Array => {
  if (data instanceof Float32Array && allFinite(data)) return data;
  throw new EmoscopeError('ENGINE_OUTPUT', 'The model centernet returned values that are not finite.');
};
