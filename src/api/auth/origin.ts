import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';

/** Whether an address or host name is this machine's loopback. */
export const isLoopbackHost = (host: string): boolean => {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === 'localhost' || name === '::1') return true;
  const ipv4 = name.startsWith('::ffff:') ? name.slice(7) : name;
  return isIP(ipv4) === 4 && ipv4.startsWith('127.');
};

/** Host name of a `Host` header, or null when it is missing or malformed. */
export const hostNameOf = (hostHeader: string | undefined): string | null => {
  if (hostHeader === undefined || !/^[a-z0-9.:[\]_-]+$/i.test(hostHeader)) return null;
  try {
    return new URL(`http://${hostHeader}`).hostname;
  } catch {
    return null;
  }
};

/**
 * Whether a browser sent this from a page that is not ours: another `Origin` than the host it talks to (behind a proxy, the
 * one that the proxy names), or a cross-site fetch. Clients that are not browsers send neither header and pass.
 */
export const isForeignOrigin = (
  headers: IncomingHttpHeaders,
  host: string | undefined,
  allowedOrigins: readonly string[],
): boolean => {
  const { origin } = headers;
  if (origin !== undefined) {
    if (allowedOrigins.includes(origin)) return false;
    try {
      return host === undefined || new URL(origin).host !== new URL(`http://${host}`).host;
    } catch {
      return true;
    }
  }
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
};
