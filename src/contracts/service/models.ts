import { z } from 'zod';

/** What a network is for. */
const MODEL_TASKS = [
  'detection',
  'mesh',
  'expression',
  'age-gender',
  'expression-head',
  'mouth-readouts',
  'bodies',
] as const;

const modelInfo = z.object({
  name: z.string(),
  task: z.enum(MODEL_TASKS),
  file: z.string(),
  sourcePackage: z.string(),
  sourceVersion: z.string(),
  licence: z.string(),
  /** NCHW or NHWC shape, -1 for a free dimension. */
  inputShape: z.array(z.number()).readonly(),
  labels: z.array(z.string()).readonly(),
  sha256: z.string(),
});

/** One network in use, as `emoscope models` and GET /models show it. */
export type ModelInfo = z.infer<typeof modelInfo>;

/** Models whose files an owner may add. */
export const ADDABLE_MODELS = ['yunet'] as const;
export type AddableModel = (typeof ADDABLE_MODELS)[number];

const DEVICES = ['cpu', 'webgpu', 'cuda', 'wasm', 'tensorflow'] as const;

/** What actually runs. */
export const engineInfo = z
  .object({
    engine: z.enum(['onnx', 'human']),
    /** Asked for in the configuration. */
    requestedDevice: z.string(),
    /** The one in use. */
    device: z.enum(DEVICES),
    threads: z.number(),
    /** Why a requested device was not used; null when it was. */
    fallbackReason: z.string().nullable(),
    models: z.array(modelInfo).readonly(),
  })
  .meta({ id: 'Engine' });

export type EngineInfo = z.infer<typeof engineInfo>;
