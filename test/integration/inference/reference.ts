import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { packageFolder } from '../../../src/runtime/files/package-folder.js';

/** The little of TensorFlow.js that the reference needs; the packages' own types are not importable. */
export interface TfTensor {
  readonly shape: readonly number[];
  data(): Promise<Float32Array>;
}
interface TfModel {
  readonly outputs: readonly { readonly name: string }[];
  execute(input: TfTensor): TfTensor | TfTensor[];
}
interface Tf {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(data: Float32Array, shape: readonly number[]): TfTensor;
  loadGraphModel(handler: { load(): Promise<object> }): Promise<TfModel>;
}
interface FaceApiNet {
  loadFromDisk(folder: string): Promise<void>;
  forward(input: TfTensor): Promise<TfTensor & { readonly age: TfTensor; readonly gender: TfTensor }>;
}
interface FaceApi {
  readonly nets: { readonly faceExpressionNet: FaceApiNet; readonly ageGenderNet: FaceApiNet };
}

const require = createRequire(import.meta.url);

/** TensorFlow.js on its wasm backend, as the packages themselves run under Node. */
export const startTf = async (): Promise<Tf> => {
  const tf = require('@tensorflow/tfjs') as Tf;
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void };
  wasm.setWasmPaths(path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist/'));
  await tf.setBackend('wasm');
  await tf.ready();
  return tf;
};

/** Runs one of Human's graphs (picture in NHWC) and returns its outputs by their TF names. */
export const humanReference = async (tf: Tf, name: string) => {
  const folder = path.join(packageFolder('@vladmandic/human'), 'models');
  const model = JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8')) as {
    weightsManifest: { weights: object[] }[];
  };
  const bytes = await readFile(path.join(folder, `${name}.bin`));
  const graph = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        ...model,
        weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
        weightData: new Uint8Array(bytes).buffer,
      }),
  });
  return async (nhwc: Float32Array, shape: readonly number[]): Promise<Map<string, Float32Array>> => {
    const answer = graph.execute(tf.tensor(nhwc, [1, ...shape]));
    const tensors = Array.isArray(answer) ? answer : [answer];
    const data = await Promise.all(tensors.map((tensor) => tensor.data()));
    return new Map(
      graph.outputs.map(({ name: output }, i) => [output.replace(/:0$/, ''), data[i] ?? new Float32Array()]),
    );
  };
};

/** face-api's own networks with their own weights. */
export const faceApiReference = async (): Promise<FaceApi['nets']> => {
  const folder = packageFolder('@vladmandic/face-api');
  const { nets } = require(path.join(folder, 'dist/face-api.node-wasm.js')) as FaceApi;
  await nets.faceExpressionNet.loadFromDisk(path.join(folder, 'model'));
  await nets.ageGenderNet.loadFromDisk(path.join(folder, 'model'));
  return nets;
};

/** NHWC floats of one picture as NCHW. */
export const toPlanes = (nhwc: Float32Array, channels: number): Float32Array => {
  const plane = nhwc.length / channels;
  return Float32Array.from(nhwc, (_, i) => nhwc[(i % plane) * channels + Math.floor(i / plane)] ?? 0);
};

/** Largest difference of two vectors, relative to the largest value of the second. */
export const relativeError = (ours: ArrayLike<number>, theirs: ArrayLike<number>): number => {
  if (ours.length !== theirs.length) return Infinity;
  let difference = 0;
  let largest = 1e-12;
  for (let i = 0; i < theirs.length; i += 1) {
    difference = Math.max(difference, Math.abs((ours[i] ?? NaN) - (theirs[i] ?? NaN)));
    largest = Math.max(largest, Math.abs(theirs[i] ?? 0));
  }
  return difference / largest;
};
