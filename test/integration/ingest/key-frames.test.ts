import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { probePicture } from '../../../src/ingest/probe.js';
import { startBroadcast } from '../../fixtures/broadcast.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer, type RtspServer } from '../../fixtures/rtsp-server.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera, type WatchedCamera } from '../../fixtures/watched-camera.js';

const RATE = 10;
const USER = 'viewer:s3kr1t-Pass';

/** As cameras with a smart codec send: one key picture in 90 s. */
const makeLongGop = (file: string, codec: 'libx264' | 'libx265' = 'libx264'): void => {
  const keys = String(90 * RATE);
  const quiet = codec === 'libx265' ? ['-x265-params', `log-level=none:keyint=${keys}:min-keyint=${keys}`] : [];
  ffmpegSync(
    ...['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=${RATE}:duration=180`, '-c:v', codec, '-preset', 'ultrafast'],
    ...['-g', keys, '-keyint_min', keys, '-sc_threshold', '0', ...quiet, '-bf', '0', '-pix_fmt', 'yuv420p', file],
  );
};

/** The same without its first key picture: whoever connects joins in between. */
const beheaded = (from: string, to: string): void =>
  ffmpegSync('-i', from, '-c', 'copy', '-copyinkf', '-bsf:v', String.raw`noise=drop=lt(n\,${RATE})`, to);

describe('cameras with a key picture in 90 s', () => {
  const folder = temporaryFolder('key-frames');
  const at = (name: string): string => path.join(folder.path, name);
  let server: RtspServer | null = null;
  let udpServer: RtspServer | null = null;

  const start = (onTestFinished: TestContext['onTestFinished'], url: string): WatchedCamera => {
    const watched = watchedCamera({ url, stallTimeout: '2s' });
    onTestFinished(() => watched.camera.stop());
    watched.camera.start();
    return watched;
  };

  beforeAll(async () => {
    makeLongGop(at('h264.mp4'));
    makeLongGop(at('hevc.mp4'), 'libx265');
    beheaded(at('h264.mp4'), at('joined.mp4'));
    if (!rtspServerAvailable()) return;
    const files = { h264: at('h264.mp4'), hevc: at('hevc.mp4'), joined: at('joined.mp4') };
    server = await startRtspServer({ user: USER, files });
    udpServer = await startRtspServer({ udpOnly: true, files });
  });
  afterAll(async () => {
    await server?.kill();
    await udpServer?.kill();
    folder.remove();
  });

  it.skipIf(!rtspServerAvailable()).concurrent.for(['h264', 'hevc'])(
    '%s over RTSP: shown from the first key picture, by the camera and by the probe',
    async (name, { onTestFinished }) => {
      const url = server?.url(name, USER) ?? '';
      const { camera, frames, states } = start(onTestFinished, url);
      await waitUntil('frames', () => frames.length >= 20);
      expect(states.map(({ state, reason }) => [state, reason])).toEqual([
        ['connecting', null],
        ['online', null],
      ]);
      expect(camera.status().reconnects).toBe(0);
      expect((await probePicture(url)).picture).not.toBeNull();
    },
  );

  it.skipIf(!rtspServerAvailable()).concurrent(
    'joined between two: waits by name for longer than the patience, is not opened again, and the probe agrees',
    { timeout: 150_000 },
    async ({ onTestFinished }) => {
      const url = server?.url('joined', USER) ?? '';
      const { camera, log } = start(onTestFinished, url);
      await waitUntil('the wait to be named', () => camera.status().reason === 'awaiting-key-frame');
      // Time for a busy machine to connect, and no key picture comes within it.
      const probed = await probePicture(url, { timeoutMs: 30_000 });
      expect(probed).toMatchObject({ codec: 'h264', picture: null });
      // The stall timeout and the time to connect are over three times by then.
      await waitUntil('40 s of waiting', () => Date.now() - camera.status().sinceTs > 40_000, 60_000);
      expect(camera.status()).toMatchObject({ state: 'connecting', reason: 'awaiting-key-frame', reconnects: 0 });
      expect(log()).not.toContain('camera lost');
    },
  );

  it.concurrent('joined over HTTP: shown as soon as the next key picture comes', async ({ onTestFinished }) => {
    ffmpegSync('-i', at('h264.mp4'), '-t', '30', '-c', 'copy', at('whole.ts'));
    ffmpegSync('-i', at('joined.mp4'), '-t', '20', '-c', 'copy', '-copyinkf', at('middle.ts'));
    const source = await startBroadcast(readFileSync(at('middle.ts')), 20);
    onTestFinished(() => source.close());
    const { camera, states, frames } = start(onTestFinished, source.url);
    await waitUntil('the wait to be named', () => camera.status().reason === 'awaiting-key-frame');
    source.show(readFileSync(at('whole.ts')));
    await waitUntil('frames', () => frames.length >= 5);
    expect(states.at(-1)?.state).toBe('online');
    expect(camera.status().reconnects).toBe(0);
  });

  it.skipIf(!rtspServerAvailable()).concurrent(
    'over UDP alone: taken, though TCP is preferred',
    async ({ onTestFinished }) => {
      const url = udpServer?.url('h264') ?? '';
      const { camera, frames } = start(onTestFinished, url);
      await waitUntil('frames', () => frames.length >= 5);
      expect(camera.status().reconnects).toBe(0);
      expect((await probePicture(url)).picture).not.toBeNull();
    },
  );
});
