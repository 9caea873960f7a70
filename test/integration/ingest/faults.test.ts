import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { ffmpegSource } from '../../../src/ingest/ffmpeg/source.js';
import { probeSource } from '../../../src/ingest/probe.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { segment, startBroadcast, type Broadcast } from '../../fixtures/broadcast.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { startHangingRtsp } from '../../fixtures/hanging-rtsp.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { QUICK_TIMING, watchedCamera, type WatchedCamera } from '../../fixtures/watched-camera.js';

type Finish = TestContext['onTestFinished'];

describe('cameras under attack', () => {
  const folder = temporaryFolder('faults');
  const at = (name: string): string => path.join(folder.path, name);

  const start = (onTestFinished: Finish, ...args: Parameters<typeof watchedCamera>): WatchedCamera => {
    const watched = watchedCamera(...args);
    onTestFinished(() => watched.camera.stop());
    watched.camera.start();
    return watched;
  };

  const listen = async (onTestFinished: Finish, server: Server): Promise<number> => {
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };

  /** ffmpeg behind a script that notes its process id, so that a test can maltreat it. */
  const wrappedFfmpeg = (name: string, before = ''): { source: ReturnType<typeof ffmpegSource>; pids(): number[] } => {
    const script = at(name);
    writeFileSync(script, `#!/bin/sh\necho $$ >> "${script}.pids"\n${before}\nexec ffmpeg "$@"\n`);
    chmodSync(script, 0o755);
    const pids = (): number[] =>
      existsSync(`${script}.pids`) ? readFileSync(`${script}.pids`, 'utf8').trim().split('\n').map(Number) : [];
    return { source: ffmpegSource(script), pids };
  };

  const alive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  beforeAll(() => {
    makeClip(at('clip.mp4'), { size: '160x90', seconds: 4 });
  });
  afterAll(() => folder.remove());

  it.concurrent.for([
    ['never answers', false],
    ['answers DESCRIBE and then hangs', true],
  ] as const)(
    'an RTSP server that %s: offline(timeout), tried again, stopped at once',
    async ([, answers], { onTestFinished }) => {
      const server = await startHangingRtsp({ answers });
      onTestFinished(() => server.close());
      const { camera } = start(onTestFinished, { url: `rtsp://127.0.0.1:${server.port}/x`, stallTimeout: '1s' });
      await waitUntil('offline', () => camera.status().state === 'offline');
      expect(camera.status().reason).toBe('timeout');
      const before = server.connections();
      await waitUntil('another try', () => server.connections() > before);
      await camera.stop();
      expect(camera.status()).toMatchObject({ state: 'stopped', reason: null });
    },
  );

  it.concurrent('ffmpeg that is killed: reported, back online', async ({ onTestFinished }) => {
    const { source, pids } = wrappedFfmpeg('killed');
    const { camera, states, frames } = start(
      onTestFinished,
      { url: at('clip.mp4'), loop: true },
      { startSource: source },
    );
    await waitUntil('frames', () => frames.length > 3);
    process.kill(pids().at(-1) ?? 0, 'SIGKILL');
    await waitUntil('back online', () => camera.status().state === 'online' && camera.status().reconnects === 1);
    expect(states.map(({ state, reason }) => `${state} ${String(reason)}`)).toEqual([
      'connecting null',
      'online null',
      'reconnecting decoder-crashed',
      'online null',
    ]);
    const times = frames.map(({ ts }) => ts);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it.concurrent('ffmpeg that hangs (SIGSTOP): stalled, killed for good, back online', async ({ onTestFinished }) => {
    const { source, pids } = wrappedFfmpeg('hung');
    const { camera, states, frames } = start(
      onTestFinished,
      { url: at('clip.mp4'), loop: true, stallTimeout: '1s' },
      { startSource: source },
    );
    await waitUntil('frames', () => frames.length > 3);
    const [hung = 0] = pids();
    process.kill(hung, 'SIGSTOP');
    await waitUntil('back online', () => camera.status().state === 'online' && camera.status().reconnects === 1);
    expect(alive(hung)).toBe(false);
    expect(states.map(({ state, reason }) => `${state} ${String(reason)}`)).toEqual([
      'connecting null',
      'online null',
      'stalled timeout',
      'reconnecting timeout',
      'online null',
    ]);
  });

  it.concurrent('ffmpeg that hangs is gone after stop, twice over', async ({ onTestFinished }) => {
    const { source, pids } = wrappedFfmpeg('stopped');
    const { camera, frames } = start(onTestFinished, { url: at('clip.mp4'), loop: true }, { startSource: source });
    await waitUntil('frames', () => frames.length > 3);
    const [hung = 0] = pids();
    process.kill(hung, 'SIGSTOP');
    await Promise.all([camera.stop(), camera.stop()]);
    await camera.stop();
    expect(alive(hung)).toBe(false);
    expect(camera.status().state).toBe('stopped');
    const count = frames.length;
    camera.start();
    await waitUntil('frames after a new start', () => frames.length > count);
  });

  it.concurrent('ffmpeg that floods its log: frames go on, a hundred lines are kept', async ({ onTestFinished }) => {
    const { source, pids } = wrappedFfmpeg(
      'flood',
      `(exec yes '[error] something is wrong' >&2) &\necho $! >> "${at('yes')}"`,
    );
    const { camera, frames } = start(onTestFinished, { url: at('clip.mp4'), loop: true }, { startSource: source });
    await waitUntil('frames', () => frames.length > 20);
    expect(camera.status()).toMatchObject({ state: 'online', reconnects: 0 });
    await camera.stop();
    expect(pids().some(alive)).toBe(false);
    for (const pid of readFileSync(at('yes'), 'utf8').trim().split('\n').map(Number)) if (alive(pid)) process.kill(pid);
  });

  it.concurrent(
    'ffmpeg that is missing: offline(decoder-missing), and the probe says so',
    async ({ onTestFinished }) => {
      const startSource = ffmpegSource(at('no-ffmpeg'));
      const { camera } = start(onTestFinished, { url: at('clip.mp4') }, { startSource });
      await waitUntil('offline', () => camera.status().state === 'offline');
      expect(camera.status().reason).toBe('decoder-missing');
      await expect(probeSource(at('clip.mp4'), { startSource })).rejects.toMatchObject({ code: 'DECODER_MISSING' });
    },
  );

  it.concurrent(
    'ffmpeg that writes something else than pictures: reported, tried again',
    async ({ onTestFinished }) => {
      writeFileSync(at('liar'), '#!/bin/sh\necho this is no picture at all, but text\nsleep 5\n');
      chmodSync(at('liar'), 0o755);
      const { camera } = start(
        onTestFinished,
        { url: at('clip.mp4'), loop: true },
        { startSource: ffmpegSource(at('liar')) },
      );
      await waitUntil(
        'offline and tried again',
        () => camera.status().reason === 'corrupt' && camera.status().reconnects > 0,
      );
    },
  );

  it.concurrent('the same fault again and again is counted, not repeated', async ({ onTestFinished }) => {
    const timing = { ...QUICK_TIMING, permanentRetryMs: 10, faultIntervalMs: 1500 };
    const { camera, log } = start(onTestFinished, { url: at('none.mp4') }, { timing });
    await waitUntil('a counted line', () => log().includes('the same fault again'));
    expect(log().match(/camera lost/g)).toHaveLength(1);
    const count = /"count":(\d+)/.exec(log())?.[1];
    expect(Number(count)).toBeGreaterThan(0);
    expect(camera.status()).toMatchObject({ state: 'offline', reason: 'not-found' });
  });

  it.concurrent('a decoder that hangs on a recording is given up', async () => {
    writeFileSync(at('asleep'), '#!/bin/sh\nexec sleep 600\n');
    chmodSync(at('asleep'), 0o755);
    const options = { streamId: 'a', url: at('clip.mp4'), fps: 5, maxWidth: 640, startTs: 0, patienceMs: 200 };
    const frames = readFrames({ ...options, startSource: ffmpegSource(at('asleep')) });
    await expect(frames.next()).rejects.toMatchObject({ name: 'CameraFault', reason: 'timeout' });
  });

  it.concurrent('a recording over HTTP plays once', async ({ onTestFinished }) => {
    makeClip(at('http.mp4'), { size: '160x90', seconds: 1 });
    const server = createHttpServer((_, response) => response.end(readFileSync(at('http.mp4'))));
    const port = await listen(onTestFinished, server);
    const { camera, frames } = start(onTestFinished, { url: `http://127.0.0.1:${port}/a.mp4` });
    await waitUntil('its end', () => camera.status().state === 'offline');
    expect(camera.status()).toMatchObject({ reason: 'ended', reconnects: 0 });
    expect(frames.length).toBeGreaterThanOrEqual(9);
  });

  it.concurrent('a file that came to its end stays offline(ended)', async ({ onTestFinished }) => {
    makeClip(at('short.mp4'), { size: '160x90', seconds: 1 });
    const { camera, frames } = start(onTestFinished, { url: at('short.mp4') });
    await waitUntil('its end', () => camera.status().state === 'offline');
    expect(camera.status()).toMatchObject({ reason: 'ended', reconnects: 0 });
    expect(frames.length).toBeGreaterThanOrEqual(9);
  });

  describe('a live stream that changes under way', () => {
    let now: Buffer;
    let far: Buffer;
    let large: Buffer;
    let hevc: Buffer;
    beforeAll(() => {
      now = segment(at('now.ts'), { seconds: 2 });
      far = segment(at('far.ts'), { seconds: 2, offsetS: 20_000 });
      large = segment(at('large.ts'), { seconds: 2, size: '320x180', offsetS: 2 });
      hevc = segment(at('hevc.ts'), { seconds: 2, codec: 'libx265', offsetS: 2 });
    });

    const broadcast = async (onTestFinished: Finish, first: Buffer): Promise<Broadcast> => {
      const source = await startBroadcast(first, 2);
      onTestFinished(() => source.close());
      return source;
    };

    it.concurrent('its size: reopened, frames of the new size', async ({ onTestFinished }) => {
      const { url, show } = await broadcast(onTestFinished, now);
      const { camera, frames } = start(onTestFinished, { url, stallTimeout: '2s' });
      await waitUntil('small frames', () => frames.length > 3);
      show(large);
      await waitUntil('large frames', () => frames.at(-1)?.width === 320);
      expect(frames.every(({ width, height, data }) => data.length === width * height * 3)).toBe(true);
      await waitUntil('its new size', () => camera.status().width === 320);
    });

    it.concurrent('its codec: stalled or reopened, then online with the new one', async ({ onTestFinished }) => {
      const { url, show } = await broadcast(onTestFinished, now);
      const { camera, frames } = start(onTestFinished, { url, stallTimeout: '2s' });
      await waitUntil('h264 frames', () => frames.length > 3);
      expect(camera.status().codec).toBe('h264');
      show(hevc);
      await waitUntil(
        'h265 online',
        () => camera.status().codec === 'hevc' && camera.status().state === 'online',
        45_000,
      );
    });

    it.concurrent(
      'its time, over and over: online all along, capture times rise with the clock',
      async ({ onTestFinished }) => {
        const { url, show } = await broadcast(onTestFinished, now);
        const { camera, frames, states } = start(onTestFinished, { url, stallTimeout: '3s' });
        await waitUntil('frames', () => frames.length > 25);
        show(far);
        await waitUntil('frames after the jump', () => frames.length > 50);
        const times = frames.map(({ ts }) => ts);
        times.slice(1).forEach((ts, index) => expect(ts).toBeGreaterThan(times[index] ?? 0));
        expect(Math.abs((times.at(-1) ?? 0) - Date.now())).toBeLessThan(5000);
        expect(states.map(({ state }) => state)).toEqual(['connecting', 'online']);
        expect(camera.status().reconnects).toBe(0);
      },
    );

    it.concurrent('its bits: damage passes, the camera stays or comes back', async ({ onTestFinished }) => {
      const damaged = Buffer.from(now);
      for (let index = 200; index < damaged.length; index += 97) damaged[index] = (damaged[index] ?? 0) ^ 0x10;
      const { url, show } = await broadcast(onTestFinished, damaged);
      const { camera, frames } = start(onTestFinished, { url, stallTimeout: '2s' });
      await waitUntil('an outcome', () => frames.length > 2 || camera.status().state === 'offline');
      show(now);
      const before = frames.length;
      await waitUntil('clean frames', () => camera.status().state === 'online' && frames.length > before + 5, 45_000);
    });
  });
});
