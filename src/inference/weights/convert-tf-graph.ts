import { EmoscopeError } from '../../runtime/errors.js';
import { type WeightEntry, type WeightTensor, decodeWeights } from './decode-weights.js';
import { convWeights, depthwiseWeights } from './layout.js';
import { OnnxGraph } from './onnx-graph.js';
import { type TfNode, integerList, padding, textList } from './tf-node.js';

/** A TensorFlow.js graph model: topology in JSON, weights packed beside it. */
export interface TfGraphModel {
  readonly modelTopology: { readonly node: readonly TfNode[] };
  readonly weightsManifest: readonly { readonly weights: readonly WeightEntry[] }[];
}

/** What to publish: TF output node → public name and shape behind the batch dimension. */
export interface TfOutput {
  readonly node: string;
  readonly name: string;
  readonly shape: readonly number[];
}

interface Value {
  readonly name: string;
  /** nchw: rank 4, transposed from NHWC; plain: as TensorFlow has it. */
  readonly layout: 'nchw' | 'plain';
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

  constructor(name: string, model: TfGraphModel, packedWeights: Uint8Array) {
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
    return { name: this.graph.input('input', ['batch', channels, height, width]), layout: 'nchw' };
  }

  private conv(node: TfNode): Value {
    const { shape, data } = convWeights(this.weight(node, 1));
    const activations = textList(node, 'fused_ops');
    const inputs = [this.value(this.inputName(node, 0)).name, this.graph.floats(data, shape)];
    if (activations[0] === 'BiasAdd') {
      const bias = this.weight(node, 2);
      inputs.push(this.floats(bias, [bias.data.length]));
    }
    const name = this.graph.node('Conv', inputs, { ...this.convAttributes(node), kernel_shape: shape.slice(2) });
    const activation = activations[1];
    if (activation === undefined) return { name, layout: 'nchw' };
    if (activation === 'Prelu') return this.prelu({ name, layout: 'nchw' }, this.inputName(node, 3));
    if (activation !== 'Relu') return fail(`${node.name} has an unknown fused operation ${activation}.`);
    return { name: this.graph.node('Relu', [name]), layout: 'nchw' };
  }

  private depthwise(node: TfNode): Value {
    const weights = this.weight(node, 1);
    const { shape, data } = depthwiseWeights(weights);
    const name = this.graph.node('Conv', [this.value(this.inputName(node, 0)).name, this.graph.floats(data, shape)], {
      ...this.convAttributes(node),
      kernel_shape: shape.slice(2),
      group: weights.shape[2] ?? 1,
    });
    return { name, layout: 'nchw' };
  }

  private convAttributes(node: TfNode) {
    const strides = integerList(node, 'strides').slice(1, 3);
    if (integerList(node, 'dilations').some((dilation) => dilation !== 1)) fail(`${node.name} is dilated.`);
    return { strides, auto_pad: padding(node) };
  }

  private binary(node: TfNode, opType: string): Value {
    const names = [this.inputName(node, 0), this.inputName(node, 1)];
    const values = names.map((name) => (this.weights.has(name) ? undefined : this.value(name)));
    const layout = values.find((value) => value !== undefined)?.layout ?? 'plain';
    const inputs = values.map((value, i) => value?.name ?? this.constant(names[i] ?? '', layout));
    return { name: this.graph.node(opType, inputs), layout };
  }

  /** A broadcast constant: per-channel values move from the last axis (NHWC) to the second (NCHW). */
  private constant(name: string, layout: Value['layout']): string {
    const tensor = this.weights.get(name) ?? fail(`The constant ${name} is not there.`);
    const outer = tensor.shape.slice(0, -1);
    if (outer.some((dim) => dim !== 1)) fail(`The constant ${name} varies over more than the channels.`);
    const perChannel = layout === 'nchw' && tensor.shape.length > 0;
    return this.floats(tensor, perChannel ? [tensor.data.length, 1, 1] : tensor.shape);
  }

  private clip(node: TfNode, limit: 'min' | 'max'): Value {
    const input = this.value(this.inputName(node, 0));
    const bound = this.weight(node, 1);
    if (bound.data.length !== 1) fail(`${node.name} clips by more than one number.`);
    const constant = this.floats(bound, []);
    const inputs = limit === 'min' ? [input.name, constant] : [input.name, '', constant];
    return { name: this.graph.node('Clip', inputs), layout: input.layout };
  }

  private unary(node: TfNode, opType: string, attributes: Readonly<Record<string, number>> = {}): Value {
    const input = this.value(this.inputName(node, 0));
    if (opType === 'Softmax' && input.layout === 'nchw') fail(`${node.name} is a softmax over a picture.`);
    return { name: this.graph.node(opType, [input.name], attributes), layout: input.layout };
  }

  /** As max(x, slope · x) where every slope is at most 1, else in two halves: the same, and many times faster than PRelu. */
  private prelu(input: Value, slope: string): Value {
    const slopes = this.constant(slope, 'nchw');
    const steep = this.weights.get(slope)?.data.some((value) => !(value <= 1)) ?? true;
    const { graph } = this;
    if (!steep)
      return { name: graph.node('Max', [input.name, graph.node('Mul', [input.name, slopes])]), layout: 'nchw' };
    const below = graph.node('Min', [input.name, graph.floats(Float32Array.of(0), [])]);
    const halves = [graph.node('Relu', [input.name]), graph.node('Mul', [below, slopes])];
    return { name: graph.node('Add', halves), layout: 'nchw' };
  }

  private maxPool(node: TfNode): Value {
    const name = this.graph.node('MaxPool', [this.value(this.inputName(node, 0)).name], {
      kernel_shape: integerList(node, 'ksize').slice(1, 3),
      strides: integerList(node, 'strides').slice(1, 3),
      auto_pad: padding(node),
    });
    return { name, layout: 'nchw' };
  }

  private pad(node: TfNode): Value {
    const pads = Array.from(this.weight(node, 1).data);
    const nchw = [0, 3, 1, 2];
    const before = nchw.map((axis) => pads[axis * 2] ?? 0);
    const after = nchw.map((axis) => pads[axis * 2 + 1] ?? 0);
    const inputs = [this.value(this.inputName(node, 0)).name, this.graph.integers([...before, ...after])];
    return { name: this.graph.node('Pad', inputs, { mode: 'constant' }), layout: 'nchw' };
  }

  private mean(node: TfNode): Value {
    const axes = Array.from(this.weight(node, 1).data).join();
    if (axes !== '1,2' || node.attr?.['keep_dims']?.b === true) fail(`${node.name} is not a global average.`);
    const input = this.value(this.inputName(node, 0)).name;
    return { name: this.graph.node('ReduceMean', [input], { axes: [2, 3], keepdims: 0 }), layout: 'plain' };
  }

  /** The constant batch of the source (1 or −1) becomes 0, which ONNX reads as "keep", so that everything batches. */
  private reshape(node: TfNode): Value {
    const input = this.value(this.inputName(node, 0));
    const nhwc =
      input.layout === 'nchw' ? this.graph.node('Transpose', [input.name], { perm: [0, 2, 3, 1] }) : input.name;
    const shape = [0, ...Array.from(this.weight(node, 1).data).slice(1)];
    return { name: this.graph.node('Reshape', [nhwc, this.graph.integers(shape)]), layout: 'plain' };
  }

  private matMul(node: TfNode): Value {
    if (node.attr?.['transpose_a']?.b === true || node.attr?.['transpose_b']?.b === true)
      fail(`${node.name} is a transposed product.`);
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
    return { name: activation === undefined ? name : this.graph.node('Relu', [name]), layout: 'plain' };
  }
}
