import { createSocket, type Socket } from 'node:dgram';
import type { DoorGuard } from './door.js';
import { loopbackPort } from './loopback-port.js';
import { LOOPBACK, portFault, type Door, type DoorEvents, type Publisher } from './publisher.js';
import type { PushAddress } from './push-address.js';
import { openUdpPort } from './udp-door.js';

/** Callers that are known at once; the library behind lets one of them in. */
const MOST_CALLERS = 8;
const HANDSHAKE_BYTES = 64;

/** A control packet of type 0, with which every caller begins. */
const isHandshake = (bytes: Buffer): boolean => bytes.length >= HANDSHAKE_BYTES && bytes.readUInt16BE() === 0x80_00;
/** A control packet of type 2: what is sent to those alone who were let in. */
const isAcknowledgement = (bytes: Buffer): boolean => bytes.length >= 2 && bytes.readUInt16BE() === 0x80_02;

interface Caller {
  readonly socket: Socket;
  lastMs: number;
}

/**
 * Datagrams from here to the decoder and back, where its SRT library checks the passphrase. That library cannot tell who
 * calls: this can.
 */
class SrtDoor implements Door {
  readonly publisher: Promise<Publisher>;
  private readonly port: Socket;
  private readonly callers = new Map<string, Caller>();
  private closed = false;

  constructor(
    address: PushAddress,
    private readonly decoderPort: number,
    private readonly guard: DoorGuard,
    private readonly events: DoorEvents,
  ) {
    let fail: (error: Error) => void = () => undefined;
    this.port = openUdpPort(
      address,
      (bytes, from) => this.forward(bytes, from.address, from.port),
      (error) => fail(portFault(error)),
    );
    this.publisher = new Promise((resolve, reject) => {
      fail = reject;
      this.port.once('listening', () => resolve({ spec: this.spec(address) }));
    });
  }

  close(): void {
    this.closed = true;
    this.port.removeAllListeners('message').close();
    for (const { socket } of this.callers.values()) socket.close();
    this.callers.clear();
  }

  private spec({ options }: PushAddress): Publisher['spec'] {
    const query = [...options].map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    const input = `srt://${LOOPBACK}:${this.decoderPort}?${['mode=listener', ...query].join('&')}`;
    return { kind: 'listen', scheme: 'srt', input, delivery: 'live' };
  }

  private forward(bytes: Buffer, address: string, port: number): void {
    const name = `${address} ${port}`;
    const caller = this.callers.get(name) ?? this.come(bytes, address, port);
    if (caller === null) return;
    caller.lastMs = performance.now();
    caller.socket.send(bytes, this.decoderPort, LOOPBACK, () => undefined);
  }

  private come(bytes: Buffer, address: string, port: number): Caller | null {
    if (!this.guard.mayCome(address)) {
      this.events.onRefused(address, 'comes from a network that is not allowed');
      return null;
    }
    if (!isHandshake(bytes)) return null;
    if (this.callers.size >= MOST_CALLERS) this.forgetOldest();
    const socket = createSocket('udp4');
    socket.on('error', () => undefined);
    socket.on('message', (answer) => {
      if (this.closed) return;
      if (isAcknowledgement(answer)) this.events.onArrived();
      this.port.send(answer, port, address, () => undefined);
    });
    const caller = { socket, lastMs: performance.now() };
    this.callers.set(`${address} ${port}`, caller);
    return caller;
  }

  /** Who pushes is heard of all the time. */
  private forgetOldest(): void {
    const [oldest] = [...this.callers].sort(([, a], [, b]) => a.lastMs - b.lastMs);
    if (oldest === undefined) return;
    oldest[1].socket.close();
    this.callers.delete(oldest[0]);
  }
}

/** Listens for publishers over SRT. */
export const openSrtDoor = async (address: PushAddress, guard: DoorGuard, events: DoorEvents): Promise<Door> =>
  new SrtDoor(address, await loopbackPort('udp'), guard, events);
