import type { DescribeJob, DetectJob, FaceDescription, FoundFace } from '../engine-port.js';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly models: Readonly<Record<string, Uint8Array>>;
  readonly provider: 'cpu' | 'webgpu' | 'cuda';
  readonly threads: number;
  readonly expression: 'fast' | 'best';
}

/** A job, or some regions of one, whose findings are merged with those of the other regions later. */
export interface DetectShare extends DetectJob {
  readonly share?: boolean;
}

/** Several jobs of one kind, run as one batch. */
export type WorkerRequest =
  | { readonly id: number; readonly kind: 'detect'; readonly jobs: readonly DetectShare[] }
  | { readonly id: number; readonly kind: 'describe'; readonly jobs: readonly DescribeJob[] }
  | { readonly kind: 'close' };

export type OnnxTask = Exclude<WorkerRequest, { kind: 'close' }>;

/** One answer per task. */
export type OnnxAnswer =
  | { readonly id: number; readonly kind: 'detected'; readonly faces: readonly FoundFace[][]; readonly ms: number }
  | {
      readonly id: number;
      readonly kind: 'described';
      readonly faces: readonly FaceDescription[][];
      readonly ms: number;
    }
  | { readonly id: number; readonly kind: 'failed'; readonly code: string; readonly message: string };
