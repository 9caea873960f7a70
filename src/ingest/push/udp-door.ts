import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { DoorGuard } from './door.js';
import { Feed } from './feed.js';
import { FED, portFault, type Door, type DoorEvents, type Publisher } from './publisher.js';
import type { PushAddress } from './push-address.js';

/** What the system may hold while this process is busy, bytes. */
const RECEIVE_BYTES = 4 * 1024 * 1024;
/** MPEG-TS comes in packets that begin so. */
const SYNC_BYTE = 0x47;

const isMulticast = (host: string): boolean => (isIPv6(host) ? /^ff/i.test(host) : /^(?:22[4-9]|23\d)\./.test(host));

/** A UDP port at `address`; `onMessage` gets what arrives from whom. Calls `onFault` when the port fails. */
export const openUdpPort = (
  { host, port, options }: PushAddress,
  onMessage: (bytes: Buffer, from: { readonly address: string; readonly port: number }) => void,
  onFault: (error: Error) => void,
): Socket => {
  const type = isIPv6(host) ? 'udp6' : 'udp4';
  const asked = Number(options.get('buffer_size'));
  const recvBufferSize = Number.isInteger(asked) && asked > 0 ? asked : RECEIVE_BYTES;
  const socket = createSocket({ type, recvBufferSize, reuseAddr: isMulticast(host) });
  socket.on('error', onFault).on('message', onMessage);
  socket.bind({ port, ...(host === '' ? {} : { address: host }) }, () => {
    if (isMulticast(host)) socket.addMembership(host);
  });
  return socket;
};

class UdpDoor implements Door {
  readonly publisher: Promise<Publisher>;
  private readonly feed = new Feed('mpegts');
  private readonly socket: Socket;
  /** The first sender is the publisher until the source ends. */
  private source: string | null = null;
  private resolve: (publisher: Publisher) => void = () => undefined;

  constructor(
    address: PushAddress,
    private readonly guard: DoorGuard,
    private readonly events: DoorEvents,
  ) {
    let fail: (error: Error) => void = () => undefined;
    this.publisher = new Promise((resolve, reject) => {
      this.resolve = resolve;
      fail = reject;
    });
    this.socket = openUdpPort(
      address,
      (bytes, from) => this.take(bytes, from.address, from.port),
      (error) => fail(portFault(error)),
    );
  }

  close(): void {
    this.socket.removeAllListeners('message').close();
    this.feed.end();
  }

  private take(bytes: Buffer, address: string, port: number): void {
    const source = `${address} ${port}`;
    if (this.source === null) {
      if (!this.guard.mayCome(address)) {
        this.events.onRefused(address, 'comes from a network that is not allowed');
        return;
      }
      if (bytes[0] !== SYNC_BYTE) return;
      this.source = source;
      this.resolve({ spec: FED, feed: this.feed });
    }
    if (source !== this.source || this.feed.isFull) return;
    this.events.onArrived();
    this.feed.write(bytes);
  }
}

/** Listens for one publisher of MPEG-TS over UDP: the first that may come. */
export const openUdpDoor = (address: PushAddress, guard: DoorGuard, events: DoorEvents): Door =>
  new UdpDoor(address, guard, events);
