import type { StreamConfig } from '../config/schema.js';
import type { ProbeResult } from '../contracts/stream.js';
import { CameraFault } from './camera-fault.js';
import { ffmpegSource } from './ffmpeg/source.js';
import type { Picture, StartSource } from './frame-source.js';
import { play } from './playback.js';
import { parseSourceUrl } from './source-url.js';

export interface ProbeOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly transport?: StreamConfig['transport'];
  readonly startSource?: StartSource;
}

/** A source's description and its first picture, decoded. */
export interface ProbedPicture extends ProbeResult {
  readonly picture: Picture;
}

/** Opens a source until its first picture; throws CameraFault with the reason when there is none. */
export const probePicture = async (url: string, options: ProbeOptions = {}): Promise<ProbedPicture> => {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const abort = new AbortController();
  const signal = options.signal === undefined ? abort.signal : AbortSignal.any([abort.signal, options.signal]);
  let info: ProbeResult | null = null;
  let first: Picture | null = null;
  const end = await play(
    {
      startSource: options.startSource ?? ffmpegSource(),
      request: {
        spec: parseSourceUrl(url),
        fps: 1,
        maxWidthPx: 1920,
        transport: options.transport ?? 'tcp',
        decode: 'software',
        pace: 'live',
        loop: false,
        socketTimeoutMs: timeoutMs,
      },
      connectTimeoutMs: timeoutMs,
      stallTimeoutMs: timeoutMs,
      onInfo: (found) => (info = found),
      onPicture: (picture) => {
        first ??= picture;
        abort.abort();
      },
      onStall: () => abort.abort(),
    },
    signal,
  );
  return described(first, info) ?? fail(end.reason, end.detail);
};

const described = (picture: Picture | null, info: ProbeResult | null): ProbedPicture | null =>
  picture === null
    ? null
    : { ...(info ?? { codec: 'unknown', width: picture.width, height: picture.height, sourceFps: null }), picture };

const fail = (...[reason, detail]: ConstructorParameters<typeof CameraFault>): never => {
  throw new CameraFault(reason, detail);
};

/** What a source is: codec, size and rate; throws CameraFault with the reason when it cannot be read. */
export const probeSource = async (url: string, options: ProbeOptions = {}): Promise<ProbeResult> => {
  const { codec, width, height, sourceFps } = await probePicture(url, options);
  return { codec, width, height, sourceFps };
};
