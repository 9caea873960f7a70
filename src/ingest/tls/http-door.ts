import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Address } from '../../runtime/address/read-address.js';
import { CameraFault } from '../camera-fault.js';
import type { TlsTarget } from './checked-connection.js';
import { LONGEST_PLAYLIST_BYTES, ownPlaylist, PLAYLIST_MARK } from './playlist.js';

/** What the HTTP side of a relay needs of it. */
export interface HttpDoorParts {
  readonly address: Address;
  readonly target: TlsTarget;
  /** Where the decoder was sent: host and port of the door. */
  door(): string;
  /** A connection to the camera, its certificate checked. */
  connect(): Promise<Socket>;
  onFault(fault: CameraFault): void;
}

const leadsAway = (what: string): CameraFault =>
  new CameraFault('not-found', `The ${what} leads elsewhere, to where the camera's certificate says nothing of.`);

/** Headers that are of one connection, or of a body that is about to be changed. */
const OF_BODY = ['content-length', 'transfer-encoding', 'content-range', 'accept-ranges'];

/** The first bytes of a body, as many as tell a playlist; they are put back. */
const beginningOf = async (body: IncomingMessage): Promise<string> => {
  let first = Buffer.alloc(0);
  while (first.length < PLAYLIST_MARK.length) {
    const chunk = body.read() as Buffer | null;
    if (chunk !== null) first = Buffer.concat([first, chunk]);
    else if (body.readableEnded || body.destroyed) break;
    else
      await new Promise<void>((resolve) => {
        const on = (): void => {
          for (const event of ['readable', 'end', 'error', 'close']) body.off(event, on);
          resolve();
        };
        for (const event of ['readable', 'end', 'error', 'close']) body.once(event, on);
      });
  }
  if (first.length > 0 && !body.destroyed && !body.readableEnded) body.unshift(first);
  return first.toString('latin1', 0, PLAYLIST_MARK.length);
};

const wholeText = async (body: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > LONGEST_PLAYLIST_BYTES) throw new CameraFault('too-large', 'The playlist is too long.');
  }
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * Passes the decoder's requests on to a camera behind TLS, under the camera's own name. Redirects and playlists may name
 * addresses of this camera alone, which the decoder then asks through the same door; all else would go round the check.
 */
export class HttpDoor {
  constructor(private readonly parts: HttpDoorParts) {}

  async answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const { address, onFault } = this.parts;
    try {
      const path = this.pathOf(asked.url ?? '/');
      if (path === null) throw leadsAway('source');
      const socket = await this.parts.connect();
      const { host, port } = address;
      const headers = {
        ...withoutProxy(asked),
        host: port === null ? host : `${host}:${port}`,
        connection: 'close',
        // What is packed cannot be looked at.
        'accept-encoding': 'identity',
      };
      const answer = await askOn(socket, { method: asked.method, path, headers }, asked, response);
      await this.pass(answer, path, response);
    } catch (error) {
      if (error instanceof CameraFault) onFault(error);
      response.destroy();
    }
  }

  /** The decoder asks its door directly, or as a proxy for whatever else it was told to open. */
  private pathOf(asked: string): string | null {
    if (asked.startsWith('/')) return asked;
    const start = `http://${this.parts.door()}`;
    return asked.startsWith(`${start}/`) ? asked.slice(start.length) : null;
  }

  private async pass(answer: IncomingMessage, path: string, response: ServerResponse): Promise<void> {
    const { location, 'content-encoding': encoding = 'identity' } = answer.headers;
    const status = answer.statusCode ?? 502;
    const moved = location === undefined ? undefined : this.own(location, path);
    if (moved === null || encoding !== 'identity') {
      answer.destroy();
      throw moved === null ? leadsAway('source') : new CameraFault('corrupt', 'The source packs what it sends.');
    }
    const headers = { ...answer.headers, ...(moved === undefined ? {} : { location: moved }) };
    if ((await beginningOf(answer)) !== PLAYLIST_MARK) {
      response.writeHead(status, headers);
      answer.once('error', () => response.destroy()).pipe(response);
      return;
    }
    const playlist = ownPlaylist(await wholeText(answer), (target) => this.own(target, path));
    if (playlist === null) throw leadsAway('playlist');
    for (const name of OF_BODY) Reflect.deleteProperty(headers, name);
    const body = Buffer.from(playlist);
    response.writeHead(status === 206 ? 200 : status, { ...headers, 'content-length': body.length }).end(body);
  }

  /** An address as the decoder may follow it; null: it leads away from this camera, or out of TLS. */
  private own(target: string, path: string): string | null {
    const { host, port } = this.parts.target;
    const base = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
    try {
      const url = new URL(target, new URL(path, base));
      return url.origin === new URL(base).origin ? `${url.pathname}${url.search}` : null;
    } catch {
      return null;
    }
  }
}

const withoutProxy = ({ headers }: IncomingMessage): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('proxy-')));

interface Question {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

const askOn = (
  socket: Socket,
  question: Question,
  asked: IncomingMessage,
  response: ServerResponse,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ createConnection: () => socket, ...question });
    request.once('error', reject).once('response', resolve);
    // A camera that breaks off while its answer is read ends the answer, too.
    request.on('error', () => response.destroy());
    response.once('close', () => request.destroy());
    asked.resume();
    request.end();
  });
