import type { WeightTensor } from './decode-weights.js';
import { FaceApiLayers } from './face-api-layers.js';

const reductionBlock = (layers: FaceApiLayers, input: string, prefix: string, activateInput: boolean): string => {
  let out = activateInput ? layers.relu(input) : input;
  out = layers.separableConv(out, `${prefix}/separable_conv0`, 1);
  out = layers.separableConv(layers.relu(out), `${prefix}/separable_conv1`, 1);
  return layers.add(layers.maxPool(out), layers.conv(input, `${prefix}/expansion_conv`, 2));
};

const mainBlock = (layers: FaceApiLayers, input: string, prefix: string): string => {
  let out = input;
  for (const name of ['separable_conv0', 'separable_conv1', 'separable_conv2'])
    out = layers.separableConv(layers.relu(out), `${prefix}/${name}`, 1);
  return layers.add(out, input);
};

/** face-api's tiny Xception: global average (`features`), then age in years (`age`) and softmax (male, female) (`gender`). */
export const buildAgeGenderGraph = (weights: ReadonlyMap<string, WeightTensor>): Uint8Array => {
  const layers = new FaceApiLayers('age_gender', weights);
  let out = layers.relu(layers.conv(layers.picture(), 'entry_flow/conv_in', 2));
  out = reductionBlock(layers, out, 'entry_flow/reduction_block_0', false);
  out = reductionBlock(layers, out, 'entry_flow/reduction_block_1', true);
  out = mainBlock(layers, out, 'middle_flow/main_block_0');
  out = mainBlock(layers, out, 'middle_flow/main_block_1');
  out = reductionBlock(layers, out, 'exit_flow/reduction_block', true);
  out = layers.relu(layers.separableConv(out, 'exit_flow/separable_conv', 1));
  const features = layers.globalAverage(out);
  layers.graph.output('age', layers.dense(features, 'fc/age'), ['batch', 1]);
  layers.graph.output('gender', layers.softmax(layers.dense(features, 'fc/gender')), ['batch', 2]);
  layers.graph.output('features', features, ['batch', 512]);
  return layers.graph.encode();
};
