import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { EmoscopeError } from '../../runtime/errors.js';

/** Ranges that are not the public internet (RFC 6890 and its IPv6 counterparts). */
const PRIVATE_RANGES: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
];

const blocked = new BlockList();
for (const [net, prefix, family] of PRIVATE_RANGES) blocked.addSubnet(net, prefix, family);

/** IPv6 addresses outside 2000::/3, and inside it those that are documentation, tunnels or carry an IPv4 address. */
const publicIpv6 = new BlockList();
publicIpv6.addSubnet('2000::', 3, 'ipv6');
const specialIpv6 = new BlockList();
specialIpv6.addSubnet('2001::', 23, 'ipv6');
specialIpv6.addSubnet('2001:db8::', 32, 'ipv6');
specialIpv6.addSubnet('2002::', 16, 'ipv6');
specialIpv6.addSubnet('3fff::', 20, 'ipv6');

/** Whether an IP address belongs to the public internet. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  return family === 6 && publicIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
};

/** Whether a text is an absolute http or https address without user name and password. */
export const isWebhookAddress = (text: string): boolean => {
  try {
    const { protocol, username, password } = new URL(text);
    return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
  } catch {
    return false;
  }
};

export interface PinnedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Looks a host up once; the caller connects to exactly these addresses, so that a second answer cannot lead elsewhere. */
export const pinAddresses = async (
  hostname: string,
  allowPrivate: boolean,
): Promise<readonly [PinnedAddress, ...PinnedAddress[]]> => {
  const host = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host, family: isIP(host) }];
  if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address))) {
    throw new EmoscopeError('VALIDATION', {
      ru: 'Вебхук ведёт на внутренний адрес; это разрешает webhooks.allowPrivateAddresses.',
      en: 'The webhook leads to a private address; webhooks.allowPrivateAddresses permits that.',
    });
  }
  const [first, ...rest] = found.map(({ address, family }): PinnedAddress => ({
    address,
    family: family === 6 ? 6 : 4,
  }));
  if (first === undefined) {
    throw new EmoscopeError('VALIDATION', {
      ru: 'У имени в адресе вебхука нет адреса в сети.',
      en: 'The host of the webhook has no address.',
    });
  }
  return [first, ...rest];
};
