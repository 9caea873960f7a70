import { wholeBlocks } from './layout.js';
import type { OnnxGraph } from './onnx-graph.js';

/** A value of a graph that is being converted. */
export interface Value {
  readonly name: string;
  /** nchw: rank 4, transposed from NHWC; plain: as TensorFlow has it. */
  readonly layout: 'nchw' | 'plain';
  /** nchw: channels it is stored with; those beyond `depth`, TensorFlow's number of them, are zero. plain: both 0. */
  readonly channels: number;
  readonly depth: number;
  /** nchw: how many pixels of the network's picture one of its pixels is. */
  readonly step: number;
}

export const PLAIN = { layout: 'plain', channels: 0, depth: 0, step: 0 } as const;

/** A picture's values without the channels that were added. */
export const withoutAdded = (graph: OnnxGraph, { name, channels, depth }: Value): string =>
  channels === depth
    ? name
    : graph.node('Slice', [name, graph.integers([0]), graph.integers([depth]), graph.integers([1])]);

/** Values held between two bounds. */
export const clipped = (graph: OnnxGraph, value: Value, lowest: number, highest: number): Value => {
  const bounds = [lowest, highest].map((bound) => graph.floats(Float32Array.of(bound), []));
  return { ...value, name: graph.node('Clip', [value.name, ...bounds]) };
};

/** Multiplies each channel by its factor. */
const scaled = (graph: OnnxGraph, value: string, factors: Float32Array): string => {
  const weights = graph.floats(factors, [factors.length, 1, 1, 1]);
  return graph.node('Conv', [value, weights], { kernel_shape: [1, 1], group: factors.length });
};

/**
 * Negative values times the slope of their channel: as x + (1 − slope) · relu(−x), with 1×1 depthwise convolutions for the
 * products. The same as PRelu, and ONNX Runtime keeps its fast layout and joins each product with what follows it.
 */
export const leaky = (graph: OnnxGraph, input: Value, slopes: ArrayLike<number>): Value => {
  const { channels, name } = input;
  const below = graph.node('Relu', [scaled(graph, name, new Float32Array(channels).fill(-1))]);
  const factors = Float32Array.from({ length: channels }, (_, i) => 1 - (slopes[i] ?? 0));
  return { ...input, name: graph.node('Add', [scaled(graph, below, factors), name]) };
};

/** A picture with channels of zeros added: as a convolution that copies, since unlike Pad it keeps ONNX Runtime's fast layout. */
export const deepened = (graph: OnnxGraph, input: Value, added: number): Value => {
  const depth = input.depth + added;
  const channels = wholeBlocks(depth);
  const copy = new Float32Array(channels * input.channels);
  for (let i = 0; i < input.channels; i += 1) copy[i * input.channels + i] = 1;
  const weights = graph.floats(copy, [channels, input.channels, 1, 1]);
  return { ...input, name: graph.node('Conv', [input.name, weights], { kernel_shape: [1, 1] }), channels, depth };
};

/** A picture made larger by a whole factor, as TensorFlow does it: the first pixels stay where they were. */
export const enlarged = (graph: OnnxGraph, input: Value, factor: number): Value => {
  const scales = graph.floats(Float32Array.of(1, 1, factor, factor), [4]);
  const name = graph.node('Resize', [input.name, '', scales], {
    mode: 'linear',
    coordinate_transformation_mode: 'asymmetric',
  });
  return { ...input, name, step: input.step / factor };
};

/** The channels of several pictures, one after the other. */
export const joined = (graph: OnnxGraph, values: readonly Value[]): Value => {
  const name = graph.node(
    'Concat',
    values.map((value) => withoutAdded(graph, value)),
    { axis: 1 },
  );
  const depth = values.reduce((sum, value) => sum + value.depth, 0);
  return { name, layout: 'nchw', channels: depth, depth, step: values[0]?.step ?? 1 };
};
