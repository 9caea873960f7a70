import { isIP } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressText, readAddress, type Address } from '../runtime/address/read-address.js';
import { CameraFault } from './camera-fault.js';

export type SourceKind = 'rtsp' | 'http' | 'file' | 'v4l2' | 'listen';

/** A stream's URL, understood. `input` is what the decoder opens and may carry secrets: never print it. */
export interface SourceSpec {
  readonly kind: SourceKind;
  /** Scheme of the network address, without a colon; `file` for files and devices. */
  readonly scheme: string;
  readonly input: string;
  /**
   * `finite`: a recording, which ends for good; `bursts`: live, but in segments ahead of the clock; `live`: as it
   * happens. What an HTTP address is only its answer tells: it counts as `live` until it was asked.
   */
  readonly delivery: 'finite' | 'bursts' | 'live';
  /** `input` is a door of ours on loopback, and whatever it leads to must come through it. */
  readonly relayed?: true;
}

const LISTEN_SCHEMES = ['rtmp', 'rtsp', 'tcp', 'udp', 'srt'];
/** Longer ones do not fit into a process's arguments or a camera's request. */
export const LONGEST_URL = 2000;

const refuse = (message: string, cause?: unknown): never => {
  throw new CameraFault('invalid-url', message, { cause });
};

const networkAddress = (text: string, needsHost: boolean): Address => {
  // eslint-disable-next-line no-control-regex -- a line break would end a line of the decoder's input script
  if (/[\u0000-\u001f\u007f]/.test(text)) return refuse('The address has control characters.');
  const address = readAddress(text) ?? refuse('The address is not a URL.');
  if (needsHost && address.host === '') return refuse('The address names no host.');
  if (!address.valid) {
    return refuse('The address has no valid host and port; write a : / ? # or @ in a password as %3A %2F %3F %23 %40.');
  }
  return address;
};

/** Absolute path of a relative one; a working folder that is gone has none. */
const absolute = (file: string): string => {
  try {
    return path.resolve(file);
  } catch (cause) {
    return refuse('The file cannot be looked for: the working folder is gone.', cause);
  }
};

const filePath = (text: string): string => {
  if (!/^file:\/\//i.test(text)) return absolute(text.slice('file:'.length));
  try {
    const file = fileURLToPath(text);
    return file.includes('\0') ? refuse('A file has no name with a zero in it.') : file;
  } catch (cause) {
    if (cause instanceof CameraFault) throw cause;
    return refuse('The file: address names no file here: write a % in a name as %25, and no host.', cause);
  }
};

/**
 * What may follow the `?` of an address to listen at. ffmpeg takes options from there, and with `listen=0` or `mode=caller`
 * it would dial the host that the address names. RTMP takes none: there it is part of the stream's name.
 */
const LISTEN_KEYS: Readonly<Record<string, readonly string[]>> = {
  srt: ['passphrase', 'pbkeylen', 'latency', 'pkt_size', 'maxbw'],
  udp: ['buffer_size', 'fifo_size', 'pkt_size', 'overrun_nonfatal'],
};

const assertListens = ({ scheme, host, tail }: Address): void => {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare !== '' && bare !== 'localhost' && isIP(bare) === 0) {
    refuse('listen: takes an address of this machine, such as 0.0.0.0, not a name.');
  }
  const [, ...rest] = tail.split('?');
  const keys = rest.join('?').split('&').filter(Boolean);
  const isKnown = (pair: string): boolean => (LISTEN_KEYS[scheme] ?? []).includes(pair.split('=')[0] ?? '');
  if (tail.includes('#') || (scheme !== 'rtmp' && !keys.every(isKnown))) {
    refuse('listen: addresses take no such options.');
  }
};

/** Nobody checks who pushes by name and password, and a process's arguments are everybody's to read. */
const listenInput = (text: string): { readonly scheme: string; readonly input: string } => {
  const address = networkAddress(text, false);
  if (!LISTEN_SCHEMES.includes(address.scheme)) {
    return refuse(`listen: accepts ${LISTEN_SCHEMES.join(', ')} addresses.`);
  }
  assertListens(address);
  return { scheme: address.scheme, input: addressText({ ...address, prefix: '', userInfo: null }) };
};

/** Understands a configured `url`: rtsp(s), http(s), file path, v4l2 device, or `listen:` for a push; throws CameraFault `invalid-url` and nothing else. */
export const parseSourceUrl = (text: string): SourceSpec => {
  if (text.includes('\0') || text.trim() === '') return refuse('The address is empty.');
  if (text.length > LONGEST_URL) return refuse(`The address is longer than ${LONGEST_URL} characters.`);
  if (text.startsWith('listen:')) {
    return { kind: 'listen', ...listenInput(text.slice('listen:'.length)), delivery: 'live' };
  }
  if (text.startsWith('v4l2:')) return { kind: 'v4l2', scheme: 'file', input: text.slice(5), delivery: 'live' };
  if (text.startsWith('/dev/video')) return { kind: 'v4l2', scheme: 'file', input: text, delivery: 'live' };
  if (/^file:/i.test(text)) return { kind: 'file', scheme: 'file', input: filePath(text), delivery: 'finite' };
  const scheme = readAddress(text)?.scheme;
  if (scheme === undefined) return { kind: 'file', scheme: 'file', input: absolute(text), delivery: 'finite' };
  if (!['rtsp', 'rtsps', 'http', 'https'].includes(scheme)) return refuse(`The scheme ${scheme}: is not supported.`);
  const input = addressText(networkAddress(text, true));
  return { kind: scheme.startsWith('rtsp') ? 'rtsp' : 'http', scheme, input, delivery: 'live' };
};
