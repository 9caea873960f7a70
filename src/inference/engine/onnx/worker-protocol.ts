import type { DescribeJob, DetectJob, FoundFace } from '../port.js';
import type { FaceDescription } from '../../describe/face-description.js';
import type { TaskFailure } from '../worker-handle.js';
import type { Shared } from './shared-job.js';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly models: Readonly<Record<string, Uint8Array>>;
  readonly provider: 'cpu' | 'webgpu' | 'cuda';
  readonly threads: number;
  readonly expression: 'fast' | 'best';
  /** Side of YuNet's input, where it finds the faces; null: BlazeFace does. */
  readonly yunetSize: number | null;
}

/** What one thread saw of a job: in how many of its regions it looked, and whom it found there; merged unless the job is shared. */
export interface Detected {
  readonly faces: readonly FoundFace[];
  readonly looks: number;
}

/** What one thread says of a job's faces, and which of them these are. */
export interface Described {
  readonly faces: readonly FaceDescription[];
  readonly places: readonly number[];
}

/** Several jobs of one kind, run as one batch. */
export type OnnxTask =
  | { readonly kind: 'detect'; readonly jobs: readonly Shared<DetectJob>[] }
  | { readonly kind: 'describe'; readonly jobs: readonly Shared<DescribeJob>[] };

/** One answer per task. */
export type OnnxAnswer =
  | { readonly kind: 'detected'; readonly results: readonly Detected[]; readonly ms: number }
  | { readonly kind: 'described'; readonly results: readonly Described[]; readonly ms: number }
  | TaskFailure;
