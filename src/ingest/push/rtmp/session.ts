import { randomBytes } from 'node:crypto';
import { readAmf, writeAmf, type AmfValue } from './amf0.js';
import { ChunkReader, chunkOf, type RtmpMessage } from './chunks.js';

/** What a session tells, all of it before the call that feeds it returns. */
export interface RtmpEvents {
  send(bytes: Buffer): void;
  /** Who publishes under which path, asked before anything of it is taken; false ends the session. */
  onPublish(path: string): boolean;
  /** Video, once it may publish. */
  onVideo(timestampMs: number, payload: Buffer): void;
  onEnd(): void;
}

const HANDSHAKE_BYTES = 1536;
const VERSION = 3;
/** Before it may publish, a publisher sends commands alone. */
const LONGEST_COMMAND_BYTES = 16 * 1024;
/** Largest picture that is taken: 8K without loss of quality stays below. */
const LONGEST_MESSAGE_BYTES = 8 * 1024 * 1024;
const WINDOW_BYTES = 2_500_000;
/** Ours: any answer fits into one. */
const CHUNK_BYTES = 4096;
const [CONTROL_CHUNKS, COMMAND_CHUNKS] = [2, 3] as const;
const [SET_CHUNK_SIZE, ACKNOWLEDGEMENT, WINDOW_SIZE, PEER_BANDWIDTH, VIDEO, COMMAND_3, COMMAND] = [
  1, 3, 5, 6, 9, 17, 20,
] as const;
/** The id of the stream that is created for every publisher. */
const STREAM_ID = 1;
/** Commands before publishing; encoders send about five. */
const MOST_COMMANDS = 32;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const textOf = (value: AmfValue | undefined): string => (typeof value === 'string' ? value : '');

/**
 * One publisher over RTMP, from its first byte: answers its handshake and commands, and takes no picture before its path was
 * agreed to. Throws RangeError for what is no RTMP or too much of it.
 */
export class RtmpSession {
  private state: 'hello' | 'echo' | 'commands' | 'publishing' = 'hello';
  private pending: Buffer = Buffer.alloc(0);
  private app = '';
  private commands = 0;
  private received = 0;
  private acknowledged = 0;
  private readonly chunks = new ChunkReader(LONGEST_COMMAND_BYTES, (message) => this.take(message));

  constructor(private readonly events: RtmpEvents) {}

  push(bytes: Buffer): void {
    this.received += bytes.length;
    if (this.state === 'commands' || this.state === 'publishing') this.chunks.push(bytes);
    else this.greet(bytes);
    if (this.received - this.acknowledged < WINDOW_BYTES) return;
    this.acknowledged = this.received;
    this.control(ACKNOWLEDGEMENT, uint32(this.received % 2 ** 32));
  }

  private greet(bytes: Buffer): void {
    this.pending = Buffer.concat([this.pending, bytes]);
    if (this.pending[0] !== VERSION) throw new RangeError('not RTMP');
    if (this.state === 'hello' && this.pending.length > HANDSHAKE_BYTES) {
      const theirs = this.pending.subarray(1, 1 + HANDSHAKE_BYTES);
      const ours = Buffer.concat([Buffer.alloc(8), randomBytes(HANDSHAKE_BYTES - 8)]);
      this.events.send(Buffer.concat([Buffer.from([VERSION]), ours, theirs]));
      this.state = 'echo';
    }
    if (this.pending.length < 1 + 2 * HANDSHAKE_BYTES) return;
    this.state = 'commands';
    const rest = this.pending.subarray(1 + 2 * HANDSHAKE_BYTES);
    this.pending = Buffer.alloc(0);
    this.chunks.push(rest);
  }

  private take({ type, streamId, timestampMs, payload }: RtmpMessage): void {
    if (type === COMMAND || type === COMMAND_3) {
      this.command(readAmf(type === COMMAND ? payload : payload.subarray(1)), streamId);
    } else if (type === VIDEO) {
      if (this.state !== 'publishing') throw new RangeError('a picture of somebody who may not publish');
      if (payload.length > 0) this.events.onVideo(timestampMs, payload);
    }
  }

  private command([name, transaction, object, ...values]: AmfValue[], streamId: number): void {
    this.commands += 1;
    if (this.state !== 'publishing' && this.commands > MOST_COMMANDS) throw new RangeError('too many commands');
    const number = typeof transaction === 'number' ? transaction : 0;
    if (name === 'connect') this.connect(number, object);
    else if (name === 'createStream') this.answer('_result', 0, number, null, STREAM_ID);
    else if (name === 'publish') this.publish(textOf(values[0]), streamId);
    else if (['deleteStream', 'closeStream', 'FCUnpublish'].includes(textOf(name)) && this.state === 'publishing')
      this.events.onEnd();
    else if (name === 'play') throw new RangeError('a viewer');
  }

  private connect(number: number, object: AmfValue | undefined): void {
    this.app = textOf((object as { readonly app?: AmfValue } | null | undefined)?.app);
    this.control(WINDOW_SIZE, uint32(WINDOW_BYTES));
    this.control(PEER_BANDWIDTH, Buffer.concat([uint32(WINDOW_BYTES), Buffer.from([2])]));
    this.control(SET_CHUNK_SIZE, uint32(CHUNK_BYTES));
    const status = { level: 'status', code: 'NetConnection.Connect.Success', description: '', objectEncoding: 0 };
    this.answer('_result', 0, number, { fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, status);
  }

  private publish(name: string, streamId: number): void {
    if (this.state === 'publishing') throw new RangeError('published twice');
    const app = this.app.replace(/\/+$/, '');
    if (!this.events.onPublish(name === '' ? app : `${app}/${name}`)) {
      const code = 'NetStream.Publish.BadName';
      this.answer('onStatus', streamId, 0, null, { level: 'error', code, description: '' });
      return;
    }
    this.state = 'publishing';
    this.chunks.longest = LONGEST_MESSAGE_BYTES;
    const code = 'NetStream.Publish.Start';
    this.answer('onStatus', streamId, 0, null, { level: 'status', code, description: '' });
  }

  private control(type: number, payload: Buffer): void {
    this.events.send(chunkOf(CONTROL_CHUNKS, type, 0, payload));
  }

  private answer(name: string, streamId: number, ...values: readonly AmfValue[]): void {
    this.events.send(chunkOf(COMMAND_CHUNKS, COMMAND, streamId, writeAmf(name, ...values)));
  }
}
