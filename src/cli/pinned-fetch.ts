import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { EmoscopeError } from '../runtime/errors.js';

export interface PinnedRequest {
  readonly url: URL;
  /** PEM file with the certificate that the service has to show, first of its chain. */
  readonly certFile: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | null;
  /** JSON to POST; absent: GET. */
  readonly body?: string;
}

const fingerprintOf = async (certFile: string): Promise<string> => {
  try {
    return new X509Certificate(await readFile(certFile)).fingerprint256;
  } catch (cause) {
    throw new EmoscopeError(
      'CONFIG_INVALID',
      'server.tls.cert cannot be read, so the running service cannot be recognised.',
      { cause },
    );
  }
};

/** A connection whose other end has shown exactly the pinned certificate; nothing has been sent over it. */
const pinnedSocket = async ({ url, certFile, signal }: PinnedRequest): Promise<TLSSocket> => {
  const pinned = await fingerprintOf(certFile);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // The names in the certificate are those that people use; this machine talks to itself under another one.
  const socket = connect({ host, port: Number(url.port === '' ? 443 : url.port), rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect', signal === null ? {} : { signal });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  if (socket.getPeerX509Certificate()?.fingerprint256 === pinned) return socket;
  socket.destroy();
  throw new EmoscopeError(
    'STORE_LOCKED',
    `What answers at ${url.origin} shows another certificate than server.tls.cert; restart the service if it was renewed.`,
  );
};

/**
 * GET or POST over TLS from the service whose certificate lies in `certFile`, whatever names that certificate is for. Rejects with
 * CONFIG_INVALID, STORE_LOCKED for another certificate, or the error of the connection.
 */
export const pinnedFetch = async (request: PinnedRequest): Promise<Response> => {
  const { url, headers, signal, body } = request;
  const socket = await pinnedSocket(request);
  const sent = httpRequest({
    createConnection: () => socket,
    host: url.hostname,
    method: body === undefined ? 'GET' : 'POST',
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host },
    ...(signal === null ? {} : { signal }),
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.once('close', () => socket.destroy());
  const answered = Object.entries(response.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  return new Response(Readable.toWeb(response) as ReadableStream, {
    status: response.statusCode ?? 502,
    headers: answered,
  });
};
