import type { PushDoor } from '../../../contracts/service/probe-answer.js';

const KEYS: Readonly<Record<PushDoor['key'], string>> = {
  none: 'no key',
  short: 'a key so short that it can be found by trying',
  set: 'a key',
};

/** How far a `listen:` address is open, in one line. */
export const doorWords = ({ reach, networks, key, encrypted }: PushDoor): string => {
  const from = { machine: 'this machine', networks: networks.join(', '), anywhere: 'anywhere' }[reach];
  return `open to ${from} with ${KEYS[key]}, ${encrypted ? 'encrypted' : 'not encrypted'}`;
};
