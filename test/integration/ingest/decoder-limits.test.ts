import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decoderLimits } from '../../../src/ingest/ffmpeg/decoder-process.js';
import { prlimitPath } from '../../../src/runtime/process/prlimit-path.js';
import { ffmpegSource } from '../../../src/ingest/ffmpeg/source.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { ffmpegSync, makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer } from '../../fixtures/rtsp-server.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

const MIB = 1024 ** 2;

/** Process ids of the children of this process. */
const children = (): number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** What /proc says about a process; empty when it is gone. */
const procFile = (pid: number | string, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
};

describe.skipIf(prlimitPath() === null)('the limits of a decoder', () => {
  const folder = temporaryFolder('limits');
  const at = (name: string): string => path.join(folder.path, name);
  afterAll(() => folder.remove());

  const play = async (file: string, memoryBytes: number): Promise<{ frames: number; peakBytes: number }> => {
    let frames = 0;
    let peakBytes = 0;
    const watch = setInterval(() => {
      for (const pid of children()) {
        const kib = /VmHWM:\s+(\d+)/.exec(procFile(pid, 'status'))?.[1];
        if (procFile(pid, 'comm') === 'ffmpeg\n') peakBytes = Math.max(peakBytes, Number(kib ?? 0) * 1024);
      }
    }, 20);
    const startSource = ffmpegSource('ffmpeg', { memoryBytes });
    const reading = (async () => {
      for await (const { seq } of readFrames({
        streamId: 'a',
        url: file,
        fps: 5,
        maxWidth: 640,
        startTs: 0,
        startSource,
      }))
        frames = seq;
    })();
    try {
      await reading;
    } catch (error) {
      throw Object.assign(error as Error, { peakBytes, frames });
    } finally {
      clearInterval(watch);
    }
    return { frames, peakBytes };
  };

  it('leave room for 4K in the common codecs', async () => {
    for (const codec of ['libx264', 'libx265'] as const) {
      makeClip(at(`${codec}.mp4`), { codec, size: '3840x2160', rate: 5, seconds: 1 });
      const { frames, peakBytes } = await play(at(`${codec}.mp4`), decoderLimits('software').memoryBytes);
      expect(frames).toBe(5);
      expect(peakBytes).toBeLessThan(decoderLimits('software').memoryBytes / 2);
    }
  });

  it('end a video whose pictures are too large for them, with a reason', async () => {
    ffmpegSync(
      ...['-f', 'lavfi', '-i', 'color=black:size=6144x4096:rate=5:duration=1'],
      ...['-frames:v', '4', '-c:v', 'png', '-pix_fmt', 'rgba64be', at('large.mkv')],
    );
    const fault = await play(at('large.mkv'), 400 * MIB).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'CameraFault', reason: 'too-large', code: 'INPUT_UNREADABLE' });
    expect((fault as { peakBytes: number }).peakBytes).toBeLessThan(400 * MIB);
  });

  it('hold when a small file claims tables of gigabytes', async () => {
    const tracks = Array.from({ length: 8 }, () => ['-map', '0:v']).flat();
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=5:duration=1'];
    ffmpegSync(...source, ...tracks, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', at('tables.mp4'));
    const bytes = readFileSync(at('tables.mp4'));
    const claimed = 6_000_000;
    for (let box = bytes.indexOf('stsz'); box > 0; box = bytes.indexOf('stsz', box + 1)) {
      bytes.writeUInt32BE(1, box + 8);
      bytes.writeUInt32BE(claimed, box + 12);
    }
    for (let box = bytes.indexOf('stsc'); box > 0; box = bytes.indexOf('stsc', box + 1)) {
      bytes.writeUInt32BE(claimed, box + 16);
    }
    writeFileSync(at('tables.mp4'), bytes);
    const fault = await play(at('tables.mp4'), 400 * MIB).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'CameraFault' });
    const { peakBytes } = fault as { peakBytes: number };
    expect(peakBytes).toBeGreaterThan(200 * MIB);
    expect(peakBytes).toBeLessThan(400 * MIB);
  });

  it('are on every decoder, and leave no core file', async ({ onTestFinished }) => {
    makeClip(at('clip.mp4'), { size: '160x90', seconds: 2 });
    const { camera, frames } = watchedCamera({ url: at('clip.mp4'), loop: true });
    onTestFinished(() => camera.stop());
    camera.start();
    await waitUntil('frames', () => frames.length > 3);
    const [limits = ''] = children()
      .filter((pid) => procFile(pid, 'comm') === 'ffmpeg\n')
      .map((pid) => procFile(pid, 'limits'));
    expect(limits).toMatch(new RegExp(`Max data size +${decoderLimits('software').memoryBytes} `));
    expect(limits).toMatch(/Max core file size +0 +0 /);
    expect(limits).toMatch(/Max open files +256 /);
  });
});

describe('a playlist from the network', () => {
  const folder = temporaryFolder('playlists');
  afterAll(() => folder.remove());

  it.each(['', 'viewer:s3cret@'])('opens no file of this machine, asked for as http://%s…', async (user) => {
    const segment = path.join(folder.path, 'segment.ts');
    makeClip(segment, { size: '160x90', seconds: 1 });
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const { url = '' } = request;
      asked.push(url);
      const line = url === '/own.m3u8' ? '/segment.ts' : `file:${segment}`;
      const list = `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n${line}\n#EXT-X-ENDLIST\n`;
      response.end(url.endsWith('.m3u8') ? list : readFileSync(segment));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://${user}127.0.0.1:${(server.address() as AddressInfo).port}`;
    const read = async (name: string): Promise<number> => {
      let frames = 0;
      const options = { streamId: 'a', fps: 5, maxWidth: 640, startTs: 0 };
      for await (const { seq } of readFrames({ ...options, url: `${base}/${name}` })) frames = seq;
      return frames;
    };
    try {
      expect(await read('own.m3u8')).toBe(5);
      await expect(read('thief.m3u8')).rejects.toMatchObject({ name: 'CameraFault' });
      expect(asked).toEqual(expect.arrayContaining(['/own.m3u8', '/segment.ts', '/thief.m3u8']));
    } finally {
      server.close();
    }
  });
});

describe.skipIf(!rtspServerAvailable() || process.platform !== 'linux')('a camera with a password', () => {
  it('shows it in no process list', async ({ onTestFinished }) => {
    const folder = temporaryFolder('arguments');
    onTestFinished(() => folder.remove());
    const files = { cam: makeClip(path.join(folder.path, 'cam.mp4'), { size: '160x90', seconds: 20 }) };
    const server = await startRtspServer({ files, user: "viewer:it's\\s3cret" });
    onTestFinished(() => server.kill());
    const { camera, frames } = watchedCamera({ url: server.url('cam', "viewer:it's\\s3cret") });
    onTestFinished(() => camera.stop());
    camera.start();
    await waitUntil('frames', () => frames.length > 3);
    const decoders = readdirSync('/proc').filter((pid) => procFile(pid, 'cmdline').startsWith('ffmpeg\0'));
    expect(decoders.length).toBeGreaterThan(0);
    for (const pid of decoders) {
      expect(procFile(pid, 'cmdline') + procFile(pid, 'environ')).not.toContain('s3cret');
    }
  });
});
