import type { DoorGuard } from './door.js';
import { Feed } from './feed.js';
import { FED, type Door, type DoorEvents } from './publisher.js';
import type { PushAddress } from './push-address.js';
import { FLV_HEADER, isSequenceHeader, videoTag } from './rtmp/flv.js';
import { RtmpSession } from './rtmp/session.js';
import { TcpFront, type Visit } from './tcp-front.js';

/** Encoders that change their picture send one more each time; no more are kept for a decoder that comes later. */
const MOST_SEQUENCE_HEADERS = 64;

const greet = ({ socket, admit, refuse }: Visit, guard: DoorGuard, events: DoorEvents): void => {
  const feed = new Feed('flv');
  feed.lead(FLV_HEADER);
  let headers = 0;
  const session = new RtmpSession({
    send: (bytes) => void socket.write(bytes),
    onPublish: (path) => {
      if (!guard.isPath(path)) {
        refuse('does not know the key, or publishes under another path');
        return false;
      }
      return admit({ spec: FED, feed });
    },
    onVideo: (timestampMs, payload) => {
      const tag = videoTag(timestampMs, payload);
      if (isSequenceHeader(payload) && headers < MOST_SEQUENCE_HEADERS) {
        headers += 1;
        feed.lead(tag);
      } else if (!feed.write(tag)) {
        socket.pause();
        feed.whenReady(() => socket.resume());
      }
      events.onArrived();
    },
    onEnd: () => socket.destroy(),
  });
  socket.on('data', (bytes) => {
    try {
      session.push(bytes);
    } catch {
      refuse('speaks no RTMP that is taken');
      socket.destroy();
    }
  });
  socket.on('close', () => feed.end());
};

/** Listens for one publisher over RTMP that knows the path. */
export const openRtmpDoor = (address: PushAddress, guard: DoorGuard, events: DoorEvents): Door =>
  new TcpFront(address, guard, events, (visit) => greet(visit, guard, events));
