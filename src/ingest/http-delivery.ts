import { request as httpRequest, type IncomingMessage } from 'node:http';
import { credentialsOf, readAddress } from '../runtime/address/read-address.js';
import type { SourceSpec } from './source-url.js';
import { connectChecked } from './tls/checked-connection.js';
import { tlsTargetOf } from './tls/relay.js';
import { readTrust } from './tls/trust.js';

type Delivery = SourceSpec['delivery'];

const TIMEOUT_MS = 5000;
const MOST_REDIRECTS = 5;
const MOST_BYTES = 64 * 1024;
/** Some cameras promise a body of absurd length for a stream that never ends. */
const LONGEST_RECORDING_BYTES = 1e12;
const PLAYLIST_MARK = '#EXTM3U';

interface Asking {
  readonly certificate: string;
  readonly signal: AbortSignal;
}

const ask = async (text: string, { certificate, signal }: Asking): Promise<IncomingMessage> => {
  const address = readAddress(text);
  if (address === null || !['http', 'https'].includes(address.scheme) || !address.valid) {
    throw new Error('not an HTTP address');
  }
  const { user, password } = credentialsOf(address);
  const path = address.tail
    .replace(/#.*$/s, '')
    .replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
  // The password is not shown to a camera that the decoder would not be led to.
  const socket =
    address.scheme === 'https'
      ? await connectChecked(tlsTargetOf(address), readTrust(certificate), () => undefined)
      : null;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: address.host.replace(/^\[|\]$/g, ''),
      ...(address.port === null ? {} : { port: address.port }),
      path: path.startsWith('/') ? path : `/${path}`,
      ...(address.userInfo === null ? {} : { auth: `${user}:${password}` }),
      ...(socket === null ? { agent: false } : { createConnection: () => socket }),
      signal,
    });
    request.once('response', resolve).once('error', reject).end();
  });
};

/** The beginning of a body, as far as it tells a playlist from anything else. */
const beginning = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of response.setEncoding('latin1')) {
    text += String(chunk);
    if (text.length >= MOST_BYTES) break;
    if (text.length >= PLAYLIST_MARK.length && !text.startsWith(PLAYLIST_MARK)) break;
  }
  return text;
};

/** Where an answer sends to; null: out of the TLS of a camera, or to another one, where its certificate says nothing. */
const elsewhere = (target: string, from: string): string | null => {
  const [there, here] = [new URL(target, from), new URL(from)];
  return here.protocol === 'https:' && there.origin !== here.origin ? null : there.href;
};

const deliveryOf = async (text: string | null, asking: Asking, turns: number): Promise<Delivery> => {
  if (text === null) return 'live';
  const response = await ask(text, asking);
  try {
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined && turns > 0) {
      return await deliveryOf(elsewhere(headers.location, text), asking, turns - 1);
    }
    const type = headers['content-type'] ?? '';
    if (statusCode !== 200 || /^multipart\//i.test(type)) return 'live';
    const body = await beginning(response);
    if (body.startsWith(PLAYLIST_MARK)) {
      const variant = /^#EXT-X-STREAM-INF[^\n]*\n(?:#[^\n]*\n)*([^#\r\n]+)/m.exec(body)?.[1];
      if (variant !== undefined && turns > 0)
        return await deliveryOf(elsewhere(variant.trim(), text), asking, turns - 1);
      return body.includes('#EXT-X-ENDLIST') ? 'finite' : 'bursts';
    }
    const length = Number(headers['content-length'] ?? 0);
    return length > 0 && length < LONGEST_RECORDING_BYTES ? 'finite' : 'live';
  } finally {
    response.destroy();
  }
};

/**
 * How an HTTP source comes, told by its answer and never by its name: a body of known length or a closed playlist is a
 * recording, an open playlist comes in bursts, anything else is live. Null without an answer; never throws.
 */
export const askDelivery = async (
  input: string,
  certificate: string,
  signal: AbortSignal,
): Promise<Delivery | null> => {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    return await deliveryOf(input, { certificate, signal: within }, MOST_REDIRECTS);
  } catch {
    return null;
  }
};
