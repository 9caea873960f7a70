import { connect, type Socket } from 'node:net';
import { readAddress } from '../../runtime/address/read-address.js';
import type { DoorGuard } from './door.js';
import { loopbackPort } from './loopback-port.js';
import { LOOPBACK, type Door, type DoorEvents, type Publisher } from './publisher.js';
import type { PushAddress } from './push-address.js';
import { TcpFront, type Visit } from './tcp-front.js';

const LONGEST_LINE_BYTES = 4096;
/** Every request names what it is about in its first line. */
const REQUEST = /^[A-Z_]{1,20} (\S{1,4000}) RTSP\/1\.0$/;
/** The decoder is started when somebody was let in, and listens in less. */
const DECODER_MS = 10_000;
const TRY_EVERY_MS = 20;

const isLetter = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x41 && byte <= 0x5a;

/** Joins a publisher to the decoder, which listens soon at a port on loopback. */
const join = (publisher: Socket, received: Buffer, port: number, onArrived: () => void): void => {
  const startedMs = performance.now();
  let decoder: Socket | null = null;
  publisher.once('close', () => decoder?.destroy());
  const attempt = (): void => {
    if (publisher.destroyed) return;
    decoder = tryOnce();
  };
  const tryOnce = (): Socket => {
    const socket = connect(port, LOOPBACK);
    let isOpen = false;
    socket.once('connect', () => {
      isOpen = true;
      onArrived();
      socket.write(received);
      publisher.pipe(socket).pipe(publisher);
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      if (isOpen || performance.now() - startedMs > DECODER_MS) publisher.destroy();
      else setTimeout(attempt, TRY_EVERY_MS);
    });
    return socket;
  };
  attempt();
};

const greet = ({ socket, admit, refuse }: Visit, guard: DoorGuard, port: number, events: DoorEvents): void => {
  let received = Buffer.alloc(0);
  const read = (bytes: Buffer): void => {
    received = Buffer.concat([received, bytes]);
    const end = received.indexOf('\r\n');
    if (end < 0 && received.length < LONGEST_LINE_BYTES && isLetter(received[0])) return;
    const named = REQUEST.exec(received.toString('latin1', 0, Math.max(0, end)))?.[1];
    socket.off('data', read).pause();
    if (named === undefined) refuse('speaks no RTSP');
    else if (!guard.isPath(readAddress(named)?.tail ?? ''))
      refuse('does not know the key, or publishes under another path');
    else if (!admit(publisherOf(socket, received, port, events))) socket.destroy();
  };
  socket.on('data', read);
};

const publisherOf = (socket: Socket, received: Buffer, port: number, events: DoorEvents): Publisher => ({
  spec: { kind: 'listen', scheme: 'rtsp', input: `rtsp://${LOOPBACK}:${port}/`, delivery: 'live' },
  join: () => join(socket, received, port, () => events.onArrived()),
});

/** Listens for one publisher over RTSP that knows the path; its stream comes over the same connection. */
export const openRtspDoor = async (address: PushAddress, guard: DoorGuard, events: DoorEvents): Promise<Door> => {
  const port = await loopbackPort('tcp');
  return new TcpFront(address, guard, events, (visit) => greet(visit, guard, port, events));
};
