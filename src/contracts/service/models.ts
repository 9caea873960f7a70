/** One network in use, as `emoscope models` and GET /models show it. */
export interface ModelInfo {
  readonly name: string;
  readonly task: 'detection' | 'mesh' | 'expression' | 'age-gender' | 'expression-head' | 'mouth-readouts' | 'bodies';
  readonly file: string;
  readonly sourcePackage: string;
  readonly sourceVersion: string;
  readonly licence: string;
  /** NCHW or NHWC shape, -1 for a free dimension. */
  readonly inputShape: readonly number[];
  readonly labels: readonly string[];
  readonly sha256: string;
}

/** Models whose files an owner may add. */
export const ADDABLE_MODELS = ['yunet'] as const;
export type AddableModel = (typeof ADDABLE_MODELS)[number];

export const DEVICES = ['cpu', 'webgpu', 'cuda', 'wasm', 'tensorflow'] as const;

/** What actually runs. */
export interface EngineInfo {
  readonly engine: 'onnx' | 'human';
  /** Asked for in the configuration. */
  readonly requestedDevice: string;
  /** The one in use. */
  readonly device: (typeof DEVICES)[number];
  readonly threads: number;
  /** Why a requested device was not used; null when it was. */
  readonly fallbackReason: string | null;
  readonly models: readonly ModelInfo[];
}
