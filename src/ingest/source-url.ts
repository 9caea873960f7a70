import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CameraFault } from './camera-fault.js';

export type SourceKind = 'rtsp' | 'http' | 'file' | 'v4l2' | 'listen';

/** A stream's URL, understood. `input` is what the decoder opens and may carry secrets: never print it. */
export interface SourceSpec {
  readonly kind: SourceKind;
  /** Scheme of the network address, without a colon; `file` for files and devices. */
  readonly scheme: string;
  readonly input: string;
  /** `finite`: a recording, which ends for good; `bursts`: live, but in segments ahead of the clock; `live`: as it happens. */
  readonly delivery: 'finite' | 'bursts' | 'live';
}

const LISTEN_SCHEMES = ['rtmp', 'rtsp', 'tcp', 'udp', 'srt'];
const RECORDING = /\.(mp4|m4v|mov|mkv|webm|avi|mpg|mpeg)$/i;
const PLAYLIST = /\.m3u8$/i;

const networkUrl = (text: string, needsHost: boolean): URL => {
  // eslint-disable-next-line no-control-regex -- a line break would end a line of the decoder's input script
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new CameraFault('invalid-url', 'The address has control characters.');
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new CameraFault('invalid-url', 'The address is not a URL.', { cause });
  }
  if (needsHost && url.hostname === '') throw new CameraFault('invalid-url', 'The address names no host.');
  return url;
};

/** Understands a configured `url`: rtsp(s), http(s), file path, v4l2 device, or `listen:` for a push; throws CameraFault `invalid-url`. */
export const parseSourceUrl = (text: string): SourceSpec => {
  if (text.includes('\0') || text.trim() === '') throw new CameraFault('invalid-url', 'The address is empty.');
  if (text.startsWith('listen:')) {
    const target = text.slice('listen:'.length);
    const scheme = networkUrl(target, false).protocol.slice(0, -1);
    if (!LISTEN_SCHEMES.includes(scheme)) {
      throw new CameraFault('invalid-url', `listen: accepts ${LISTEN_SCHEMES.join(', ')} addresses.`);
    }
    return { kind: 'listen', scheme, input: target, delivery: 'live' };
  }
  if (text.startsWith('v4l2:')) return { kind: 'v4l2', scheme: 'file', input: text.slice(5), delivery: 'live' };
  if (text.startsWith('/dev/video')) return { kind: 'v4l2', scheme: 'file', input: text, delivery: 'live' };
  if (text.startsWith('file:')) {
    const file = text.startsWith('file://') ? fileURLToPath(text) : text.slice(5);
    return { kind: 'file', scheme: 'file', input: path.resolve(file), delivery: 'finite' };
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'file', scheme: 'file', input: path.resolve(text), delivery: 'finite' };
  const url = networkUrl(text, true);
  if (scheme === 'rtsp' || scheme === 'rtsps') return { kind: 'rtsp', scheme, input: text, delivery: 'live' };
  if (scheme === 'http' || scheme === 'https') {
    const delivery = RECORDING.test(url.pathname) ? 'finite' : PLAYLIST.test(url.pathname) ? 'bursts' : 'live';
    return { kind: 'http', scheme, input: text, delivery };
  }
  throw new CameraFault('invalid-url', `The scheme ${scheme}: is not supported.`);
};
