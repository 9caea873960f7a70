import type { DropReason } from './frame.js';
import type { StreamRole } from './role.js';

/** A camera's life; legal moves are in ingest/camera-state.ts. */
export const STREAM_STATES = ['stopped', 'connecting', 'online', 'stalled', 'reconnecting', 'offline'] as const;
export type StreamState = (typeof STREAM_STATES)[number];

/** Why a stream is not online; each is documented in docs/operations.md. */
export const OFFLINE_REASONS = [
  'unauthorised',
  'untrusted',
  'unguarded',
  'forbidden',
  'unknown-host',
  'unreachable',
  'busy',
  'timeout',
  'awaiting-key-frame',
  'transport',
  'not-found',
  'no-video',
  'unsupported-codec',
  'too-large',
  'corrupt',
  'ended',
  'decoder-crashed',
  'decoder-missing',
  'exhausted',
  'invalid-url',
  'internal',
] as const;
export type OfflineReason = (typeof OFFLINE_REASONS)[number];

/** Why fewer frames than asked for are analysed: this machine is overloaded, or the source sends too few. */
export const SHORTFALLS = ['overload', 'source'] as const;
export type Shortfall = (typeof SHORTFALLS)[number];

/** What is wrong with the light before a camera: too little of it, or a bright ground behind dark people. */
export const LIGHT_FAULTS = ['too-dark', 'against-light'] as const;
export type LightFault = (typeof LIGHT_FAULTS)[number];

/** One stream as an operator sees it. */
export interface StreamStatus {
  readonly id: string;
  readonly name: string;
  readonly role: StreamRole;
  /** URL with every secret replaced by `***`. */
  readonly url: string;
  readonly state: StreamState;
  readonly reason: OfflineReason | null;
  /** A sentence for people, without secrets; null when there is nothing to say. */
  readonly detail: string | null;
  /** Epoch ms of entering `state`. */
  readonly sinceTs: number;
  /** Analysed frames per second the configuration asks for. */
  readonly targetFps: number;
  /** Analysed frames per second over the last 10 s. */
  readonly fps: number;
  /** Set after 10 s of too low a rate; null while the rate is kept or the stream is not online. */
  readonly shortfall: Shortfall | null;
  /** Capture time since which every picture has been the same, epoch ms; null while they change, or for less than two minutes. */
  readonly stillSinceTs: number | null;
  /** Why the camera sees people badly: `too-dark`, `against-light`; null while there is light enough, or for the first seconds. */
  readonly lightFault: LightFault | null;
  /** What `rotate` should be, where faces are found only in turned pictures; null while nothing says so. */
  readonly suggestedRotate: 0 | 90 | 180 | 270 | null;
  /** Faces in the newest frame that do not live (posters, screens) and are left out of every figure. */
  readonly stillFaces: number;
  /** People in view for more than half an hour, left out of the figures from then on. */
  readonly longStays: number;
  readonly framesIn: number;
  readonly framesAnalysed: number;
  readonly drops: Readonly<Record<DropReason, number>>;
  readonly reconnects: number;
  /** Capture time of the last frame, epoch ms, or null. */
  readonly lastFrameTs: number | null;
  /** Frame arrival to sample over the last minute, ms. */
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly codec: string | null;
}

/** What is wrong with a camera's certificate; `changed`: it is not the one with the configured fingerprint. */
export const CERTIFICATE_PROBLEMS = [
  'self-signed',
  'unknown-authority',
  'expired',
  'not-yet-valid',
  'other-host',
  'changed',
] as const;
export type CertificateProblem = (typeof CERTIFICATE_PROBLEMS)[number];

/** From where a `listen:` address can be pushed to: from this machine, from named networks, or from wherever reaches it. */
export const PUSH_REACHES = ['machine', 'networks', 'anywhere'] as const;
/** Whether its publisher must know a key; `short`: one that can be found by trying. */
export const PUSH_KEYS = ['none', 'short', 'set'] as const;

/** What a one-off look at a URL found. */
export interface ProbeResult {
  readonly codec: string;
  /** Null where neither the source nor a picture has told yet. */
  readonly width: number | null;
  readonly height: number | null;
  /** Nominal frames per second of the source; null where the source states none. */
  readonly sourceFps: number | null;
}
