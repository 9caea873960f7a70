import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pinAddresses, type PinnedAddress } from './address.js';

export interface PostOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Finds the addresses of a host; the system's resolver unless given. Rejects with VALIDATION for a forbidden one. */
  readonly resolve?: (hostname: string) => Promise<readonly [PinnedAddress, ...PinnedAddress[]]>;
}

/** The addresses of a name are tried in turn, each for at most a second while another is left (options of net.connect). */
const EVERY_ADDRESS = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1000 };

/** Posts once, to the addresses looked up beforehand in turn; redirects are answers, not followed. Gives the status. */
export const post = async ({ url, headers, body, timeoutMs, signal, ...options }: PostOptions): Promise<number> => {
  const target = new URL(url);
  const resolveHost = options.resolve ?? ((host: string) => pinAddresses(host, options.allowPrivate));
  const pinned = await resolveHost(target.hostname);
  const lookup: LookupFunction = (_hostname, asked, callback) => {
    if (asked.all === true) callback(null, [...pinned]);
    else callback(null, pinned[0].address, pinned[0].family);
  };
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(
      target,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        lookup,
        ...EVERY_ADDRESS,
        agent: false,
        signal: deadline,
      },
      (response) => {
        response.destroy();
        resolve(response.statusCode ?? 0);
      },
    );
    request.once('error', reject);
    request.end(body);
  });
};
