import type { SharedPicture } from '../../pixels/picture.js';
import type { TaskFailure } from '../worker-handle.js';
import type { FoundBody } from './centernet.js';

/** What the thread that looks for bodies is started with. */
export interface BodySetup {
  readonly model: Uint8Array;
}

export interface BodyTask {
  readonly picture: SharedPicture;
}

export type BodyAnswer =
  { readonly kind: 'found'; readonly bodies: readonly FoundBody[]; readonly ms: number } | TaskFailure;
