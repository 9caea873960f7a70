import type { WeightTensor } from './decode-weights.js';
import { FaceApiLayers } from './face-api-layers.js';

const denseBlock = (layers: FaceApiLayers, input: string, prefix: string, first: boolean): string => {
  const entry = `${prefix}/conv0`;
  const out1 = layers.relu(first ? layers.conv(input, entry, 2) : layers.separableConv(input, entry, 2));
  const out2 = layers.separableConv(out1, `${prefix}/conv1`, 1);
  const in3 = layers.relu(layers.add(out1, out2));
  const out3 = layers.separableConv(in3, `${prefix}/conv2`, 1);
  const in4 = layers.relu(layers.add(out1, layers.add(out2, out3)));
  const out4 = layers.separableConv(in4, `${prefix}/conv3`, 1);
  return layers.relu(layers.add(out1, layers.add(out2, layers.add(out3, out4))));
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
