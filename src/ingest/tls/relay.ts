import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { CameraCertificate } from '../../contracts/service/probe-answer.js';
import { addressText, readAddress, type Address } from '../../runtime/address/read-address.js';
import { CameraFault } from '../camera-fault.js';
import type { SourceSpec } from '../source-url.js';
import { connectChecked, type TlsTarget } from './checked-connection.js';
import { HttpDoor } from './http-door.js';
import { refuseRedirects } from './refuse-redirects.js';
import { readTrust, type Trust } from './trust.js';

const LOOPBACK = '127.0.0.1';
const PORTS: Readonly<Record<string, number>> = { https: 443, rtsps: 322 };
const ELSEWHERE = "The source leads elsewhere, to where the camera's certificate says nothing of.";
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
    this.server = original.kind === 'http' ? this.httpServer() : createTcpServer((client) => void this.join(client));
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

  /** RTSP: bytes from here to there. The decoder would follow a redirect until it has asked to play. */
  private async join(client: Socket): Promise<void> {
    try {
      const camera = await this.connect();
      let plays = false;
      client.on('data', (data: Buffer) => (plays ||= data.includes('PLAY ')));
      const checked = refuseRedirects(
        () => plays,
        () => (this.fault = new CameraFault('not-found', ELSEWHERE)),
      );
      checked.on('error', () => client.destroy());
      client.on('close', () => camera.destroy());
      camera.on('close', () => client.destroy());
      client.pipe(camera).pipe(checked).pipe(client);
    } catch {
      client.destroy();
    }
  }

  private httpServer(): Server {
    const door = new HttpDoor({
      address: this.address,
      target: tlsTargetOf(this.address),
      door: () => `${LOOPBACK}:${this.port}`,
      connect: () => this.connect(),
      onFault: (fault) => (this.fault = fault),
    });
    return createHttpServer((request, response) => void door.answer(request, response));
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
