import { EmoscopeError } from '../../runtime/errors.js';
import { changeGraph } from './onnx-schema.js';

interface Tensor {
  readonly name: string;
  dims: readonly unknown[];
  rawData: Uint8Array;
}

interface Graph {
  readonly node: readonly { readonly opType: string; readonly input: readonly string[] }[];
  readonly initializer: readonly Tensor[];
  readonly input: readonly {
    readonly name: string;
    readonly type: { readonly tensorType: { readonly shape: { readonly dim: { dimValue?: unknown }[] } } };
  }[];
}

const CHANNEL = 1;

/** Sums convolution weights (O, I, H, W) over the input channels. */
const sumChannels = (tensor: Tensor): void => {
  const [outputs = 0, channels = 0, height = 0, width = 0] = tensor.dims.map(Number);
  const kernel = height * width;
  const source = new Float32Array(new Uint8Array(tensor.rawData).buffer);
  const sums = new Float32Array(outputs * kernel);
  for (let i = 0; i < source.length; i += 1) {
    const at = Math.floor(i / (channels * kernel)) * kernel + (i % kernel);
    sums[at] = (sums[at] as number) + (source[i] as number);
  }
  tensor.dims = [outputs, 1, height, width];
  tensor.rawData = new Uint8Array(sums.buffer);
};

/**
 * The same network for grey pictures: (batch, 1, H, W), answered as three equal planes were. Throws MODEL_CONVERSION for a
 * network whose picture goes anywhere but into convolutions.
 */
export const greyInput = (model: Uint8Array): Uint8Array =>
  changeGraph(model, (graph: Graph) => {
    const [picture] = graph.input;
    const readers = graph.node.filter(({ input }) => picture !== undefined && input.includes(picture.name));
    const channels = picture?.type.tensorType.shape.dim[CHANNEL];
    if (channels === undefined || readers.length === 0 || readers.some(({ opType }) => opType !== 'Conv'))
      throw new EmoscopeError('MODEL_CONVERSION', 'The network cannot be made one for grey pictures.');
    const weights = new Set(readers.map(({ input }) => input[1]));
    graph.initializer.filter(({ name }) => weights.has(name)).forEach(sumChannels);
    channels.dimValue = 1;
  });
