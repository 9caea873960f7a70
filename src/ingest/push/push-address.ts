import { isIP } from 'node:net';
import { percentDecoded, readAddress } from '../../runtime/address/read-address.js';
import { CameraFault } from '../camera-fault.js';

export type PushScheme = 'rtmp' | 'rtsp' | 'srt' | 'tcp' | 'udp';

/** A `listen:` address in parts. */
export interface PushAddress {
  readonly scheme: PushScheme;
  /** An address of this machine, without brackets; empty: all of them. */
  readonly host: string;
  readonly port: number;
  /** Without the first slash, as written; may hold a key. */
  readonly path: string;
  readonly options: ReadonlyMap<string, string>;
}

const PORTS: Readonly<Partial<Record<string, number>>> = { rtmp: 1935, rtsp: 554 };

/** The parts of `rtmp://…` and the like behind `listen:`; throws CameraFault `invalid-url` without a port. */
export const readPushAddress = (input: string): PushAddress => {
  const address = readAddress(input);
  const port = Number(address?.port ?? PORTS[address?.scheme ?? ''] ?? 0);
  if (address === null || port === 0) throw new CameraFault('invalid-url', 'listen: takes a port, such as :9000.');
  const scheme = address.scheme as PushScheme;
  const bare = address.host.replace(/^\[|\]$/g, '');
  const [path = '', ...query] = scheme === 'rtmp' ? [address.tail] : address.tail.split('?');
  const pairs = query.join('?').split('&').filter(Boolean);
  return {
    scheme,
    host: bare === 'localhost' ? '127.0.0.1' : bare,
    port,
    path: path.replace(/^\//, ''),
    options: new Map(
      pairs.map((pair) => [pair.split('=')[0] ?? '', percentDecoded(pair.split('=').slice(1).join('='))]),
    ),
  };
};

/** Whether nobody but this machine reaches an address. */
export const isLoopback = (host: string): boolean =>
  (isIP(host) === 4 && host.startsWith('127.')) || host === '::1' || host === '0:0:0:0:0:0:0:1';
