import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/contracts/frame.js';
import { readFrames, type ReadFramesOptions } from '../../../src/ingest/recordings/read-frames.js';
import { readPicture } from '../../../src/ingest/recordings/read-picture.js';
import { ffmpegSync, makeClip, temporaryFolder } from '../../fixtures/clips.js';

const media = process.env['EMOSCOPE_TEST_MEDIA'] ?? path.resolve('../shared/media');

const framesOf = async (url: string, over: Partial<ReadFramesOptions> = {}): Promise<Frame[]> => {
  const frames: Frame[] = [];
  const options = { streamId: 'file', url, fps: 5, maxWidth: 1920, startTs: 1000, ...over };
  for await (const frame of readFrames(options)) frames.push(frame);
  return frames;
};

const expectRising = (frames: readonly Frame[]): void =>
  frames.slice(1).forEach(({ ts }, index) => expect(ts).toBeGreaterThan(frames[index]?.ts ?? 0));

describe('recordings', () => {
  const folder = temporaryFolder('recordings');
  const at = (name: string): string => path.join(folder.path, name);
  const segment = (name: string, size: string, offsetS: number, ...options: string[]): Buffer => {
    const input = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=2`];
    const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-bf', '0', ...options];
    ffmpegSync(...input, ...codec, '-output_ts_offset', String(offsetS), '-f', 'mpegts', at(name));
    return readFileSync(at(name));
  };

  beforeAll(() => {
    makeClip(at('clip.mp4'), { seconds: 4 });
  });
  afterAll(() => folder.remove());

  it('give one frame per grid step, numbered, timed from the start, nothing dropped for a slow reader', async () => {
    const frames: Frame[] = [];
    const options = { streamId: 'a', url: at('clip.mp4'), fps: 10, maxWidth: 160, startTs: 5_000_000 };
    for await (const frame of readFrames(options)) {
      frames.push(frame);
      if (frames.length % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(frames.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    frames.forEach(({ ts }, index) => expect(Math.abs(ts - 5_000_000 - index * 100)).toBeLessThanOrEqual(40));
    expect(frames[0]).toMatchObject({ streamId: 'a', width: 160, height: 90 });
    expect(new Set(frames.map(({ data }) => data.buffer)).size).toBe(40);
  });

  it('keep the colours', async () => {
    ffmpegSync('-f', 'lavfi', '-i', 'color=red:size=64x64:rate=5:duration=1', '-pix_fmt', 'yuv420p', at('red.mp4'));
    const [first] = await framesOf(at('red.mp4'));
    const [red = 0, green = 255, blue = 255] = first?.data.subarray(64 * 3 * 32, 64 * 3 * 32 + 3) ?? [];
    expect(red).toBeGreaterThan(240);
    expect(Math.max(green, blue)).toBeLessThan(15);
  });

  // A colour picture that standard video shows, made into one of high dynamic range: the same has to come out.
  it.each([
    ['PQ', 'smpte2084'],
    ['HLG', 'arib-std-b67'],
  ])('of high dynamic range (%s) look like standard video', async (_, transfer) => {
    const bars = ['-f', 'lavfi', '-i', 'smptebars=size=320x180:rate=5:duration=2'];
    const tags = 'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv';
    const wide = `zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=2020,zscale=t=${transfer}:m=2020_ncl:r=tv:npl=203`;
    const widened = `scale=out_color_matrix=bt709:out_range=tv,format=yuv444p,${tags},${wide},format=yuv420p10le`;
    const encode = ['-c:v', 'libx264', '-crf', '8', '-colorspace', 'bt2020nc', '-color_primaries', 'bt2020'];
    ffmpegSync(...bars, '-vf', widened, ...encode, '-color_trc', transfer, at('high.mp4'));
    ffmpegSync(...bars, '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-crf', '8', at('standard.mp4'));
    const [seen, wanted] = [await framesOf(at('high.mp4')), await framesOf(at('standard.mp4'))];
    expect(seen).toHaveLength(wanted.length);
    const difference = seen[0]?.data.reduce((sum, level, i) => sum + Math.abs(level - (wanted[0]?.data[i] ?? 0)), 0);
    // Untreated it is 25 levels and more.
    expect((difference ?? Infinity) / (wanted[0]?.data.length ?? 1)).toBeLessThan(12);
  });

  it('come upright and with square pixels', async () => {
    ffmpegSync('-i', at('clip.mp4'), '-vf', 'setsar=2/1', '-t', '1', at('wide.mp4'));
    expect((await framesOf(at('wide.mp4')))[0]).toMatchObject({ width: 640, height: 180 });
    ffmpegSync('-i', at('clip.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', '-t', '1', at('turned.mp4'));
    expect((await framesOf(at('turned.mp4')))[0]).toMatchObject({ width: 180, height: 320 });
  });

  it('end at once when the signal aborts, and when the reader leaves', async () => {
    const abort = new AbortController();
    const frames: Frame[] = [];
    const options = { streamId: 'a', url: at('clip.mp4'), fps: 25, maxWidth: 160, startTs: 0, signal: abort.signal };
    for await (const frame of readFrames(options)) {
      frames.push(frame);
      abort.abort();
    }
    expect(frames).toHaveLength(1);
    for await (const frame of readFrames({ ...options, signal: new AbortController().signal })) {
      expect(frame.seq).toBe(1);
      break;
    }
  });

  it.each([
    [
      'jumps ahead and back',
      (): Buffer => Buffer.concat([0, 10_000, 5].map((offset, part) => segment(`jump${part}.ts`, '160x90', offset))),
    ],
    [
      'wraps',
      (): Buffer =>
        Buffer.concat([95_441.7, 95_443.7].map((offset, part) => segment(`wrap${part}.ts`, '160x90', offset))),
    ],
    [
      'stands still',
      (): Buffer => segment('still.ts', '160x90', 0, '-bsf:v', 'setts=ts=if(gt(N\\,25)\\,25/25/TB\\,TS)'),
    ],
  ])('whose presentation time %s lose no frame', async (name, make) => {
    const file = at(`${name}.ts`);
    const bytes = make();
    writeFileSync(file, bytes);
    const frames = await framesOf(file);
    const seconds = name === 'stands still' ? 2 : name === 'wraps' ? 4 : 6;
    expectRising(frames);
    expect(Math.abs(frames.length - seconds * 5)).toBeLessThanOrEqual(1);
    expect(Math.abs((frames.at(-1)?.ts ?? 0) - (frames[0]?.ts ?? 0) - seconds * 1000)).toBeLessThanOrEqual(500);
  });

  it('that change their size keep the first one', async () => {
    writeFileSync(at('size.ts'), Buffer.concat([segment('s.ts', '160x90', 0), segment('l.ts', '320x180', 2)]));
    const frames = await framesOf(at('size.ts'));
    expect(frames.length).toBeGreaterThanOrEqual(19);
    expect(new Set(frames.map(({ width, height }) => `${width}×${height}`))).toEqual(new Set(['160×90']));
  });

  it.each([
    ['a missing file', 'not-found', (): string => at('none.mp4')],
    ['a text', 'corrupt', (): string => path.resolve('package.json')],
    ['an empty file', 'corrupt', (): string => (writeFileSync(at('empty.mp4'), ''), at('empty.mp4'))],
    [
      'a codec nobody knows',
      'unsupported-codec',
      (): string => {
        const bytes = readFileSync(at('clip.mp4'))
          .toString('latin1')
          .replaceAll('avc1', 'zzzz')
          .replaceAll('avcC', 'zzzC');
        writeFileSync(at('foreign.mp4'), bytes, 'latin1');
        return at('foreign.mp4');
      },
    ],
    [
      'sound alone',
      'no-video',
      (): string => (ffmpegSync('-f', 'lavfi', '-i', 'sine=duration=1', at('sound.mp4')), at('sound.mp4')),
    ],
  ])('%s: %s', async (_, reason, make) => {
    await expect(framesOf(make())).rejects.toMatchObject({ name: 'CameraFault', reason });
  });

  it('survive flipped bits: every outcome is frames or a named fault', async () => {
    const clean = segment('fuzz-clean.ts', '160x90', 0);
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let decoded = 0;
    for (const share of [0.0001, 0.001, 0.01, 0.2]) {
      const bytes = Buffer.from(clean);
      for (let flips = Math.ceil(bytes.length * share); flips > 0; flips -= 1) {
        const index = Math.floor(random() * bytes.length);
        bytes[index] = (bytes[index] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
      writeFileSync(at('fuzz.ts'), bytes);
      const outcome = await framesOf(at('fuzz.ts')).catch((error: unknown) => error);
      if (Array.isArray(outcome)) decoded += outcome.length;
      else expect(outcome).toMatchObject({ name: 'CameraFault' });
    }
    expect(decoded).toBeGreaterThan(0);
  });

  describe('from an enemy', () => {
    let server: Server;
    let asked = 0;
    beforeAll(async () => {
      server = createServer((_, response) => {
        asked += 1;
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => server.close());

    it.each([
      ['playlist', 'mp4', (url: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${url}\n#EXT-X-ENDLIST\n`],
      ['playlist of files', 'm3u8', () => '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nclip.mp4\n#EXT-X-ENDLIST\n'],
      ['concat script', 'mp4', () => 'ffconcat version 1.0\nfile clip.mp4\n'],
      ['concat script of addresses', 'txt', (url: string) => `ffconcat version 1.0\nfile '${url}'\n`],
      [
        'session description',
        'sdp',
        () =>
          'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
      ],
      [
        'DASH manifest',
        'mpd',
        (url: string) =>
          `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation id="1" bandwidth="1"><BaseURL>${url}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
      ],
    ])('a %s opens nothing', async (name, ending, text) => {
      const file = at(`${name}.${ending}`);
      const { port } = server.address() as AddressInfo;
      writeFileSync(file, text(`http://127.0.0.1:${port}/x.ts`));
      await expect(framesOf(file)).rejects.toMatchObject({ name: 'CameraFault' });
      expect(asked).toBe(0);
    });

    it('a huge picture in a small file is refused', async () => {
      ffmpegSync(
        '-f',
        'lavfi',
        '-i',
        'color=black:size=10000x10000:rate=1:duration=1',
        '-c:v',
        'mjpeg',
        at('bomb.avi'),
      );
      await expect(framesOf(at('bomb.avi'))).rejects.toMatchObject({ name: 'CameraFault' });
    });
  });

  it.skipIf(!existsSync(media))('with variable rate and a timestamp fault are read to the end', async () => {
    const frames = await framesOf(path.join(media, 'videos/face_noface.mov'));
    expect(frames.length).toBeGreaterThan(25);
    expectRising(frames);
  });
});

describe('pictures', () => {
  const folder = temporaryFolder('pictures');
  afterAll(() => folder.remove());
  const file = path.join(folder.path, 'picture');
  const options = { streamId: 'p', maxWidth: 1920, ts: 77 };
  const plain = (channels: 3 | 4, width = 40, height = 20) =>
    sharp({ create: { width, height, channels, background: { r: 200, g: 10, b: 10, alpha: 0 } } });

  it.each([
    ['turned by EXIF', () => plain(3).withMetadata({ orientation: 6 }).jpeg(), 20, 40],
    ['grey', () => plain(3).greyscale().png(), 40, 20],
    ['transparent', () => plain(4).png(), 40, 20],
    ['of 16 bits', () => plain(3).toColourspace('rgb16').png(), 40, 20],
    ['of one pixel', () => plain(3, 1, 1).png(), 1, 1],
    ['wider than asked', () => plain(3, 4000, 1000).jpeg(), 1920, 480],
  ])('%s become RGB', async (_, make, width, height) => {
    await make().toFile(file);
    const frame = await readPicture(file, options);
    expect(frame).toMatchObject({ width, height, ts: 77, streamId: 'p' });
    expect(frame.data).toHaveLength(width * height * 3);
  });

  it('that are transparent stand on white', async () => {
    await plain(4).png().toFile(file);
    expect([...(await readPicture(file, options)).data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('that are none are named', async () => {
    await expect(readPicture(path.join(folder.path, 'no'), options)).rejects.toMatchObject({ reason: 'not-found' });
    await expect(readPicture(folder.path, options)).rejects.toMatchObject({ reason: 'not-found' });
    await expect(readPicture(path.resolve('package.json'), options)).rejects.toMatchObject({ reason: 'corrupt' });
    writeFileSync(file, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(readPicture(file, options)).rejects.toMatchObject({ reason: 'corrupt' });
  });
});
