/** One decoded picture: packed RGB24, row-major, `data.length === width * height * 3`. */
export interface Frame {
  readonly streamId: string;
  /** Counts frames of this stream since the process started; gaps are drops. */
  readonly seq: number;
  /** Capture time, epoch ms UTC. */
  readonly ts: number;
  /** Monotonic ms (`performance.now()`) at which the last byte arrived; latency is measured from here. */
  readonly arrivedMs: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Lets the memory be used for a later frame; for its last owner, once nobody reads `data` any more. */
  readonly release?: (() => void) | undefined;
}

/** Why a frame never became a result; every drop is counted under one of these. */
export const DROP_REASONS = ['superseded', 'stopping', 'engine-error'] as const;
export type DropReason = (typeof DROP_REASONS)[number];
