import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { PushDoor } from '../../contracts/service/probe-answer.js';
import { percentDecoded } from '../../runtime/address/read-address.js';
import { CameraFault } from '../camera-fault.js';
import { parseSourceUrl, type SourceSpec } from '../source-url.js';
import { isLoopback, readPushAddress, type PushAddress } from './push-address.js';

/** A shorter key can be found by trying; SRT itself takes none below ten. */
const LEAST_KEY = 12;
const LEAST_PASSPHRASE = 10;

const keyOf = ({ scheme, path, options }: PushAddress): { readonly key: string; readonly least: number } =>
  scheme === 'srt'
    ? { key: options.get('passphrase') ?? '', least: LEAST_PASSPHRASE }
    : {
        key: ['rtmp', 'rtsp'].includes(scheme) ? (path.replace(/\/+$/, '').split('/').at(-1) ?? '') : '',
        least: LEAST_KEY,
      };

/** How far a `listen:` source is open; null for every other one. */
export const pushDoor = (spec: SourceSpec, allow: readonly string[] | undefined): PushDoor | null => {
  if (spec.kind !== 'listen') return null;
  const address = readPushAddress(spec.input);
  const { key, least } = keyOf(address);
  return {
    reach: isLoopback(address.host) ? 'machine' : allow === undefined ? 'anywhere' : 'networks',
    networks: allow ?? [],
    key: key === '' ? 'none' : key.length < least ? 'short' : 'set',
    encrypted: address.scheme === 'srt' && key !== '',
  };
};

/** The same for an address as it is configured; null also where it is none. */
export const pushDoorOf = (url: string, allow: readonly string[] | undefined): PushDoor | null => {
  try {
    return pushDoor(parseSourceUrl(url), allow);
  } catch (error) {
    if (error instanceof CameraFault) return null;
    throw error;
  }
};

/** Whether anybody who reaches this machine could push pictures of their own. */
export const isUnguarded = ({ reach, key }: PushDoor): boolean => reach === 'anywhere' && key !== 'set';

/** Throws CameraFault `unguarded` for an address at which anybody could push. */
export const assertGuarded = (door: PushDoor | null): void => {
  if (door === null || !isUnguarded(door)) return;
  throw new CameraFault(
    'unguarded',
    `Anybody could push to this address: end its path with a key of at least ${LEAST_KEY} characters (rtmp, rtsp), give a passphrase (srt), or name the networks in "allow".`,
  );
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Who may come through a door, and with which path. */
export interface DoorGuard {
  mayCome(address: string): boolean;
  /** Takes as long for a wrong path as for the right one; without a path every one is. */
  isPath(path: string): boolean;
}

export const doorGuard = ({ path }: PushAddress, allow: readonly string[] | undefined): DoorGuard => {
  const list = new BlockList();
  for (const entry of allow ?? []) {
    const [network = '', bits] = entry.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  const expected = [path, percentDecoded(path)].map((each) => sha256(each.replace(/\/+$/, '')));
  return {
    mayCome: (text) => {
      const address = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
      return allow === undefined || list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
    },
    isPath: (given) => {
      const hash = sha256(given.replace(/^\/+|\/+$/g, ''));
      return path === '' || expected.map((each) => timingSafeEqual(each, hash)).includes(true);
    },
  };
};
