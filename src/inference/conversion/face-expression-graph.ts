import type { WeightTensor } from './decode-weights.js';
import { FaceApiLayers } from './face-api-layers.js';

/**
 * face-api's dense block of four layers, each fed with the sum of all before it. The sum is carried along, so that ONNX
 * Runtime adds it inside the convolutions.
 */
const denseBlock = (layers: FaceApiLayers, input: string, prefix: string, first: boolean): string => {
  const entry = `${prefix}/conv0`;
  let out = layers.relu(first ? layers.conv(input, entry, 2) : layers.separableConv(input, entry, 2));
  let sum = out;
  for (const name of ['conv1', 'conv2', 'conv3']) {
    sum = layers.add(layers.separableConv(out, `${prefix}/${name}`, 1), sum);
    out = layers.relu(sum);
  }
  return out;
};

/** face-api's expression network: four dense blocks, global average (`features`; `rows` over the width only), linear head (`logits`), softmax (`probabilities`). */
export const buildFaceExpressionGraph = (weights: ReadonlyMap<string, WeightTensor>): Uint8Array => {
  const layers = new FaceApiLayers('face_expression', weights);
  let out = layers.picture();
  for (const block of ['dense0', 'dense1', 'dense2', 'dense3'])
    out = denseBlock(layers, out, block, block === 'dense0');
  const features = layers.globalAverage(out);
  const logits = layers.dense(features, 'fc');
  layers.graph.output('probabilities', layers.softmax(logits), ['batch', 7]);
  layers.graph.output('logits', logits, ['batch', 7]);
  layers.graph.output('features', features, ['batch', 256]);
  layers.graph.output('rows', layers.rowAverages(out), ['batch', 256, 7]);
  return layers.graph.encode();
};
