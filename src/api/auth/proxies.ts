import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { Config } from '../../config/schema.js';

/** What `trustProxy: true` means: a proxy on this machine or in the own network, never one of the internet. */
const OWN_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** Networks whose machines may say whom they ask for, in the words of @fastify/proxy-addr; empty: nobody. */
const trustedNetworks = (trustProxy: Config['server']['trustProxy']): string[] => {
  if (trustProxy === true) return OWN_NETWORKS;
  return trustProxy === false ? [] : [...trustProxy];
};

/** How a browser sees us: the host it names and whether its connection is encrypted. */
export interface Frontage {
  readonly host: string | undefined;
  readonly isSecure: boolean;
  /** Address of the last hop that is none of our proxies. */
  readonly clientAddress: string;
}

/** A proxy that appends to a list writes its own word last. */
const lastOf = (header: string | readonly string[] | undefined): string | undefined => {
  const text = typeof header === 'string' ? header : header?.join(',');
  return text?.split(',').at(-1)?.trim();
};

const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'].some(
    (name) => headers[name] !== undefined,
  );

/** Knows which hops are our own proxies and believes what they say of the browser. */
export class Proxies {
  private readonly trust: (address: string, hop: number) => boolean;

  constructor(private readonly server: Pick<Config['server'], 'trustProxy' | 'tls'>) {
    this.trust = proxyAddr.compile(trustedNetworks(server.trustProxy));
  }

  frontage(headers: IncomingHttpHeaders, peerAddress: string): Frontage {
    const isSecure = this.server.tls !== undefined;
    if (peerAddress === '' || !this.trust(peerAddress, 0))
      return { host: headers.host, isSecure, clientAddress: peerAddress };
    const request = { headers, socket: { remoteAddress: peerAddress } } as unknown as IncomingMessage;
    const scheme = lastOf(headers['x-forwarded-proto']);
    return {
      host: lastOf(headers['x-forwarded-host']) ?? headers.host,
      isSecure: scheme === undefined ? isSecure : scheme === 'https',
      clientAddress: proxyAddr(request, this.trust),
    };
  }

  /** Whether a request came through somebody who is not ours to trust: it may be from anywhere. */
  isFromElsewhere(headers: IncomingHttpHeaders): boolean {
    return this.server.trustProxy === false && isForwarded(headers);
  }
}
