import { PicturePool } from './picture-pool.js';

/** A picture without its time. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Lets the memory be used for a later picture; call when nobody reads `data` any more, or never. */
  readonly release: () => void;
}

const HEADER = /^P6\n(\d{1,5}) (\d{1,5})\n255\n/;
const LONGEST_HEADER_BYTES = 20;

/**
 * Cuts a byte stream of PPM pictures (`P6\n<width> <height>\n255\n` and packed RGB24). Each picture has
 * memory of its own, which other threads can read and which is used again only once the caller has released it.
 */
export class PictureReader {
  private header = Buffer.alloc(0);
  private readonly pool = new PicturePool();
  private picture: { data: Uint8Array; width: number; height: number; filled: number } | null = null;

  constructor(
    private readonly maxPixels: number,
    private readonly onPicture: (picture: RawPicture) => void,
  ) {}

  /** Takes the next bytes; throws when they are not PPM or a picture exceeds `maxPixels`. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.picture === null ? this.readHeader(rest) : this.readPixels(rest);
  }

  private readHeader(chunk: Buffer): Buffer {
    const seen = Buffer.concat([this.header, chunk.subarray(0, LONGEST_HEADER_BYTES)]);
    const match = HEADER.exec(seen.toString('latin1', 0, LONGEST_HEADER_BYTES));
    if (match === null) {
      if (seen.length >= LONGEST_HEADER_BYTES) throw new Error('the decoder wrote something that is not a picture');
      this.header = seen;
      return chunk.subarray(chunk.length);
    }
    const width = Number(match[1]);
    const height = Number(match[2]);
    if (width * height > this.maxPixels || width * height === 0) {
      throw new Error(`the decoder wrote a picture of ${width}×${height}`);
    }
    const used = match[0].length - this.header.length;
    this.header = Buffer.alloc(0);
    this.picture = { data: this.pool.take(width * height * 3), width, height, filled: 0 };
    return chunk.subarray(used);
  }

  private readPixels(chunk: Buffer): Buffer {
    const picture = this.picture;
    if (picture === null) return chunk;
    const taken = Math.min(chunk.length, picture.data.length - picture.filled);
    picture.data.set(chunk.subarray(0, taken), picture.filled);
    picture.filled += taken;
    if (picture.filled === picture.data.length) {
      this.picture = null;
      const { data, width, height } = picture;
      this.onPicture({ data, width, height, release: () => this.pool.give(data) });
    }
    return chunk.subarray(taken);
  }
}
