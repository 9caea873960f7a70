import type { AddableModel, ModelInfo } from '../../../contracts/service/models.js';

/** A network that an owner may bring, by what it must take and give for a square picture of `size` pixels. */
export interface Addable {
  readonly name: string;
  readonly task: ModelInfo['task'];
  /** Larger files are refused unread. */
  readonly mostBytes: number;
  /** Name of its only input, NCHW, three planes. */
  readonly input: string;
  /** Sides that it may be made for; a free one is `sizes[0]`. */
  readonly sizes: readonly number[];
  /** Shape of each output for one picture. */
  readonly outputs: (size: number) => Readonly<Record<string, readonly number[]>>;
}

/** Strides of the grids that YuNet looks at. */
export const YUNET_STRIDES = [8, 16, 32] as const;

/** Values of each cell of a grid, by the beginning of its output's name. */
export const YUNET_HEADS = { cls: 1, obj: 1, bbox: 4, kps: 10 } as const;

/** YuNet of the OpenCV zoo (face_detection_yunet_2023mar.onnx). */
const yunet: Addable = {
  name: 'yunet',
  task: 'detection',
  mostBytes: 8 * 1024 * 1024,
  input: 'input',
  sizes: [640, 320, 480],
  outputs: (size) =>
    Object.fromEntries(
      YUNET_STRIDES.flatMap((stride) =>
        Object.entries(YUNET_HEADS).map(([head, values]) => [`${head}_${stride}`, [1, (size / stride) ** 2, values]]),
      ),
    ),
};

/** Everything that may be added. */
export const ADDABLE: Readonly<Record<AddableModel, Addable>> = { yunet };
