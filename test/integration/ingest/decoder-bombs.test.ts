import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { readPicture } from '../../../src/ingest/recordings/read-picture.js';
import { ffmpegSync, makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

const folder = temporaryFolder('bombs');
const at = (name: string): string => path.join(folder.path, name);
afterAll(() => folder.remove());

const pngChunk = (type: string, data: Buffer): Buffer => {
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let sum = 0xffffffff;
  for (const byte of body) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  crc.writeUInt32BE((sum ^ 0xffffffff) >>> 0);
  return Buffer.concat([length, body, crc]);
};

/** A grey PNG of any size whose rows all come from a few kilobytes. */
const png = (width: number, height: number): Buffer => {
  const header = Buffer.from([...Array<number>(8).fill(0), 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = deflateSync(Buffer.alloc((width + 1) * Math.min(height, 200)));
  const magic = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([magic, pngChunk('IHDR', header), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))]);
};

const small = (format: 'jpeg' | 'webp'): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: 'gray' } })
    .toFormat(format)
    .toBuffer();

/** A JPEG whose frame header claims another size. */
const jpeg = async (width: number, height: number): Promise<Buffer> => {
  const bytes = await small('jpeg');
  const header = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, header + 5);
  bytes.writeUInt16BE(width, header + 7);
  return bytes;
};

/** A lossy WebP whose key frame claims another size. */
const webp = async (width: number, height: number): Promise<Buffer> => {
  const bytes = await small('webp');
  const start = bytes.indexOf(Buffer.from([0x9d, 0x01, 0x2a]));
  bytes.writeUInt16LE(width, start + 3);
  bytes.writeUInt16LE(height, start + 5);
  return bytes;
};

/** A GIF with as many one-pixel pictures. */
const gif = (width: number, height: number, pictures: number): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const one = Buffer.from('21f9040401000000' + '2c00000000010001000002024401' + '00', 'hex');
  const head = [Buffer.from('GIF89a'), size, Buffer.from('800000' + '000000ffffff', 'hex')];
  return Buffer.concat([...head, ...Array<Buffer>(pictures).fill(one), Buffer.from(';')]);
};

describe('a picture file', () => {
  const read = (file: string) => readPicture(file, { streamId: 'a', maxWidth: 640, ts: 0 });

  it.each([
    ['PNG', () => png(65_500, 65_500), '65500×65500'],
    ['JPEG', () => jpeg(65_500, 65_500), '65500×65500'],
    ['WebP', () => webp(16_383, 16_383), '16383×16383'],
  ])('of a kilobyte that claims thousands of megapixels is refused by its size: %s', async (name, make, size) => {
    writeFileSync(at(name), await make());
    const fault = await read(at(name)).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'CameraFault', reason: 'too-large', code: 'INPUT_UNREADABLE' });
    expect((fault as Error).message).toContain(`${size}; at most 100 megapixels`);
  });

  it('of a hundred thousand pictures is its first', async () => {
    writeFileSync(at('many.gif'), gif(64, 64, 100_000));
    expect(await read(at('many.gif'))).toMatchObject({ width: 64, height: 64, seq: 1 });
  });

  it('that is a strip is read no higher than twice the width', async () => {
    writeFileSync(at('strip.png'), await sharp(png(600, 200)).resize(600, 20_000, { fit: 'fill' }).png().toBuffer());
    const { width, height } = await read(at('strip.png'));
    expect([width, height]).toEqual([38, 1280]);
  });
});

describe('a recording', () => {
  const framesOf = async (file: string) => {
    const frames = [];
    for await (const { width, height, ts } of readFrames({
      ...{ streamId: 'a', url: file, fps: 5, maxWidth: 640, startTs: 0 },
    }))
      frames.push({ width, height, ts });
    return frames;
  };

  it('of a larger picture than a decoder may have is refused: 16384×4096 in H.264', async () => {
    const source = ['-f', 'lavfi', '-i', 'color=black:size=16384x4096:rate=5', '-frames:v', '1'];
    ffmpegSync(...source, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', at('wide.mp4'));
    await expect(framesOf(at('wide.mp4'))).rejects.toMatchObject({ reason: 'too-large' });
  });

  it('that is a strip comes no higher than twice the width, or each picture would cost the service 90 MB', async () => {
    const source = ['-f', 'lavfi', '-i', 'color=gray:size=640x8000:rate=5', '-frames:v', '2'];
    ffmpegSync(...source, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', at('strip.mp4'));
    const frames = await framesOf(at('strip.mp4'));
    expect(frames.map(({ width, height }) => [width, height])).toEqual([
      [102, 1280],
      [102, 1280],
    ]);
  });

  it('with times before zero, or a thousand million pictures a second, is read to its end', async () => {
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=5:duration=2'];
    ffmpegSync(...source, '-c:v', 'libx264', '-output_ts_offset', '-100000', at('before.mkv'));
    expect((await framesOf(at('before.mkv'))).length).toBe(10);
    ffmpegSync(...source, '-c:v', 'mjpeg', at('fast.avi'));
    const bytes = readFileSync(at('fast.avi'));
    const stream = bytes.indexOf('strh') + 8;
    bytes.writeUInt32LE(1, stream + 20);
    bytes.writeUInt32LE(1_000_000_000, stream + 24);
    writeFileSync(at('fast.avi'), bytes);
    const frames = await framesOf(at('fast.avi'));
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.length).toBeLessThanOrEqual(10);
  });
});

describe('a hostile camera', () => {
  const hosts: { close: () => void }[] = [];
  afterAll(() => hosts.forEach((host) => host.close()));

  /** Answers every request in the same manner. */
  const host = async (answer: (response: ServerResponse) => void) => {
    const server = createServer((_, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    hosts.push({ close: () => (server.closeAllConnections(), server.close()) });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  };

  const motionJpeg = (response: ServerResponse, picture: (index: number) => Buffer): void => {
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=b' });
    let index = 0;
    const timer = setInterval(() => {
      const bytes = picture(index);
      index += 1;
      response.write(`--b\r\nContent-Type: image/jpeg\r\nContent-Length: ${bytes.length}\r\n\r\n`);
      response.write(bytes);
      response.write('\r\n');
    }, 50);
    response.on('close', () => clearInterval(timer));
  };

  it.each([
    ['a PNG', () => Promise.resolve(png(65_500, 65_500)), 'image/png'],
    ['motion JPEG', () => jpeg(65_500, 65_500), 'multipart'],
  ])('that sends %s of 65500×65500 is too large, and its neighbour goes on', async (_name, make, type) => {
    const bytes = await make();
    const { url } = await host((response) => {
      if (type === 'multipart') motionJpeg(response, () => bytes);
      else response.writeHead(200, { 'content-type': type }).end(bytes);
    });
    const hostile = watchedCamera({ url });
    const neighbour = watchedCamera({ url: makeClip(at('clip.mp4'), { size: '160x90', seconds: 2 }), loop: true });
    for (const { camera } of [hostile, neighbour]) camera.start();
    try {
      await waitUntil('the verdict', () => hostile.states.some(({ reason }) => reason === 'too-large'));
      const before = neighbour.frames.length;
      await waitUntil('the neighbour', () => neighbour.frames.length > before + 5);
      expect(neighbour.camera.status()).toMatchObject({ state: 'online', reconnects: 0 });
      expect(hostile.frames).toEqual([]);
    } finally {
      for (const { camera } of [hostile, neighbour]) await camera.stop();
    }
  });

  it('whose every picture has another size is opened more and more seldom, and says why', async () => {
    const pictures = await Promise.all(
      [64, 96, 128, 160].map((width) =>
        sharp({ create: { width, height: 64, channels: 3, background: 'gray' } })
          .jpeg()
          .toBuffer(),
      ),
    );
    const { url } = await host((response) =>
      motionJpeg(response, (index) => pictures[index % pictures.length] ?? Buffer.alloc(0)),
    );
    const { camera, states, log } = watchedCamera({ url, fps: 20 });
    camera.start();
    try {
      await waitUntil('the complaint', () => states.some(({ detail }) => detail?.includes('keeps changing') === true));
      expect(log()).toContain('keeps changing the size');
    } finally {
      await camera.stop();
    }
  });
});
