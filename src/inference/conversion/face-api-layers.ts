import { EmoscopeError } from '../../runtime/errors.js';
import type { WeightTensor } from './decode-weights.js';
import { convWeights, depthwiseWeights } from './layout.js';
import { OnnxGraph } from './onnx-graph.js';

/** The layers both networks of face-api are made of, writing into one ONNX graph from weights by name. */
export class FaceApiLayers {
  readonly graph: OnnxGraph;

  constructor(
    name: string,
    private readonly weights: ReadonlyMap<string, WeightTensor>,
  ) {
    this.graph = new OnnxGraph(name);
  }

  /** The picture: NCHW, 112², RGB as (value − mean) ÷ 255. */
  picture(): string {
    return this.graph.input('input', ['batch', 3, 112, 112]);
  }

  conv(input: string, prefix: string, stride: number): string {
    const { shape, data } = convWeights(this.weight(`${prefix}/filters`));
    return this.graph.node('Conv', [input, this.graph.floats(data, shape), this.vector(`${prefix}/bias`)], {
      kernel_shape: shape.slice(2),
      strides: [stride, stride],
      auto_pad: 'SAME_UPPER',
    });
  }

  /** Depthwise 3×3 with the stride, then pointwise with the bias. */
  separableConv(input: string, prefix: string, stride: number): string {
    const depthwise = depthwiseWeights(this.weight(`${prefix}/depthwise_filter`));
    const pointwise = convWeights(this.weight(`${prefix}/pointwise_filter`));
    const spatial = this.graph.node('Conv', [input, this.graph.floats(depthwise.data, depthwise.shape)], {
      kernel_shape: depthwise.shape.slice(2),
      strides: [stride, stride],
      auto_pad: 'SAME_UPPER',
      group: depthwise.shape[0] ?? 1,
    });
    const inputs = [spatial, this.graph.floats(pointwise.data, pointwise.shape), this.vector(`${prefix}/bias`)];
    return this.graph.node('Conv', inputs, { kernel_shape: [1, 1], strides: [1, 1] });
  }

  relu(input: string): string {
    return this.graph.node('Relu', [input]);
  }

  add(first: string, second: string): string {
    return this.graph.node('Add', [first, second]);
  }

  maxPool(input: string): string {
    return this.graph.node('MaxPool', [input], { kernel_shape: [3, 3], strides: [2, 2], auto_pad: 'SAME_UPPER' });
  }

  /** Mean over the picture: (batch, channels). */
  globalAverage(input: string): string {
    return this.graph.node('ReduceMean', [input], { axes: [2, 3], keepdims: 0 });
  }

  /** Mean over the width: (batch, channels, rows). */
  rowAverages(input: string): string {
    return this.graph.node('ReduceMean', [input], { axes: [3], keepdims: 0 });
  }

  dense(input: string, prefix: string): string {
    const weights = this.weight(`${prefix}/weights`);
    const matrix = this.graph.floats(Float32Array.from(weights.data), weights.shape);
    return this.graph.node('Gemm', [input, matrix, this.vector(`${prefix}/bias`)]);
  }

  softmax(input: string): string {
    return this.graph.node('Softmax', [input], { axis: -1 });
  }

  private vector(name: string): string {
    const { data } = this.weight(name);
    return this.graph.floats(Float32Array.from(data), [data.length]);
  }

  private weight(name: string): WeightTensor {
    const tensor = this.weights.get(name);
    if (tensor === undefined) throw new EmoscopeError('MODEL_CONVERSION', `The weight ${name} is not there.`);
    return tensor;
  }
}
