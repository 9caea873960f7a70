import type { SourceSpec } from '../source-url.js';
import { CameraFault } from '../camera-fault.js';
import type { Feed } from './feed.js';

/** Somebody who was let in, and how the decoder reads what they send. */
export interface Publisher {
  readonly spec: SourceSpec;
  /** Where their bytes come without a network; absent where the decoder listens on loopback. */
  readonly feed?: Feed;
  /** Called once the decoder was started. */
  join?(): void;
}

/** What a door tells while it is open. */
export interface DoorEvents {
  /** Somebody was turned away; `from` is their address, `why` a sentence without secrets. */
  onRefused(from: string, why: string): void;
  /** Bytes of somebody who was let in are on their way to the decoder. */
  onArrived(): void;
}

/** An open port, until its first publisher is let in; nobody else is meanwhile. */
export interface Door {
  /** Rejects with CameraFault when the port fails. */
  readonly publisher: Promise<Publisher>;
  /** Ends the publisher, too. */
  close(): void;
}

export const LOOPBACK = '127.0.0.1';

/** A source whose bytes come through a feed. */
export const FED: SourceSpec = { kind: 'listen', scheme: 'pipe', input: 'pipe:0', delivery: 'live' };

/** Why a port cannot be opened, in a camera's words. */
export const portFault = (cause: unknown): CameraFault => {
  const { code = '' } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new CameraFault('unreachable', 'Another program, or this camera at work, listens at this port.', { cause });
  if (code === 'EACCES') return new CameraFault('forbidden', 'This user may not listen at this port.', { cause });
  if (code === 'EADDRNOTAVAIL')
    return new CameraFault('unreachable', 'This machine does not have this address.', { cause });
  return new CameraFault('unreachable', 'The port cannot be opened.', { cause });
};
