import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogLines } from '../../../src/ingest/ffmpeg/log-lines.js';
import { hiderOf } from '../../../src/runtime/address/hide-address.js';
import { PictureReader, type RawPicture } from '../../../src/ingest/ffmpeg/picture-reader.js';
import { TimingReader } from '../../../src/ingest/ffmpeg/timing-reader.js';

const ppm = (width: number, height: number, fill: number): Buffer =>
  Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), Buffer.alloc(width * height * 3, fill)]);

describe('pictures in a byte stream', () => {
  it('come out whole however the bytes are cut', () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(255));
    const cuts = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 6 }), cuts, (sizes, lengths) => {
        const bytes = Buffer.concat(sizes.map(([width, height, fill]) => ppm(width, height, fill)));
        const read: RawPicture[] = [];
        const reader = new PictureReader(2000, (picture) => read.push(picture));
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const length = lengths[turn % lengths.length] ?? 1;
          reader.push(bytes.subarray(at, at + length));
          at += length;
        }
        expect(read.map(({ width, height }) => [width, height])).toEqual(sizes.map(([w, h]) => [w, h]));
        read.forEach(({ data }, index) => expect(data.every((byte) => byte === sizes[index]?.[2])).toBe(true));
      }),
    );
  });

  it.each(['GIF89a and more than twenty bytes', 'P6\n99999 99999\n255\n', 'P6\n0 5\n255\nxxxxxxxxxxxxxxxxx'])(
    'refuses %j',
    (text) => {
      const reader = new PictureReader(1_000_000, () => undefined);
      expect(() => reader.push(Buffer.from(text))).toThrow(/decoder wrote/);
    },
  );
});

describe('presentation times', () => {
  it('are read from cut lines, with a restart of the filter graph', () => {
    const seen: (number | string | null)[] = [];
    const reader = new TimingReader(
      (ptsMs) => seen.push(ptsMs),
      () => seen.push('restart'),
    );
    const text =
      'frame:0    pts:0       pts_time:0\ntimed=1\nframe:1    pts:2048    pts_time:0.2\ntimed=1\n' +
      'frame:0    pts:4096    pts_time:0.4\nframe:1    pts:NOPTS   pts_time:NOPTS\n';
    for (const character of text) reader.push(character);
    expect(seen).toEqual([0, 200, 'restart', 400, null]);
  });
});

describe("the decoder's log", () => {
  const info: unknown[] = [];
  const lines = (input: string) => new LogLines(hiderOf(input), (found) => info.push(found));

  it('keeps the last hundred lines', () => {
    const log = lines('');
    log.push(Buffer.from(Array.from({ length: 300 }, (_, index) => `[error] line ${index}\n`).join('')));
    expect(log.last()).toHaveLength(100);
    expect(log.last().at(-1)).toBe('[error] line 299');
  });

  it('throws a flood away and says how much', () => {
    const log = new LogLines(
      (line) => line,
      () => undefined,
      () => undefined,
      () => 0,
    );
    for (let turn = 0; turn < 1000; turn += 1) log.push(Buffer.alloc(65_536, 'x\n'));
    expect(log.last().length).toBeLessThanOrEqual(101);
    expect(log.last().at(-1)).toMatch(/^\(\d{8} bytes of log not kept\)$/);
  });

  it('never shows the user or the password, encoded or not, alone or in an address', () => {
    const log = lines('rtsp://admin:s%C3%A9cret@cam/x');
    const said = 'bad password sécret for rtsp://admin:s%C3%A9cret@cam/x (s%C3%A9cret)';
    log.push(Buffer.from(`[error] ${said}\n`));
    expect(log.last().join()).not.toMatch(/s%C3%A9cret|sécret/);
  });

  it('reads codec, size and rate', () => {
    lines('').push(
      Buffer.from(
        '[info]   Stream #0:1[0x2](und): Video: hevc (Main) (hvc1 / 0x31637668), yuv420p(tv), 960x540, 26.40 fps\n',
      ),
    );
    expect(info.at(-1)).toEqual({ codec: 'hevc', width: 960, height: 540, sourceFps: 26.4 });
  });
});
