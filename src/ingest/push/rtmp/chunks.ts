/** A message of RTMP, put together from its chunks. */
export interface RtmpMessage {
  readonly type: number;
  readonly streamId: number;
  readonly timestampMs: number;
  readonly payload: Buffer;
}

/** Chunk streams that one publisher may use; encoders use fewer than eight. */
const MOST_STREAMS = 32;
/** Encoders use this or more; smaller chunks would be more header than content. */
const LEAST_CHUNK_BYTES = 128;
/** Memory of a message begins with this and doubles as its bytes come, bytes. */
const FIRST_BYTES = 1024;
const NOTHING = Buffer.alloc(0);
const EXTENDED = 0xff_ff_ff;
const SET_CHUNK_SIZE = 1;
const ABORT = 2;
/** Bytes of a message header by its format. */
const HEADER_BYTES = [11, 7, 3, 0] as const;

interface ChunkStream {
  type: number;
  streamId: number;
  length: number;
  timestampMs: number;
  deltaMs: number;
  extended: boolean;
  /** Begun message: its first `have` bytes hold what came. */
  data: Buffer;
  have: number;
}

/**
 * Puts the chunks of RTMP together into messages. What a chunk or message says about its size reserves no memory; a message
 * longer than `longest` bytes, or too many streams at once, throws RangeError. Takes time in proportion to what comes.
 */
export class ChunkReader {
  /** Bytes that a message may have. */
  longest: number;
  private readonly streams = new Map<number, ChunkStream>();
  private chunkBytes = LEAST_CHUNK_BYTES;
  private pending = NOTHING;
  /** Bytes of messages that are not whole, of all streams. */
  private held = 0;
  private current: { readonly stream: ChunkStream; left: number } | null = null;

  constructor(
    longest: number,
    private readonly onMessage: (message: RtmpMessage) => void,
  ) {
    this.longest = longest;
  }

  push(bytes: Buffer): void {
    // A header is at most 18 bytes: what waits from before is never more.
    let rest = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    while (rest.length > 0) {
      const used = this.current === null ? this.header(rest) : this.body(rest, this.current);
      if (used === 0) break;
      rest = rest.subarray(used);
    }
    this.pending = Buffer.from(rest);
  }

  /** Reads one chunk header; 0: it is not whole yet. */
  private header(bytes: Buffer): number {
    const first = bytes[0] ?? 0;
    const format = (first >> 6) as 0 | 1 | 2 | 3;
    const low = first & 63;
    const basic = low === 0 ? 2 : low === 1 ? 3 : 1;
    if (bytes.length < basic) return 0;
    const id = low > 1 ? low : 64 + (bytes[1] ?? 0) + (low === 1 ? 256 * (bytes[2] ?? 0) : 0);
    const known = this.streams.get(id);
    if (known === undefined && (format === 3 || this.streams.size >= MOST_STREAMS))
      throw new RangeError('a chunk of no stream');
    const end = basic + HEADER_BYTES[format];
    if (bytes.length < end) return 0;
    const stated = format === 3 ? 0 : bytes.readUIntBE(basic, 3);
    const extended = format === 3 ? (known?.extended ?? false) : stated === EXTENDED;
    if (bytes.length < end + (extended ? 4 : 0)) return 0;
    const time = extended ? bytes.readUInt32BE(end) : stated;
    const stream = known ?? emptyStream();
    this.streams.set(id, stream);
    this.begin(stream, format, time, bytes.subarray(basic, end));
    stream.extended = extended;
    this.current = { stream, left: Math.min(this.chunkBytes, stream.length - stream.have) };
    if (this.current.left === 0) this.endChunk(stream);
    return end + (extended ? 4 : 0);
  }

  private begin(stream: ChunkStream, format: 0 | 1 | 2 | 3, time: number, header: Buffer): void {
    if (format < 3 && stream.have > 0) throw new RangeError('a message within another one');
    if (format <= 1) {
      stream.length = header.readUIntBE(3, 3);
      stream.type = header.readUInt8(6);
      if (stream.length > this.longest) throw new RangeError('a message that is too long');
    }
    if (format === 0) {
      stream.streamId = header.readUInt32LE(7);
      stream.timestampMs = time;
      // Another message with no header of its own comes as much later as this one says, as encoders have it.
      stream.deltaMs = 0;
    } else if (format <= 2) {
      stream.deltaMs = time;
      stream.timestampMs = (stream.timestampMs + time) >>> 0;
    } else if (stream.have === 0) {
      stream.timestampMs = (stream.timestampMs + stream.deltaMs) >>> 0;
    }
  }

  private body(bytes: Buffer, current: { readonly stream: ChunkStream; left: number }): number {
    const { stream } = current;
    const taken = Math.min(current.left, bytes.length);
    if (stream.have + taken > stream.data.length) {
      const room = Math.min(stream.length, Math.max(FIRST_BYTES, 2 * (stream.have + taken)));
      stream.data = Buffer.concat([stream.data.subarray(0, stream.have)], room);
    }
    bytes.copy(stream.data, stream.have, 0, taken);
    stream.have += taken;
    this.held += taken;
    if (this.held > 2 * this.longest) throw new RangeError('too many messages at once');
    current.left -= taken;
    if (current.left === 0) this.endChunk(stream);
    return taken;
  }

  private endChunk(stream: ChunkStream): void {
    this.current = null;
    if (stream.have < stream.length) return;
    const payload = stream.data.subarray(0, stream.have);
    this.drop(stream);
    const { type, streamId, timestampMs } = stream;
    if (type === SET_CHUNK_SIZE && payload.length >= 4) this.setChunkBytes(payload.readUInt32BE());
    else if (type === ABORT && payload.length >= 4) this.drop(this.streams.get(payload.readUInt32BE()));
    else this.onMessage({ type, streamId, timestampMs, payload });
  }

  private setChunkBytes(bytes: number): void {
    if (bytes < LEAST_CHUNK_BYTES) throw new RangeError('chunks that are too small');
    this.chunkBytes = bytes;
  }

  private drop(stream: ChunkStream | undefined): void {
    if (stream === undefined) return;
    this.held -= stream.have;
    stream.data = NOTHING;
    stream.have = 0;
  }
}

const emptyStream = (): ChunkStream => ({
  ...{ type: 0, streamId: 0, length: 0, timestampMs: 0, deltaMs: 0, extended: false, data: NOTHING, have: 0 },
});

/** A message as one chunk; the size of chunks must be as large as the message. */
export const chunkOf = (chunkStream: number, type: number, streamId: number, payload: Buffer): Buffer => {
  const header = Buffer.alloc(12);
  header.writeUInt8(chunkStream);
  header.writeUIntBE(payload.length, 4, 3);
  header.writeUInt8(type, 7);
  header.writeUInt32LE(streamId, 8);
  return Buffer.concat([header, payload]);
};
