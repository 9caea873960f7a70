import type { LightFault, OfflineReason, StreamState } from '../contracts/stream.js';

/** A camera as its supervisor sees it. */
export interface CameraStatus {
  readonly state: StreamState;
  readonly reason: OfflineReason | null;
  /** A sentence for people, without secrets; null when there is nothing to say. */
  readonly detail: string | null;
  /** Epoch ms of entering `state`. */
  readonly sinceTs: number;
  readonly framesIn: number;
  readonly reconnects: number;
  /** Capture time of the last frame, epoch ms. */
  readonly lastFrameTs: number | null;
  /** Capture time since which every picture has been the same, epoch ms; null while they change. */
  readonly stillSinceTs: number | null;
  /** What is wrong with the light; null while nothing is, or it is not known yet. */
  readonly lightFault: LightFault | null;
  /** Size of the source's picture, turned as configured. */
  readonly width: number | null;
  readonly height: number | null;
  readonly codec: string | null;
  /** Without secrets. */
  readonly url: string;
}
