import type { PixelBox, SharedPicture } from '../../pixels/picture.js';
import type { TaskFailure } from '../worker-handle.js';
import type { HumanFinding } from './human-face.js';

/** Which build of Human a thread loads, and on what it computes. */
export interface HumanSetup {
  /** Path of the build inside the package. */
  readonly build: string;
  readonly backend: 'wasm' | 'tensorflow';
  /** Folder of the package, of its models and of the wasm files. */
  readonly packageFolder: string;
  /** Where the wasm backend's files lie; null where TensorFlow itself computes. */
  readonly wasmFolder: string | null;
}

export type HumanTask = { readonly picture: SharedPicture; readonly regions: readonly PixelBox[] };

export type HumanAnswer =
  { readonly kind: 'analysed'; readonly faces: readonly HumanFinding[]; readonly ms: number } | TaskFailure;
