import { EmoscopeError } from '../../runtime/errors.js';
import { changeGraph } from './onnx-schema.js';

interface Named {
  readonly name: string;
}

interface Graph {
  node: readonly { readonly input: readonly string[]; readonly output: readonly string[] }[];
  initializer: readonly Named[];
  output: readonly Named[];
}

/**
 * The same network with some of its outputs and only the nodes and weights they need: ONNX Runtime computes every output a
 * model has, whether it is asked for or not. Throws MODEL_CONVERSION for an output that is not there.
 */
export const keepOutputs = (model: Uint8Array, outputs: readonly string[]): Uint8Array =>
  changeGraph(model, (graph: Graph) => {
    const missing = outputs.find((name) => !graph.output.some((output) => output.name === name));
    if (missing !== undefined) throw new EmoscopeError('MODEL_CONVERSION', `The network has no output ${missing}.`);
    const needed = new Set(outputs);
    // Every node comes after those it reads from.
    const nodes = graph.node.toReversed().filter((node) => {
      if (!node.output.some((name) => needed.has(name))) return false;
      node.input.forEach((name) => needed.add(name));
      return true;
    });
    graph.node = nodes.toReversed();
    graph.initializer = graph.initializer.filter(({ name }) => needed.has(name));
    graph.output = graph.output.filter(({ name }) => outputs.includes(name));
  });
