import type { Frame } from '../../contracts/frame.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { SharedPicture } from './picture.js';

/** Memory kept for reuse, bytes; more is given back to the system at once. */
const KEEP_BYTES = 96 * 2 ** 20;

const channelsOf = (frame: Frame): 1 | 3 | 4 => {
  const pixels = frame.width * frame.height;
  for (const channels of [3, 4, 1] as const) if (pixels > 0 && frame.data.length === pixels * channels) return channels;
  throw new EmoscopeError('INPUT_UNREADABLE', 'A frame does not hold the pixels its size promises.', {
    details: { width: frame.width, height: frame.height, bytes: frame.data.length },
  });
};

/**
 * Puts frames where the inference threads can read them, without detaching the caller's memory: one copy into a
 * reused shared buffer, none when the frame lives in shared memory already.
 */
export class PictureStore {
  private free: SharedArrayBuffer[] = [];
  private freeBytes = 0;

  /** INPUT_UNREADABLE when the frame's size and bytes disagree. */
  share(frame: Frame): SharedPicture {
    const channels = channelsOf(frame);
    const { width, height } = frame;
    if (frame.data.buffer instanceof SharedArrayBuffer) return { width, height, channels, data: frame.data };
    const data = new Uint8Array(this.take(frame.data.length), 0, frame.data.length);
    data.set(frame.data);
    return { width, height, channels, data };
  }

  /** Gives a picture's memory back once no thread reads it; `frame` is the one it was made from. */
  release(picture: SharedPicture, frame: Frame): void {
    const { buffer } = picture.data;
    if (buffer === frame.data.buffer || !(buffer instanceof SharedArrayBuffer)) return;
    if (this.freeBytes + buffer.byteLength > KEEP_BYTES) return;
    this.free.push(buffer);
    this.freeBytes += buffer.byteLength;
  }

  private take(bytes: number): SharedArrayBuffer {
    const index = this.free.findIndex((buffer) => buffer.byteLength >= bytes && buffer.byteLength <= bytes * 2);
    const [found] = index < 0 ? [] : this.free.splice(index, 1);
    if (found === undefined) return new SharedArrayBuffer(bytes);
    this.freeBytes -= found.byteLength;
    return found;
  }
}
