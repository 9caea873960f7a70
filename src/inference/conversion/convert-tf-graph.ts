import { EmoscopeError } from '../../runtime/errors.js';
import { type WeightEntry, type WeightTensor, decodeWeights } from './decode-weights.js';
import { PLAIN, type Value, clipped, deepened, enlarged, joined, leaky, withoutAdded } from './graph-value.js';
import { convWeights, depthwiseWeights, padLeading, wholeBlocks } from './layout.js';
import { OnnxGraph } from './onnx-graph.js';
import { type TfNode, flag, integerList, padding, strideOf, textList } from './tf-node.js';

/** A TensorFlow.js graph model: topology in JSON, weights packed beside it. */
export interface TfGraphModel {
  readonly modelTopology: { readonly node: readonly TfNode[] };
  readonly weightsManifest: readonly { readonly weights: readonly WeightEntry[] }[];
}

/** How a graph is converted. */
export interface TfGraphOptions {
  /** Whether pictures of other sizes are taken than the graph was written for. */
  readonly anySize?: boolean;
}

const fail = (message: string): never => {
  throw new EmoscopeError('MODEL_CONVERSION', message);
};

/** Rewrites an NHWC TensorFlow inference graph as an NCHW ONNX graph with a free batch dimension. */
export class TfGraphConverter {
  readonly graph: OnnxGraph;
  private readonly nodes: ReadonlyMap<string, TfNode>;
  private readonly weights: ReadonlyMap<string, WeightTensor>;
  private readonly done = new Map<string, Value>();
  /** The height of the pictures that the graph was written for. */
  private pictureHeight = 0;

  constructor(
    name: string,
    model: TfGraphModel,
    packedWeights: Uint8Array,
    private readonly options: TfGraphOptions = {},
  ) {
    this.graph = new OnnxGraph(name);
    this.nodes = new Map(model.modelTopology.node.map((node) => [node.name, node]));
    const entries = model.weightsManifest.flatMap((group) => group.weights);
    this.weights = decodeWeights(entries, packedWeights);
  }

  /** Converts what the named TF node needs and returns its ONNX value. */
  value(reference: string): Value {
    const name = reference.replace(/:\d+$/, '');
    const known = this.done.get(name);
    if (known !== undefined) return known;
    const node = this.nodes.get(name) ?? fail(`The graph has no node ${name}.`);
    const value = this.convert(node);
    this.done.set(name, value);
    return value;
  }

  private convert(node: TfNode): Value {
    switch (node.op) {
      case 'Placeholder':
        return this.placeholder(node);
      case 'Identity':
        return this.value(this.inputName(node, 0));
      case 'Conv2D':
      case '_FusedConv2D':
        return this.conv(node);
      case 'DepthwiseConv2dNative':
      case 'FusedDepthwiseConv2dNative':
        return this.depthwise(node);
      case 'Add':
      case 'AddV2':
        return this.binary(node, 'Add');
      case 'Mul':
        return this.binary(node, 'Mul');
      case 'Minimum':
        return this.clip(node, 'max');
      case 'Maximum':
        return this.clip(node, 'min');
      case 'Relu':
      case 'Sigmoid':
        return this.unary(node, node.op);
      case 'Relu6':
        return clipped(this.graph, this.value(this.inputName(node, 0)), 0, 6);
      case 'ResizeBilinear':
        return this.resize(node);
      case 'ConcatV2':
        return this.concat(node);
      case 'Softmax':
        return this.unary(node, 'Softmax', { axis: -1 });
      case 'Prelu':
        return this.prelu(this.value(this.inputName(node, 0)), this.inputName(node, 1));
      case 'MaxPool':
        return this.maxPool(node);
      case 'Pad':
        return this.pad(node);
      case 'Mean':
        return this.mean(node);
      case 'Reshape':
        return this.reshape(node);
      case '_FusedMatMul':
        return this.matMul(node);
      default:
        return fail(`The operation ${node.op} of ${node.name} is not supported.`);
    }
  }

  private inputName(node: TfNode, index: number): string {
    return node.input?.[index] ?? fail(`${node.name} (${node.op}) lacks input ${index}.`);
  }

  private weight(node: TfNode, index: number): WeightTensor {
    const name = this.inputName(node, index);
    return this.weights.get(name) ?? fail(`${node.name} wants the constant ${name}, which is not there.`);
  }

  private floats(tensor: WeightTensor, dims: readonly number[]): string {
    return this.graph.floats(Float32Array.from(tensor.data), dims);
  }

  private placeholder(node: TfNode): Value {
    const dims = node.attr?.['shape']?.shape?.dim?.map((dim) => Number(dim.size)) ?? [];
    const [, height, width, channels] = dims;
    if (height === undefined || width === undefined || channels === undefined)
      return fail(`The input ${node.name} is not a picture.`);
    this.pictureHeight = height;
    const size = this.options.anySize === true ? (['height', 'width'] as const) : [height, width];
    const name = this.graph.input('input', ['batch', channels, ...size]);
    return { name, layout: 'nchw', channels, depth: channels, step: 1 };
  }

  private conv(node: TfNode): Value {
    const input = this.value(this.inputName(node, 0));
    const weights = convWeights(this.weight(node, 1));
    const depth = weights.shape[0] ?? 1;
    const channels = wholeBlocks(depth);
    const { shape, data } = padLeading(weights, [channels, input.channels]);
    const activations = textList(node, 'fused_ops');
    const inputs = [input.name, this.graph.floats(data, shape)];
    if (activations[0] === 'BiasAdd') inputs.push(this.perChannel(this.weight(node, 2), channels, [channels]));
    const name = this.graph.node('Conv', inputs, { ...this.convAttributes(node), kernel_shape: shape.slice(2) });
    const value: Value = { name, layout: 'nchw', channels, depth, step: input.step * strideOf(node) };
    if (activations[1] === 'Prelu') return this.prelu(value, this.inputName(node, 3));
    return this.activated(node, value, activations[1]);
  }

  private activated(node: TfNode, value: Value, activation: string | undefined): Value {
    if (activation === undefined) return value;
    if (activation === 'Relu6') return clipped(this.graph, value, 0, 6);
    if (activation !== 'Relu') return fail(`${node.name} has an unknown fused operation ${activation}.`);
    return { ...value, name: this.graph.node('Relu', [value.name]) };
  }

  private depthwise(node: TfNode): Value {
    const input = this.value(this.inputName(node, 0));
    const weights = this.weight(node, 1);
    if (weights.shape[3] !== 1) fail(`${node.name} makes several channels of each.`);
    const { channels } = input;
    const { shape, data } = padLeading(depthwiseWeights(weights), [channels]);
    const inputs = [input.name, this.graph.floats(data, shape)];
    const [bias, activation] = textList(node, 'fused_ops');
    if (bias === 'BiasAdd') inputs.push(this.perChannel(this.weight(node, 2), channels, [channels]));
    const name = this.graph.node('Conv', inputs, {
      ...this.convAttributes(node),
      kernel_shape: shape.slice(2),
      group: channels,
    });
    return this.activated(node, { ...input, name, step: input.step * strideOf(node) }, activation);
  }

  private convAttributes(node: TfNode) {
    const strides = integerList(node, 'strides').slice(1, 3);
    if (integerList(node, 'dilations').some((dilation) => dilation !== 1)) fail(`${node.name} is dilated.`);
    return { strides, auto_pad: padding(node) };
  }

  private binary(node: TfNode, opType: string): Value {
    const names = [this.inputName(node, 0), this.inputName(node, 1)];
    const values = names.map((name) => (this.weights.has(name) ? undefined : this.value(name)));
    const { layout, channels, depth, step } = values.find((value) => value !== undefined) ?? PLAIN;
    if (values.some((value) => value !== undefined && value.channels !== channels))
      fail(`${node.name} joins values of different depth.`);
    const inputs = values.map((value, i) => value?.name ?? this.constant(names[i] ?? '', { layout, channels }));
    return { name: this.graph.node(opType, inputs), layout, channels, depth, step };
  }

  /** A broadcast constant: per-channel values move from the last axis (NHWC) to the second (NCHW). */
  private constant(name: string, { layout, channels }: Pick<Value, 'layout' | 'channels'>): string {
    const tensor = this.weights.get(name) ?? fail(`The constant ${name} is not there.`);
    const outer = tensor.shape.slice(0, -1);
    if (outer.some((dim) => dim !== 1)) fail(`The constant ${name} varies over more than the channels.`);
    if (layout === 'plain' || tensor.shape.length === 0) return this.floats(tensor, tensor.shape);
    return tensor.data.length === 1
      ? this.floats(tensor, [1, 1, 1])
      : this.perChannel(tensor, channels, [channels, 1, 1]);
  }

  /** One value per channel, zeros for the channels that were added. */
  private perChannel(tensor: WeightTensor, channels: number, dims: readonly number[]): string {
    const { data } = padLeading({ shape: [tensor.data.length], data: Float32Array.from(tensor.data) }, [channels]);
    return this.graph.floats(data, dims);
  }

  private clip(node: TfNode, limit: 'min' | 'max'): Value {
    const input = this.value(this.inputName(node, 0));
    const bound = this.weight(node, 1);
    if (bound.data.length !== 1) fail(`${node.name} clips by more than one number.`);
    const constant = this.floats(bound, []);
    const inputs = limit === 'min' ? [input.name, constant] : [input.name, '', constant];
    return { ...input, name: this.graph.node('Clip', inputs) };
  }

  private unary(node: TfNode, opType: string, attributes: Readonly<Record<string, number>> = {}): Value {
    const input = this.value(this.inputName(node, 0));
    if (opType === 'Softmax' && input.layout === 'nchw') fail(`${node.name} is a softmax over a picture.`);
    return { ...input, name: this.graph.node(opType, [input.name], attributes) };
  }

  private prelu(input: Value, slope: string): Value {
    const slopes = this.weights.get(slope) ?? fail(`The constant ${slope} is not there.`);
    if (slopes.data.length !== input.depth) fail(`The slopes ${slope} vary over more than the channels.`);
    return leaky(this.graph, input, slopes.data);
  }

  /** Sizes of the source are for its own pictures; kept is by how much they grow. */
  private resize(node: TfNode): Value {
    const input = this.value(this.inputName(node, 0));
    if (flag(node, 'align_corners') || flag(node, 'half_pixel_centers')) fail(`${node.name} aligns in its own way.`);
    const factor = ((this.weight(node, 1).data[0] ?? 0) * input.step) / this.pictureHeight;
    if (!Number.isInteger(factor)) fail(`${node.name} grows by a part.`);
    return enlarged(this.graph, input, factor);
  }

  private concat(node: TfNode): Value {
    const names = node.input ?? [];
    if (this.weight(node, names.length - 1).data[0] !== 3) fail(`${node.name} does not join channels.`);
    return joined(
      this.graph,
      names.slice(0, -1).map((name) => this.value(name)),
    );
  }

  private maxPool(node: TfNode): Value {
    const input = this.value(this.inputName(node, 0));
    const name = this.graph.node('MaxPool', [input.name], {
      kernel_shape: integerList(node, 'ksize').slice(1, 3),
      strides: integerList(node, 'strides').slice(1, 3),
      auto_pad: padding(node),
    });
    return { ...input, name, step: input.step * strideOf(node) };
  }

  private pad(node: TfNode): Value {
    const input = this.value(this.inputName(node, 0));
    const [top = 0, bottom = 0, left = 0, right = 0, front = 0, back = 0] = Array.from(this.weight(node, 1).data).slice(
      2,
    );
    if (front !== 0) fail(`${node.name} adds channels in front.`);
    if (back === 0) {
      const inputs = [input.name, this.graph.integers([0, 0, top, left, 0, 0, bottom, right])];
      return { ...input, name: this.graph.node('Pad', inputs, { mode: 'constant' }) };
    }
    if (top + bottom + left + right !== 0) fail(`${node.name} adds channels and pixels at once.`);
    return deepened(this.graph, input, back);
  }

  private mean(node: TfNode): Value {
    const axes = Array.from(this.weight(node, 1).data).join();
    if (axes !== '1,2') fail(`${node.name} is not a global average.`);
    const input = this.value(this.inputName(node, 0));
    if (flag(node, 'keep_dims')) return { ...input, name: this.graph.node('GlobalAveragePool', [input.name]) };
    const values = withoutAdded(this.graph, input);
    return { name: this.graph.node('ReduceMean', [values], { axes: [2, 3], keepdims: 0 }), ...PLAIN };
  }

  /** The constant batch of the source (1 or −1) becomes 0, which ONNX reads as "keep", so that everything batches. */
  private reshape(node: TfNode): Value {
    const input = this.value(this.inputName(node, 0));
    const nhwc =
      input.layout === 'nchw'
        ? this.graph.node('Transpose', [withoutAdded(this.graph, input)], { perm: [0, 2, 3, 1] })
        : input.name;
    const shape = [0, ...Array.from(this.weight(node, 1).data).slice(1)];
    return { name: this.graph.node('Reshape', [nhwc, this.graph.integers(shape)]), ...PLAIN };
  }

  private matMul(node: TfNode): Value {
    if (flag(node, 'transpose_a') || flag(node, 'transpose_b')) fail(`${node.name} is a transposed product.`);
    const weights = this.weight(node, 1);
    const bias = this.weight(node, 2);
    const [, activation] = textList(node, 'fused_ops');
    const name = this.graph.node('Gemm', [
      this.value(this.inputName(node, 0)).name,
      this.floats(weights, weights.shape),
      this.floats(bias, [bias.data.length]),
    ]);
    if (activation !== undefined && activation !== 'Relu')
      fail(`${node.name} has an unknown fused operation ${activation}.`);
    return { name: activation === undefined ? name : this.graph.node('Relu', [name]), ...PLAIN };
  }
}
