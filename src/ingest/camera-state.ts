import type { OfflineReason, StreamState } from '../contracts/stream.js';

/** What can happen to a camera. */
export const CAMERA_EVENTS = ['start', 'waiting', 'frame', 'silence', 'lost', 'gave-up', 'stop'] as const;
export type CameraEvent = (typeof CAMERA_EVENTS)[number];

/**
 * The camera's life: state × event → next state. A pair that is missing cannot happen.
 * `waiting`: video arrives, and its next key picture is awaited;
 * `lost`: the connection ended and another try may well succeed; `gave-up`: trying goes on, but a person has to know.
 */
export const CAMERA_MOVES: Readonly<Record<StreamState, Partial<Record<CameraEvent, StreamState>>>> = {
  stopped: { start: 'connecting', stop: 'stopped' },
  connecting: { waiting: 'connecting', frame: 'online', 'gave-up': 'offline', stop: 'stopped' },
  online: { frame: 'online', silence: 'stalled', lost: 'reconnecting', 'gave-up': 'offline', stop: 'stopped' },
  stalled: { frame: 'online', lost: 'reconnecting', 'gave-up': 'offline', stop: 'stopped' },
  reconnecting: {
    waiting: 'reconnecting',
    frame: 'online',
    lost: 'reconnecting',
    'gave-up': 'offline',
    stop: 'stopped',
  },
  offline: { waiting: 'connecting', frame: 'online', 'gave-up': 'offline', stop: 'stopped' },
};

/** The state after `event`; throws on an illegal move, which is a bug of ours. */
export const nextCameraState = (state: StreamState, event: CameraEvent): StreamState => {
  const next = CAMERA_MOVES[state][event];
  if (next === undefined) throw new Error(`a camera that is ${state} cannot take "${event}"`);
  return next;
};

/** Reasons that another try in a second will not cure: reported at once, tried again at the longest interval. */
export const PERMANENT_REASONS: ReadonlySet<OfflineReason> = new Set([
  'unauthorised',
  'untrusted',
  'unguarded',
  'forbidden',
  'transport',
  'unknown-host',
  'not-found',
  'no-video',
  'unsupported-codec',
  'too-large',
  'decoder-missing',
  'invalid-url',
]);
