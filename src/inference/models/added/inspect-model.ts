import protobuf from 'protobufjs';
import { EmoscopeError } from '../../../runtime/errors.js';
import type { Addable } from './addable.js';

/** The part of the ONNX schema by which a file is judged before anything runs it. */
const modelType = (): protobuf.Type =>
  protobuf
    .parse(
      `
    syntax = "proto3";
    message Model { int64 ir_version = 1; Graph graph = 7; repeated Function functions = 25; }
    message Function { repeated Node node = 7; }
    message Graph {
      repeated Node node = 1; repeated Tensor initializer = 5; repeated ValueInfo input = 11;
      repeated ValueInfo output = 12; repeated Sparse sparse_initializer = 15;
    }
    message Node { string op_type = 4; repeated Attribute attribute = 5; string domain = 7; }
    message Attribute { Tensor t = 5; Graph g = 6; repeated Tensor tensors = 10; repeated Graph graphs = 11; }
    message Tensor { string name = 8; repeated Entry external_data = 13; int32 data_location = 14; }
    message Entry { string key = 1; string value = 2; }
    message Sparse { Tensor values = 1; Tensor indices = 2; }
    message ValueInfo { string name = 1; Type type = 2; }
    message Type { TensorType tensor_type = 1; }
    message TensorType { int32 elem_type = 1; Shape shape = 2; }
    message Shape { repeated Dim dim = 1; }
    message Dim { int64 dim_value = 1; string dim_param = 2; }
  `,
    )
    .root.lookupType('Model');

interface Tensor {
  readonly externalData?: readonly unknown[];
  readonly dataLocation?: number;
}
interface Node {
  readonly opType?: string;
  readonly domain?: string;
  readonly attribute?: readonly {
    readonly t?: Tensor;
    readonly g?: unknown;
    readonly tensors?: readonly Tensor[];
    readonly graphs?: readonly unknown[];
  }[];
}
interface ValueInfo {
  readonly name?: string;
  readonly type?: {
    readonly tensorType?: { readonly elemType?: number; readonly shape?: { readonly dim?: readonly Dim[] } };
  };
}
interface Dim {
  readonly dimValue?: number | string;
}
interface Model {
  readonly irVersion?: number | string;
  readonly functions?: readonly unknown[];
  readonly graph?: {
    readonly node?: readonly Node[];
    readonly initializer?: readonly (Tensor & { readonly name?: string })[];
    readonly sparseInitializer?: readonly { readonly values?: Tensor; readonly indices?: Tensor }[];
    readonly input?: readonly ValueInfo[];
    readonly output?: readonly ValueInfo[];
  };
}

const refused = (why: string, cause?: unknown): EmoscopeError =>
  new EmoscopeError('MODEL_REFUSED', why, cause === undefined ? {} : { cause });

const decoded = (bytes: Uint8Array): Model => {
  try {
    const type = modelType();
    return type.toObject(type.decode(bytes), { longs: Number });
  } catch (error) {
    throw refused('This is no ONNX file, or it is cut off.', error);
  }
};

const isExternal = (tensor: Tensor | undefined): boolean =>
  tensor !== undefined && ((tensor.externalData?.length ?? 0) > 0 || (tensor.dataLocation ?? 0) !== 0);

/** Dimensions of a value; 0 where one is free. */
const dimsOf = ({ type }: ValueInfo): readonly number[] =>
  (type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => Number(dimValue ?? 0));

const FLOAT = 1;

/**
 * The side of the pictures that a network is for. Throws MODEL_REFUSED, with the reason, for a file that is not the wanted
 * network: too large, no ONNX, weights in other files, branches and loops, other inputs or outputs.
 */
export const inspectModel = (bytes: Uint8Array, wanted: Addable): number => {
  if (bytes.length > wanted.mostBytes)
    throw refused(`The file has ${bytes.length} bytes; ${wanted.name} has at most ${wanted.mostBytes}.`);
  const { graph, functions = [], irVersion } = decoded(bytes);
  if (graph === undefined || irVersion === undefined) throw refused('This is no ONNX file: it holds no network.');
  const { node = [], initializer = [], sparseInitializer = [], input = [], output = [] } = graph;
  const attributes = node.flatMap(({ attribute = [] }) => attribute);
  const tensors = [
    ...initializer,
    ...sparseInitializer.flatMap(({ values, indices }) => [values, indices]),
    ...attributes.flatMap(({ t, tensors: own = [] }) => [t, ...own]),
  ];
  if (tensors.some(isExternal))
    throw refused('The network keeps weights in other files; only one whole file is taken.');
  if (functions.length > 0 || attributes.some(({ g, graphs = [] }) => g !== undefined || graphs.length > 0))
    throw refused('The network has branches, loops or functions of its own, which none that may be added has.');
  const domains = new Set(node.map(({ domain = '' }) => domain).filter((domain) => !['', 'ai.onnx'].includes(domain)));
  if (domains.size > 0)
    throw refused(`The network needs operators that ONNX does not have: ${[...domains].join(', ')}.`);
  const names = new Set(initializer.map(({ name }) => name));
  const inputs = input.filter(({ name }) => !names.has(name));
  const [own] = inputs;
  if (own === undefined || inputs.length !== 1 || own.name !== wanted.input)
    throw refused(
      `The inputs are ${inputs.map(({ name = '' }) => name).join(', ') || 'none'}; ${wanted.name} has one, ${wanted.input}.`,
    );
  const size = sizeOf(own, wanted);
  const outputs = wanted.outputs(size);
  for (const [name, shape] of Object.entries(outputs)) {
    const found = output.find((one) => one.name === name);
    if (found === undefined) throw refused(`The network has no output ${name}, which ${wanted.name} has.`);
    const dims = dimsOf(found);
    const fits = dims.every((dim, at) => dim === 0 || dim === shape[at]);
    if (dims.length > 0 && (dims.length !== shape.length || !fits))
      throw refused(`The output ${name} has the shape ${dims.join('×')}; it should have ${shape.join('×')}.`);
  }
  return size;
};

const sizeOf = (input: ValueInfo, { name, sizes }: Addable): number => {
  const dims = dimsOf(input);
  const [rows = 0, planes = 0, height = 0, width = 0] = dims;
  const size = height === 0 ? sizes[0] : height;
  const isFloat = input.type?.tensorType?.elemType === FLOAT;
  if (
    !isFloat ||
    dims.length !== 4 ||
    rows > 1 ||
    planes !== 3 ||
    height !== width ||
    size === undefined ||
    !sizes.includes(size)
  )
    throw refused(
      `The input has the shape ${dims.join('×') || 'of nothing'}; ${name} takes 1×3×${sizes.join('² or 1×3×')}² of 32-bit floats.`,
    );
  return size;
};
