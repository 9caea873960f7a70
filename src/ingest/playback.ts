import type { CameraCertificate } from '../contracts/service/probe-answer.js';
import type { ProbeResult } from '../contracts/stream.js';
import type { Picture, SourceEnd, SourceRequest, StartSource } from './frame-source.js';
import { PacketWatch } from './packet-watch.js';
import { SilenceWatch } from './silence-watch.js';

export interface PlaybackOptions {
  readonly startSource: StartSource;
  readonly request: SourceRequest;
  readonly connectTimeoutMs: number;
  readonly stallTimeoutMs: number;
  readonly onInfo: (info: ProbeResult) => void;
  readonly onCertificate?: (certificate: CameraCertificate) => void;
  /** Somebody who wanted to push was turned away. */
  readonly onRefused?: (from: string, why: string) => void;
  readonly onPicture: (picture: Picture) => void;
  /** Video arrives, but no picture can be shown before its next key picture; called once. */
  readonly onAwaitingKey?: () => void;
  /** No picture for `stallTimeoutMs`; the source is being closed. */
  readonly onStall: () => void;
}

export interface PlaybackEnd extends SourceEnd {
  readonly pictures: number;
  /** Ended by us, since the source changed its picture format: open it again at once. */
  readonly reopen: boolean;
}

/** Reasons in the decoder's words that explain a silence better than "timeout" does. */
const TELLING: readonly string[] = [
  'unauthorised',
  'untrusted',
  'unknown-host',
  'not-found',
  'unsupported-codec',
  'corrupt',
];

/** One connection from opening to its end; `signal` or silence ends it. Never rejects. */
export const play = async (options: PlaybackOptions, signal: AbortSignal): Promise<PlaybackEnd> => {
  const found: { codec: string | null } = { codec: null };
  const onInfo: PlaybackOptions['onInfo'] = (info) => {
    found.codec = info.codec;
    options.onInfo(info);
  };
  const end = await playOnce({ ...options, onInfo }, signal);
  if (signal.aborted) return end;
  if (end.reason === 'awaiting-key-frame') {
    options.onAwaitingKey?.();
    return playOnce({ ...options, request: { ...options.request, packets: 'bare' } }, signal);
  }
  return isStill(options.request, end, found.codec) ? poll(options, signal) : end;
};

const STILL_CODECS: ReadonlySet<string | null> = new Set(['mjpeg', 'png', 'webp', 'bmp']);

/** Whether an HTTP source gave one picture and was done, as cameras do that are asked for each picture. */
const isStill = ({ spec }: SourceRequest, end: PlaybackEnd, codec: string | null): boolean =>
  spec.kind === 'http' && end.reason === 'ended' && end.pictures === 1 && STILL_CODECS.has(codec);

/** Asks for one picture after the other; where a script of requests is done, for the next ones. */
const poll = async (options: PlaybackOptions, signal: AbortSignal): Promise<PlaybackEnd> => {
  const request: SourceRequest = { ...options.request, polled: true };
  for (;;) {
    const end = await playOnce({ ...options, request }, signal);
    if (signal.aborted || end.reason !== 'ended' || end.pictures < 2) return end;
  }
};

const playOnce = async (options: PlaybackOptions, signal: AbortSignal): Promise<PlaybackEnd> => {
  let pictures = 0;
  let awaitsKey = false;
  const packets = new PacketWatch(options.stallTimeoutMs);
  const closing: { cause: 'silence' | 'format' | null } = { cause: null };
  const source = options.startSource(options.request, {
    onInfo: options.onInfo,
    onCertificate: (certificate) => options.onCertificate?.(certificate),
    onRefused: (from, why) => options.onRefused?.(from, why),
    onPicture: (picture) => {
      if (closing.cause !== null) return;
      pictures += 1;
      watch.touch();
      packets.picture(performance.now());
      options.onPicture(picture);
    },
    onPacket: (key) => {
      if (closing.cause !== null) return;
      if (packets.packet(key, performance.now())) watch.stay();
      if (awaitsKey || !packets.awaitsKey(performance.now())) return;
      awaitsKey = true;
      options.onAwaitingKey?.();
    },
    onFormatChange: () => {
      closing.cause ??= 'format';
      void source.stop();
    },
  });
  const watch = new SilenceWatch(options.connectTimeoutMs, options.stallTimeoutMs, () => {
    closing.cause ??= 'silence';
    if (pictures > 0) options.onStall();
    void source.stop();
  });
  const abort = (): void => void source.stop();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const end = await source.ended;
  signal.removeEventListener('abort', abort);
  watch.close();
  return {
    ...explain(end, closing.cause, pictures, packets.undecodable(), options),
    pictures,
    reopen: closing.cause === 'format',
  };
};

const explain = (
  end: SourceEnd,
  ending: 'silence' | 'format' | null,
  pictures: number,
  undecodable: boolean,
  limits: PlaybackOptions,
): SourceEnd => {
  if (ending === 'format')
    return { ...end, reason: 'ended', detail: 'The source changed its picture; opening it again.' };
  if (ending === null || (pictures === 0 && TELLING.includes(end.reason))) return end;
  if (undecodable) return { ...end, reason: 'corrupt', detail: 'Video arrives, but no picture of it can be decoded.' };
  const seconds = Math.round((pictures > 0 ? limits.stallTimeoutMs : limits.connectTimeoutMs) / 1000);
  return { ...end, reason: 'timeout', detail: `No picture for ${seconds} s.` };
};
