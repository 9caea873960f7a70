import { EmoscopeError } from '../../runtime/errors.js';
import { InferenceSession } from './onnx-runtime.js';
import { greyInput } from '../conversion/grey-input.js';
import { readManifest } from './manifest.js';
import { cacheFolder, onnxModel } from './model-cache.js';

/** How to run a model: cache folder, whether for grey pictures of one plane, and ONNX Runtime's session options. */
export interface LoadOptions {
  readonly cache?: string;
  readonly grey?: boolean;
  readonly session?: InferenceSession.SessionOptions;
}

/**
 * An ONNX Runtime session of a model in models/manifest.json, converted on first use. Every model takes `input` as
 * float32 NCHW (one channel if `grey`) with a free batch dimension; the scaling is the manifest's `input`, the outputs are in convert.ts.
 */
export const loadModel = async (name: string, options: LoadOptions = {}): Promise<InferenceSession> => {
  const model = (await readManifest())[name];
  if (model === undefined) throw new EmoscopeError('MODEL_CONVERSION', `The manifest has no model ${name}.`);
  const { bytes } = await onnxModel(name, model, cacheFolder(options.cache ?? 'auto'));
  return InferenceSession.create(
    options.grey === true ? greyInput(bytes) : bytes,
    options.session ?? { intraOpNumThreads: 1 },
  );
};
