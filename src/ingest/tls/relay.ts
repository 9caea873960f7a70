import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { CameraCertificate } from '../../contracts/stream.js';
import { addressText, readAddress, type Address } from '../../runtime/address/read-address.js';
import { CameraFault } from '../camera-fault.js';
import type { SourceSpec } from '../source-url.js';
import { connectChecked, type TlsTarget } from './checked-connection.js';
import { readTrust, type Trust } from './trust.js';

const LOOPBACK = '127.0.0.1';
const PORTS: Readonly<Record<string, number>> = { https: 443, rtsps: 322 };
const PLAIN: Readonly<Record<string, string>> = { https: 'http', rtsps: 'rtsp' };

/** A door on loopback behind which a camera stands, whose certificate is checked on every connection. */
export interface TlsRelay {
  /** The source as the decoder opens it: the door, without TLS. */
  readonly spec: SourceSpec;
  /** Why the last connection was not made; null while every one was. */
  readonly fault: CameraFault | null;
  close(): void;
}

/** Whether a source speaks TLS, which the decoder then must not speak itself: it would not check the certificate. */
export const needsRelay = ({ scheme }: Pick<SourceSpec, 'scheme'>): boolean => PLAIN[scheme] !== undefined;

export const tlsTargetOf = ({ host, port, scheme }: Address): TlsTarget => ({
  host: host.replace(/^\[|\]$/g, ''),
  port: Number(port ?? PORTS[scheme] ?? 443),
});

class Relay implements TlsRelay {
  fault: CameraFault | null = null;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private port = 0;

  constructor(
    private readonly address: Address,
    private readonly original: SourceSpec,
    private readonly trust: Trust,
    private readonly onCertificate: (certificate: CameraCertificate) => void,
  ) {
    this.server =
      original.kind === 'http'
        ? createHttpServer((request, response) => void this.answer(request, response))
        : createTcpServer((client) => void this.join(client));
    this.server.on('connection', (socket: Socket) => this.keep(socket));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, LOOPBACK, resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  get spec(): SourceSpec {
    const scheme = PLAIN[this.address.scheme] ?? this.address.scheme;
    const input = addressText({ ...this.address, scheme, host: LOOPBACK, port: String(this.port) });
    return { ...this.original, scheme, input, relayed: true };
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private keep<Kind extends Socket>(socket: Kind): Kind {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
    return socket;
  }

  private async connect(): Promise<Socket> {
    try {
      return this.keep(await connectChecked(tlsTargetOf(this.address), this.trust, this.onCertificate));
    } catch (error) {
      if (error instanceof CameraFault) this.fault = error;
      throw error;
    }
  }

  /** RTSP: bytes from here to there. */
  private async join(client: Socket): Promise<void> {
    try {
      const camera = await this.connect();
      client.on('close', () => camera.destroy());
      camera.on('close', () => client.destroy());
      client.pipe(camera).pipe(client);
    } catch {
      client.destroy();
    }
  }

  /** HTTP: the camera is asked under its own name, and may send to another of its own addresses alone. */
  private async answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host, port } = this.address;
    try {
      const socket = await this.connect();
      const headers = { ...asked.headers, host: port === null ? host : `${host}:${port}`, connection: 'close' };
      const { method, url: path } = asked;
      const request = httpRequest({ createConnection: () => socket, method, path, headers });
      request.once('error', () => response.destroy());
      request.once('response', (answer) => {
        const { location } = answer.headers;
        const target = location === undefined ? undefined : this.redirected(location, path ?? '/');
        if (target === null) {
          this.fault = new CameraFault(
            'not-found',
            'The source sends elsewhere, to where its certificate says nothing of.',
          );
          answer.destroy();
          response.destroy();
          return;
        }
        response.writeHead(answer.statusCode ?? 502, {
          ...answer.headers,
          ...(target === undefined ? {} : { location: target }),
        });
        answer.once('error', () => response.destroy()).pipe(response);
      });
      response.once('close', () => request.destroy());
      asked.resume();
      request.end();
    } catch {
      response.destroy();
    }
  }

  /** A redirect as the decoder may follow it; null: it leads away from this camera, or out of TLS. */
  private redirected(location: string, path: string): string | null {
    const { host, port } = tlsTargetOf(this.address);
    const authority = host.includes(':') ? `[${host}]` : host;
    const base = `https://${authority}:${port}`;
    try {
      const target = new URL(location, new URL(path, base));
      return target.origin === new URL(base).origin ? `${target.pathname}${target.search}` : null;
    } catch {
      return null;
    }
  }
}

/**
 * Opens a door for a source with TLS. The decoder's own TLS is not used: for RTSP it cannot check certificates, by fingerprint
 * it never can, and what was looked at before it connects need not be what it then connects to.
 */
export const openTlsRelay = async (
  spec: SourceSpec,
  certificate: string,
  onCertificate: (certificate: CameraCertificate) => void,
): Promise<TlsRelay> => {
  const address = readAddress(spec.input);
  if (address === null) throw new CameraFault('invalid-url', 'The address is not a URL.');
  return new Relay(address, spec, readTrust(certificate), onCertificate).listen();
};
