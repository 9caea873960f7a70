/** A value of AMF0, as far as commands of RTMP hold them. */
export type AmfValue = number | boolean | string | null | { readonly [key: string]: AmfValue };

const MOST_VALUES = 64;
const DEEPEST = 4;
const [NUMBER, BOOLEAN, STRING, OBJECT, NULL, UNDEFINED, ECMA_ARRAY] = [0, 1, 2, 3, 5, 6, 8] as const;
const OBJECT_END = 9;

class Reader {
  private at = 0;
  private values = 0;

  constructor(private readonly bytes: Buffer) {}

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  value(depth = 0): AmfValue {
    this.values += 1;
    if (depth > DEEPEST || this.values > MOST_VALUES) throw new RangeError('a command of too many values');
    const type = this.byte();
    if (type === NUMBER) return this.take(8).readDoubleBE();
    if (type === BOOLEAN) return this.byte() !== 0;
    if (type === STRING) return this.text();
    if (type === NULL || type === UNDEFINED) return null;
    if (type === ECMA_ARRAY) this.take(4);
    if (type === OBJECT || type === ECMA_ARRAY) return this.object(depth);
    throw new RangeError('a command with a value of an unknown type');
  }

  private object(depth: number): AmfValue {
    const pairs: [string, AmfValue][] = [];
    for (;;) {
      const key = this.text();
      if (key === '' && this.bytes[this.at] === OBJECT_END) break;
      pairs.push([key, this.value(depth + 1)]);
    }
    this.at += 1;
    return Object.fromEntries(pairs);
  }

  private byte(): number {
    return this.take(1).readUInt8();
  }

  private text(): string {
    return this.take(this.take(2).readUInt16BE()).toString('utf8');
  }

  private take(count: number): Buffer {
    if (this.at + count > this.bytes.length) throw new RangeError('a command that is cut off');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

/** The values of a command; throws RangeError for what is none, or has more than 64 of them. */
export const readAmf = (bytes: Buffer): AmfValue[] => {
  const reader = new Reader(bytes);
  const values: AmfValue[] = [];
  while (!reader.atEnd) values.push(reader.value());
  return values;
};

const textBytes = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const valueBytes = (value: AmfValue): Buffer => {
  if (value === null) return Buffer.from([NULL]);
  if (typeof value === 'boolean') return Buffer.from([BOOLEAN, value ? 1 : 0]);
  if (typeof value === 'string') return Buffer.concat([Buffer.from([STRING]), textBytes(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  const pairs = Object.entries(value).map(([key, item]) => Buffer.concat([textBytes(key), valueBytes(item)]));
  return Buffer.concat([Buffer.from([OBJECT]), ...pairs, Buffer.from([0, 0, OBJECT_END])]);
};

export const writeAmf = (...values: readonly AmfValue[]): Buffer => Buffer.concat(values.map(valueBytes));
