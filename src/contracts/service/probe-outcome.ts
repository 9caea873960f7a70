import type { CameraCertificate, PushDoor } from './probe-answer.js';
import type { OfflineReason, ProbeResult } from '../stream.js';

/** What a one-off look at a source found. */
export type ProbeOutcome =
  | {
      readonly ok: true;
      readonly result: ProbeResult;
      readonly jpeg: Uint8Array | null;
      /** Set where video arrives but no picture of it could be shown yet. */
      readonly reason: OfflineReason | null;
      /** Null without TLS. */
      readonly certificate: CameraCertificate | null;
      /** How far a `listen:` address is open; null for others. */
      readonly door: PushDoor | null;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly detail: string;
      readonly certificate: CameraCertificate | null;
      readonly door: PushDoor | null;
    };
