import type { DoorGuard } from './door.js';
import { Feed } from './feed.js';
import { FED, type Door, type DoorEvents } from './publisher.js';
import type { PushAddress } from './push-address.js';
import { TcpFront } from './tcp-front.js';

/** Listens for one publisher of MPEG-TS over TCP, who is let in with the first byte. */
export const openTcpDoor = (address: PushAddress, guard: DoorGuard, events: DoorEvents): Door =>
  new TcpFront(address, guard, events, ({ socket, admit }) => {
    const feed = new Feed('mpegts');
    let isIn = false;
    socket.on('data', (bytes) => {
      isIn ||= admit({ spec: FED, feed });
      if (!isIn) {
        socket.destroy();
        return;
      }
      events.onArrived();
      if (feed.write(bytes)) return;
      socket.pause();
      feed.whenReady(() => socket.resume());
    });
    socket.on('close', () => feed.end());
  });
