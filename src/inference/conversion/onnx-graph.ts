import { onnxModelType } from './onnx-schema.js';

const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** Attribute of a node: an integer, integers, text, or `{ float }`. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

/** A length, or the name of one that is free. */
type Dim = number | 'batch' | 'height' | 'width';

const encodeAttribute = (name: string, value: Attribute): object => {
  if (typeof value === 'number') return { name, i: value, type: ATTRIBUTE.int };
  if (typeof value === 'string') return { name, s: Buffer.from(value), type: ATTRIBUTE.string };
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE.float };
  return { name, ints: value, type: ATTRIBUTE.ints };
};

const valueInfo = (name: string, shape: readonly Dim[]): object => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: { dim: shape.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })) },
    },
  },
});

/** Builds one ONNX network node by node (opset 17, float32) and encodes it. */
export class OnnxGraph {
  private readonly nodes: object[] = [];
  private readonly initializers: object[] = [];
  private readonly inputs: object[] = [];
  private readonly outputs: object[] = [];
  private counter = 0;

  constructor(private readonly name: string) {}

  /** Declares a float input and returns its name. */
  input(name: string, shape: readonly Dim[]): string {
    this.inputs.push(valueInfo(name, shape));
    return name;
  }

  /** Adds a float constant and returns its name. */
  floats(data: Float32Array, dims: readonly number[]): string {
    return this.initializer(FLOAT, new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dims);
  }

  /** Adds an int64 constant (shapes, axes, pads) and returns its name. */
  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values, (value) => BigInt(value));
    return this.initializer(INT64, new Uint8Array(data.buffer), [values.length]);
  }

  /** Adds a node with one output and returns the output's name. */
  node(opType: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const output = this.fresh();
    this.push(opType, inputs, output, attributes);
    return output;
  }

  /** Publishes a value under a public name. */
  output(name: string, value: string, shape: readonly Dim[]): void {
    this.push('Identity', [value], name, {});
    this.outputs.push(valueInfo(name, shape));
  }

  /** The network as an ONNX file. */
  encode(): Uint8Array {
    const type = onnxModelType();
    const graph = {
      name: this.name,
      node: this.nodes,
      initializer: this.initializers,
      input: this.inputs,
      output: this.outputs,
    };
    return type.encode({ irVersion: 8, producerName: 'emoscope', graph, opsetImport: [{ version: 17 }] }).finish();
  }

  private push(
    opType: string,
    input: readonly string[],
    output: string,
    attributes: Readonly<Record<string, Attribute>>,
  ): void {
    const attribute = Object.entries(attributes).map(([name, value]) => encodeAttribute(name, value));
    this.nodes.push({ opType, input, output: [output], name: `${opType}_${this.nodes.length}`, attribute });
  }

  private initializer(dataType: number, rawData: Uint8Array, dims: readonly number[]): string {
    const name = this.fresh();
    this.initializers.push({ name, dataType, rawData, dims });
    return name;
  }

  private fresh(): string {
    this.counter += 1;
    return `v${this.counter}`;
  }
}
