/** Largest message that is taken: our own, which a broker gives back, have a few kilobytes. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** Bytes and packets of a second; what is beyond them waits in the connection, which slows the broker down. */
const BYTES_PER_SECOND = 2 * 1024 * 1024;
const PACKETS_PER_SECOND = 2000;

const PUBLISH = 3;
/**
 * What a broker may say to one who publishes, and subscribes without acknowledgement, and in how many bytes: CONNACK,
 * PUBLISH, PUBACK, SUBACK, UNSUBACK, PINGRESP.
 */
const EXPECTED: ReadonlyMap<number, number> = new Map([
  [2, 2],
  [PUBLISH, MAX_MESSAGE_BYTES],
  [4, 2],
  [9, 64],
  [11, 2],
  [13, 0],
]);

/** Follows the packets (MQTT 3.1.1) that a broker sends by their heads alone, before anything is collected or understood. */
export class IncomingLimits {
  private head: number[] = [];
  private rest = 0;
  private windowStartMs = Number.NEGATIVE_INFINITY;
  private bytes = 0;
  private packets = 0;

  /** Takes the next bytes; a fault means that the connection has to end. `waitMs`: for how long nothing more is to be read. */
  push(chunk: Uint8Array, nowMs: number): { readonly fault: string | null; readonly waitMs: number } {
    if (nowMs - this.windowStartMs >= 1000) {
      this.windowStartMs = nowMs;
      this.bytes = 0;
      this.packets = 0;
    }
    this.bytes += chunk.length;
    let at = 0;
    while (at < chunk.length) {
      if (this.rest > 0) {
        const taken = Math.min(this.rest, chunk.length - at);
        this.rest -= taken;
        at += taken;
        continue;
      }
      this.head.push(chunk[at] ?? 0);
      at += 1;
      const fault = this.judgeHead();
      if (fault !== null) return { fault, waitMs: 0 };
    }
    const isFlood = this.bytes > BYTES_PER_SECOND || this.packets > PACKETS_PER_SECOND;
    return { fault: null, waitMs: isFlood ? this.windowStartMs + 1000 - nowMs : 0 };
  }

  private judgeHead(): string | null {
    const [first = 0, ...lengths] = this.head;
    const type = first >> 4;
    const longest = EXPECTED.get(type);
    if (longest === undefined) return `the broker does not speak MQTT, or not to us (packet type ${type})`;
    // The next step of this quality would keep what comes until the broker acknowledges it.
    if (type === PUBLISH && (first & 4) !== 0) return 'the broker sends messages in a quality that was not asked for';
    const last = lengths.at(-1);
    if (last === undefined) return null;
    const length = lengths.reduce((sum, byte, index) => sum + (byte & 127) * 128 ** index, 0);
    if (length > longest) return `the broker sends packets that are too large (type ${type}, over ${longest} bytes)`;
    if (last >= 128) return lengths.length >= 4 ? 'the broker does not speak MQTT (length)' : null;
    this.head = [];
    this.rest = length;
    this.packets += 1;
    return null;
  }
}
