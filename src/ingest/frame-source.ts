import type { StreamConfig } from '../config/schema.js';
import type { CameraCertificate } from '../contracts/service/probe-answer.js';
import type { OfflineReason, ProbeResult } from '../contracts/stream.js';
import type { Feed } from './push/feed.js';
import type { SourceSpec } from './source-url.js';

/** One decoded picture with its presentation time; packed RGB24, `data.length === width * height * 3`. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Presentation time in ms from the start of this run; null where the source has none. */
  readonly ptsMs: number | null;
  /** Monotonic ms at which the last byte arrived. */
  readonly arrivedMs: number;
  /** Lets the memory be used for a later picture; call when nobody reads `data` any more, or never. */
  readonly release?: (() => void) | undefined;
}

/** What to read and how. */
export interface SourceRequest {
  readonly spec: SourceSpec;
  /** Pictures per second to pick out of the source. */
  readonly fps: number;
  readonly maxWidthPx: number;
  /** Clockwise, degrees; `maxWidthPx` is of the turned picture. */
  readonly rotate?: StreamConfig['rotate'];
  /** The source gives one picture for each request: ask again at the rate of `fps`. */
  readonly polled?: boolean;
  /** The source has a high dynamic range, which is brought down to that of standard video. */
  readonly toneMap?: boolean;
  readonly transport: StreamConfig['transport'];
  /** How the certificate of an address with TLS is judged; default: `verify`. */
  readonly certificate?: StreamConfig['certificate'];
  /** Addresses and networks that may push to a `listen:` address; absent: all. */
  readonly allow?: StreamConfig['allow'];
  /** Where the bytes of a publisher come from that was let in. */
  readonly feed?: Feed;
  readonly decode: StreamConfig['decode'];
  /** `live`: at the speed of the clock; `offline`: as fast as it decodes. */
  readonly pace: 'live' | 'offline';
  readonly loop: boolean;
  /** `bare`: packets are told without their flags, which also works before the video has said what it is. */
  readonly packets?: 'flagged' | 'bare';
  /** Give up a silent socket after this long. */
  readonly socketTimeoutMs: number;
}

/** Where a source delivers; all calls come from one thread, in order. */
export interface SourceSink {
  onInfo(info: ProbeResult): void;
  /** The certificate of a connection with TLS, before anything of it is believed. */
  onCertificate?(certificate: CameraCertificate): void;
  /** Somebody who wanted to push was turned away: from which address, and why, without secrets. */
  onRefused?(from: string, why: string): void;
  /** The source has a high dynamic range; told before its first picture. */
  onHighRange?(): void;
  onPicture(picture: Picture): void;
  /** A piece of video arrived (live sources only); `key`: one that can be decoded without those before it. */
  onPacket?(key: boolean): void;
  /** The source changed its size or pixel format under way: pictures keep the first size until it is reopened. */
  onFormatChange(): void;
}

/** How a run of a source ended; `lines` are the decoder's last words, without secrets. */
export interface SourceEnd {
  readonly reason: OfflineReason;
  /** A sentence for people, without secrets. */
  readonly detail: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly lines: readonly string[];
}

/** One run of a source: from opening to its end. */
export interface RunningSource {
  /** Settles when nothing more will be delivered and the decoder is gone; never rejects. */
  readonly ended: Promise<SourceEnd>;
  pause(): void;
  resume(): void;
  /** Idempotent; interrupts a blocked read and resolves when the decoder is gone. */
  stop(): Promise<void>;
}

/** The port behind which a decoder lives. */
export type StartSource = (request: SourceRequest, sink: SourceSink) => RunningSource;
