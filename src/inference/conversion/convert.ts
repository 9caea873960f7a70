import { EmoscopeError } from '../../runtime/errors.js';
import { buildAgeGenderGraph } from './age-gender-graph.js';
import { type TfGraphModel, TfGraphConverter, type TfGraphOptions } from './convert-tf-graph.js';
import { type WeightEntry, decodeWeights } from './decode-weights.js';
import { buildFaceExpressionGraph } from './face-expression-graph.js';

/** Raised with every change of what the conversion writes, so that caches of older versions are not read. */
export const CONVERTER_VERSION = 10;

type Convert = (description: unknown, weights: Uint8Array) => Uint8Array;

const tfGraph =
  (name: string, publish: (converter: TfGraphConverter) => void, options: TfGraphOptions = {}): Convert =>
  (description, weights) => {
    const converter = new TfGraphConverter(name, description as TfGraphModel, weights, options);
    publish(converter);
    return converter.graph.encode();
  };

const faceApi =
  (build: (weights: ReturnType<typeof decodeWeights>) => Uint8Array): Convert =>
  (description, packed) => {
    const groups = description as readonly { readonly weights: readonly WeightEntry[] }[];
    return build(
      decodeWeights(
        groups.flatMap((group) => group.weights),
        packed,
      ),
    );
  };

const CONVERSIONS: Readonly<Record<string, Convert>> = {
  // Both detector heads become one: anchors of the 16² grid (two each), then of the 8² grid (six each).
  blazeface: tfGraph('blazeface', (net) => {
    const join = (fine: string, coarse: string) =>
      net.graph.node('Concat', [net.value(fine).name, net.value(coarse).name], { axis: 1 });
    net.graph.output('logits', join('Identity', 'Identity_1'), ['batch', 896, 1]);
    net.graph.output('boxes', join('Identity_2', 'Identity_3'), ['batch', 896, 16]);
  }),
  facemesh: tfGraph('facemesh', (net) => {
    net.graph.output('mesh', net.value('Identity_2').name, ['batch', 1404]);
    net.graph.output('flag', net.value('Identity_1').name, ['batch', 1]);
  }),
  emotion: tfGraph('emotion', (net) => {
    const maps = net.value('StatefulPartitionedCall/model_1/add_2/add').name;
    const pooled = net.graph.node('ReduceMean', [maps], { axes: [2, 3], keepdims: 0 });
    net.graph.output('probabilities', net.value('Identity').name, ['batch', 7]);
    net.graph.output('features', pooled, ['batch', 256]);
    net.graph.output('rows', net.graph.node('ReduceMean', [maps], { axes: [3], keepdims: 0 }), ['batch', 256, 8]);
  }),
  faceres: tfGraph('faceres', (net) => {
    net.graph.output('age', net.value('age_pred/Softmax').name, ['batch', 100]);
    net.graph.output('gender', net.value('gender_pred/Sigmoid').name, ['batch', 1]);
    net.graph.output('features', net.value('global_pooling/Mean').name, ['batch', 1024]);
  }),
  centernet: tfGraph(
    'centernet',
    (net) => {
      const map = (name: string) => net.value(name).name;
      const ends = [net.graph.integers([0]), net.graph.integers([1]), net.graph.integers([1])];
      const people = net.graph.node('Slice', [map('tower_0/CenternetHead/centernet_cls_output/BiasAdd'), ...ends]);
      net.graph.output('people', net.graph.node('Sigmoid', [people]), ['batch', 1, 'height', 'width']);
      net.graph.output('edges', map('tower_0/wh'), ['batch', 4, 'height', 'width']);
    },
    { anySize: true },
  ),
  face_expression: faceApi(buildFaceExpressionGraph),
  age_gender: faceApi(buildAgeGenderGraph),
};

/**
 * Converts a model's verified source files (description in JSON, packed weights) to ONNX. Outputs: blazeface `logits`
 * (batch, 896, 1) and `boxes` (batch, 896, 16); facemesh `mesh` and `flag`; emotion `probabilities`, `features`, `rows`;
 * faceres `age`, `gender`, `features`; face_expression `probabilities`, `logits`, `features`, `rows`; age_gender `age`,
 * `gender`, `features`. `features` are the pooled activations before the linear head,
 * `rows` the same maps averaged over the width only (channels × rows).
 */
export const convertModel = (name: string, files: readonly Uint8Array[]): Uint8Array => {
  const convert = CONVERSIONS[name];
  const [description, weights] = files;
  if (convert === undefined || description === undefined || weights === undefined)
    throw new EmoscopeError('MODEL_CONVERSION', `There is no conversion for the model ${name}.`);
  try {
    return convert(JSON.parse(Buffer.from(description).toString('utf8')), weights);
  } catch (cause) {
    if (cause instanceof EmoscopeError) throw cause;
    throw new EmoscopeError('MODEL_CONVERSION', `The model ${name} could not be converted.`, { cause });
  }
};
