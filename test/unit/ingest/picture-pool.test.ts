import { describe, expect, it } from 'vitest';
import { PicturePool } from '../../../src/ingest/ffmpeg/picture-pool.js';
import { PictureReader, type RawPicture } from '../../../src/ingest/ffmpeg/picture-reader.js';

const ppm = (fill: number): Buffer => Buffer.concat([Buffer.from('P6\n4 2\n255\n'), Buffer.alloc(24, fill)]);

describe('memory for pictures', () => {
  it('is handed out again once it is given back, and only to one', () => {
    const pool = new PicturePool();
    const first = pool.take(24);
    expect(pool.take(24)).not.toBe(first);
    pool.give(first);
    pool.give(first);
    expect(pool.take(24)).toBe(first);
    expect(pool.take(24)).not.toBe(first);
  });

  it('is never handed out in another size', () => {
    const pool = new PicturePool();
    pool.give(pool.take(24));
    expect(pool.take(12)).toHaveLength(12);
  });

  it('is not taken from strangers', () => {
    const pool = new PicturePool();
    const stranger = new Uint8Array(24);
    pool.give(stranger);
    expect(pool.take(24)).not.toBe(stranger);
  });

  it('keeps what a reader of pictures still holds, and takes what it released', () => {
    const read: RawPicture[] = [];
    const reader = new PictureReader(100, (picture) => read.push(picture));
    reader.push(ppm(1));
    reader.push(ppm(2));
    expect([...(read[0]?.data ?? [])]).toEqual(Array.from({ length: 24 }, () => 1));
    read[0]?.release();
    reader.push(ppm(3));
    expect(read[2]?.data).toBe(read[0]?.data);
    expect([...(read[1]?.data ?? [])]).toEqual(Array.from({ length: 24 }, () => 2));
    expect([...(read[2]?.data ?? [])]).toEqual(Array.from({ length: 24 }, () => 3));
  });
});
