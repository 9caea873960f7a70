import type { StreamConfig } from '../config/schema.js';
import type { CameraCertificate } from '../contracts/service/probe-answer.js';
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
  readonly certificate?: StreamConfig['certificate'];
  readonly allow?: StreamConfig['allow'];
  readonly rotate?: StreamConfig['rotate'];
  readonly startSource?: StartSource;
}

/** A source's description and its first picture, decoded; null where video arrives but its next key picture did not come in time. */
export interface ProbedPicture extends ProbeResult {
  readonly picture: Picture | null;
  /** Null without TLS. */
  readonly certificate: CameraCertificate | null;
}

/** Opens a source until its first picture; throws CameraFault with the reason, and its certificate, when there is none. */
export const probePicture = async (url: string, options: ProbeOptions = {}): Promise<ProbedPicture> => {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const abort = new AbortController();
  const signal = options.signal === undefined ? abort.signal : AbortSignal.any([abort.signal, options.signal]);
  let info: ProbeResult | null = null;
  let first: Picture | null = null;
  const seen: { certificate: CameraCertificate | null } = { certificate: null };
  const waiting = { forKey: false };
  // Packets keep a source open, so that the look needs an end of its own.
  const deadline = setTimeout(() => abort.abort(), timeoutMs);
  const end = await play(
    {
      startSource: options.startSource ?? ffmpegSource(),
      request: {
        spec: parseSourceUrl(url),
        fps: 1,
        maxWidthPx: 1920,
        transport: options.transport ?? 'tcp',
        certificate: options.certificate ?? 'verify',
        allow: options.allow,
        decode: 'software',
        rotate: options.rotate ?? 0,
        pace: 'live',
        loop: false,
        socketTimeoutMs: timeoutMs,
      },
      connectTimeoutMs: timeoutMs,
      stallTimeoutMs: timeoutMs,
      onInfo: (found) => (info = found),
      onCertificate: (certificate) => (seen.certificate = certificate),
      onPicture: (picture) => {
        first ??= picture;
        abort.abort();
      },
      onAwaitingKey: () => (waiting.forKey = true),
      onStall: () => abort.abort(),
    },
    signal,
  ).finally(() => clearTimeout(deadline));
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set by a callback
  if (first !== null || (waiting.forKey && signal.aborted)) return { ...described(first, info), ...seen };
  if (end.reason !== 'ended' || !signal.aborted) throw new CameraFault(end.reason, end.detail, { details: seen });
  throw new CameraFault('timeout', `No picture for ${Math.round(timeoutMs / 1000)} s.`, { details: seen });
};

const described = (picture: Picture | null, info: ProbeResult | null): Omit<ProbedPicture, 'certificate'> => ({
  ...(info ?? { codec: 'unknown', width: picture?.width ?? null, height: picture?.height ?? null, sourceFps: null }),
  picture,
});

/** The certificate that a look which failed had seen; null without one. */
export const certificateSeen = ({ details }: CameraFault): CameraCertificate | null =>
  (details as { readonly certificate?: CameraCertificate | null } | undefined)?.certificate ?? null;

/** What a source is: codec, size and rate; throws CameraFault with the reason when it cannot be read. */
export const probeSource = async (url: string, options: ProbeOptions = {}): Promise<ProbeResult> => {
  const { codec, width, height, sourceFps } = await probePicture(url, options);
  return { codec, width, height, sourceFps };
};
