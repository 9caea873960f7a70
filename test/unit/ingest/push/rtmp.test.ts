import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmf, writeAmf, type AmfValue } from '../../../../src/ingest/push/rtmp/amf0.js';
import { ChunkReader, chunkOf, type RtmpMessage } from '../../../../src/ingest/push/rtmp/chunks.js';
import { isSequenceHeader, videoTag } from '../../../../src/ingest/push/rtmp/flv.js';
import { RtmpSession } from '../../../../src/ingest/push/rtmp/session.js';
import { seeded } from '../../../fixtures/seeded.js';

/** A message in chunks of `size` bytes, as a publisher sends it. */
const chunked = (stream: number, timestampMs: number, payload: Buffer, size: number): Buffer => {
  const extended = timestampMs >= 0xff_ff_ff;
  const first = chunkOf(stream, 9, 1, Buffer.alloc(0));
  first.writeUIntBE(extended ? 0xff_ff_ff : timestampMs, 1, 3);
  first.writeUIntBE(payload.length, 4, 3);
  const time = Buffer.alloc(extended ? 4 : 0);
  if (extended) time.writeUInt32BE(timestampMs);
  const parts: Buffer[] = [first, time];
  for (let at = 0; at < payload.length; at += size) {
    if (at > 0) parts.push(Buffer.from([0xc0 | stream]), time);
    parts.push(payload.subarray(at, at + size));
  }
  return Buffer.concat(parts);
};

/** Bytes in pieces of the given lengths, over and over. */
const inPieces = (bytes: Buffer, lengths: readonly number[]): Buffer[] => {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
};

const arbitraryAmf: fc.Arbitrary<AmfValue> = fc.oneof(
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constant(null),
  fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), fc.oneof(fc.boolean(), fc.string({ maxLength: 9 })), {
    maxKeys: 5,
    noNullPrototype: true,
  }),
);

describe('RTMP from a publisher', () => {
  it('is put together the same, however it comes in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            stream: fc.integer({ min: 2, max: 30 }),
            timestampMs: fc.oneof(fc.nat(0xff_ff_fe), fc.integer({ min: 0xff_ff_ff, max: 0xff_ff_ff_ff })),
            payload: fc.uint8Array({ minLength: 1, maxLength: 1000 }).map((bytes) => Buffer.from(bytes)),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        (sent, lengths) => {
          const got: RtmpMessage[] = [];
          const reader = new ChunkReader(1000, (message) => got.push(message));
          const bytes = Buffer.concat(sent.map((each) => chunked(each.stream, each.timestampMs, each.payload, 128)));
          for (const piece of inPieces(bytes, lengths)) reader.push(piece);
          expect(got.map(({ timestampMs, payload }) => [timestampMs, payload.toString('hex')])).toEqual(
            sent.map(({ timestampMs, payload }) => [timestampMs, payload.toString('hex')]),
          );
        },
      ),
      seeded('RTMP in pieces', 300),
    );
  });

  it('commands are read as they were written, and anything else throws nothing but RangeError', () => {
    fc.assert(
      fc.property(fc.array(arbitraryAmf, { maxLength: 6 }), (values) => {
        expect(readAmf(writeAmf(...values))).toEqual(values);
      }),
      seeded('AMF0', 300),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          readAmf(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      seeded('AMF0 that is none', 2000),
    );
  });

  it('whatever somebody sends behind a greeting, nothing is taken without the path, and nothing but RangeError thrown', () => {
    const hello = Buffer.concat([Buffer.from([3]), Buffer.alloc(2 * 1536)]);
    const valid = [
      chunkOf(3, 20, 0, writeAmf('connect', 1, { app: 'live' })),
      chunkOf(3, 20, 0, writeAmf('createStream', 2, null)),
      chunkOf(3, 20, 1, writeAmf('publish', 3, null, 'guess', 'live')),
      chunkOf(4, 9, 1, Buffer.alloc(50, 0x17)),
    ];
    const piece = fc.oneof(
      fc.constantFrom(...valid),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.tuple(fc.constantFrom(...valid), fc.nat(60), fc.nat(255)).map(([bytes, at, value]) => {
        const changed = Buffer.from(bytes);
        changed[at % changed.length] = value;
        return changed;
      }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        let taken = 0;
        const session = new RtmpSession({
          send: () => undefined,
          onPublish: () => false,
          onVideo: () => (taken += 1),
          onEnd: () => undefined,
        });
        try {
          for (const bytes of [hello, ...pieces]) session.push(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
        expect(taken).toBe(0);
      }),
      seeded('RTMP that is none', 2000),
    );
  });

  it.each([
    ['chunks of one byte', Buffer.from([2, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 1])],
    ['a message of 16 MB', Buffer.from([3, 0, 0, 0, 0xff, 0xff, 0xff, 20, 0, 0, 0, 0])],
    ['a chunk that goes on with nothing', Buffer.from([0xc3, 1])],
    [
      'a message within another',
      Buffer.concat([chunkOf(3, 20, 0, Buffer.alloc(200)).subarray(0, 140), chunkOf(3, 20, 0, Buffer.alloc(9))]),
    ],
    [
      'more streams than anybody uses',
      Buffer.concat(Array.from({ length: 40 }, (_, index) => chunkOf(index + 2, 20, 0, Buffer.alloc(1)))),
    ],
  ])('%s are refused', (_, bytes) => {
    const reader = new ChunkReader(16_384, () => undefined);
    expect(() => reader.push(bytes)).toThrow(RangeError);
  });

  it('begun messages hold no more than two of the longest together', () => {
    const reader = new ChunkReader(100_000, () => undefined);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(90_000);
    reader.push(chunkOf(2, 1, 0, size));
    const begin = (stream: number): void => {
      const chunk = chunkOf(stream, 9, 1, Buffer.alloc(90_000));
      chunk.writeUIntBE(100_000, 4, 3);
      reader.push(chunk);
    };
    begin(3);
    begin(4);
    expect(() => begin(5)).toThrow(RangeError);
  });

  it('video becomes tags of FLV', () => {
    const tag = videoTag(0x01_02_03_04, Buffer.from([0x17, 0, 1]));
    expect(tag.toString('hex')).toBe('09000003020304010000001700010000000e');
    expect([Buffer.from([0x17, 0]), Buffer.from([0x1c, 0]), Buffer.from([0x90, 1])].every(isSequenceHeader)).toBe(true);
    expect([Buffer.from([0x17, 1]), Buffer.from([0x27, 1]), Buffer.from([0x91, 1])].some(isSequenceHeader)).toBe(false);
  });
});
