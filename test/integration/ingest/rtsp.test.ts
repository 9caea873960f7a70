import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { CameraFault } from '../../../src/ingest/camera-fault.js';
import { probeSource } from '../../../src/ingest/probe.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer, type RtspServer } from '../../fixtures/rtsp-server.js';
import { startTcpProxy } from '../../fixtures/tcp-proxy.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera, type WatchedCamera } from '../../fixtures/watched-camera.js';

const PASSWORD = 's3kr1t-Pass';
const USER = `viewer:${PASSWORD}`;
const RAW = 'videotestsrc is-live=true ! video/x-raw,width=64,height=64';

describe.skipIf(!rtspServerAvailable())('cameras over a real RTSP server with digest authentication', () => {
  const folder = temporaryFolder('rtsp');
  const files: Record<string, string> = {};
  let server: RtspServer;

  const serve = (port = 0): Promise<RtspServer> =>
    startRtspServer({
      port,
      user: USER,
      files,
      launches: {
        audio: 'audiotestsrc is-live=true ! alawenc ! rtppcmapay name=pay0 pt=8',
        foreign: `${RAW} ! rtpgstpay name=pay0 pt=96`,
      },
    });

  const start = (
    onTestFinished: TestContext['onTestFinished'],
    ...args: Parameters<typeof watchedCamera>
  ): WatchedCamera => {
    const watched = watchedCamera(...args);
    onTestFinished(() => watched.camera.stop());
    watched.camera.start();
    return watched;
  };

  beforeAll(async () => {
    files['h264'] = makeClip(path.join(folder.path, 'h264.mp4'), { seconds: 40 });
    files['hevc'] = makeClip(path.join(folder.path, 'hevc.mp4'), { codec: 'libx265', seconds: 20 });
    server = await serve();
  });

  afterAll(async () => {
    await server.kill();
    folder.remove();
  });

  it.concurrent.for([
    ['h264', 'tcp'],
    ['hevc', 'tcp'],
    ['h264', 'udp'],
  ] as const)(
    'plays %s over %s no faster than asked, with rising capture times',
    async ([codec, transport], { onTestFinished }) => {
      const { camera, frames } = start(onTestFinished, { url: server.url(codec, USER), transport, fps: 5 });
      // Pictures that come late, in a burst, pull the anchor down until it fits: the steady rate is the one asked for.
      const steps = (): number[] => frames.slice(1).map(({ ts }, index) => ts - (frames[index]?.ts ?? 0));
      const usualStep = (): number =>
        steps()
          .slice(-20)
          .toSorted((x, y) => x - y)[10] ?? 0;
      await waitUntil('a steady rate', () => frames.length >= 40 && usualStep() > 150);
      expect(camera.status()).toMatchObject({ state: 'online', reason: null, codec, width: 320, height: 180 });
      expect(await probeSource(server.url(codec, USER), { transport })).toMatchObject({
        codec,
        width: 320,
        height: 180,
      });
      expect(steps().every((step) => step > 0)).toBe(true);
      expect(frames.every(({ data, width, height }) => data.length === width * height * 3)).toBe(true);
    },
  );

  it.concurrent(
    'comes back within 15 s of a killed server’s return, with a crash report and no secret in it',
    async ({ onTestFinished }) => {
      let mortal = await serve();
      const { camera, states, frames, log } = start(onTestFinished, { url: mortal.url('h264', USER) });
      await waitUntil('online', () => frames.length > 3);
      await mortal.kill();
      await waitUntil('reconnecting', () => camera.status().state === 'reconnecting');
      const before = camera.status().framesIn;
      mortal = await serve(mortal.port);
      onTestFinished(() => mortal.kill());
      await waitUntil('online again', () => camera.status().state === 'online', 15_000);
      expect(camera.status().framesIn).toBeGreaterThan(before);
      expect(camera.status().reconnects).toBeGreaterThan(0);
      const lives = states.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
      expect(lives).toEqual(['connecting', 'online', 'reconnecting', 'online']);
      const reports = log()
        .split('\n')
        .filter((line) => line.includes('camera lost'));
      expect(reports.length).toBeGreaterThan(0);
      expect(reports[0]).toContain('"decoder":[');
      expect(log() + JSON.stringify(states)).not.toContain('s3kr1t');
    },
  );

  const faults: readonly (readonly [string, string, () => string])[] = [
    ['a wrong password', 'unauthorised', () => server.url('h264', 'viewer:wr0ng-Pass')],
    ['no password', 'unauthorised', () => server.url('h264')],
    ['a path that is not there', 'not-found', () => server.url('nothing', USER)],
    ['audio only', 'no-video', () => server.url('audio', USER)],
    ['a media type nobody decodes', 'no-video', () => server.url('foreign', USER)],
    ['a name that does not resolve', 'unknown-host', () => `rtsp://${USER}@no-such-host.invalid/x`],
    ['a port where nobody listens', 'unreachable', () => `rtsp://${USER}@127.0.0.1:1/x`],
    ['an address that is none', 'invalid-url', () => `rtsps://${USER}@`],
  ];

  it.concurrent(
    'names each fault as offline(reason), from the camera and from the probe, without secrets',
    async ({ onTestFinished }) => {
      const outcomes = faults.map(async ([name, , url]) => {
        const { camera, states, log } = start(onTestFinished, { url: url() });
        await waitUntil(`${name}: offline`, () => camera.status().state === 'offline');
        const fault = await probeSource(url(), { timeoutMs: 45_000 }).catch((error: unknown) => error);
        expect(fault).toBeInstanceOf(CameraFault);
        const said = [log(), JSON.stringify([states, camera.status(), fault]), String((fault as Error).stack)];
        expect(said.join('\n')).not.toMatch(/s3kr1t|wr0ng/);
        return [name, camera.status().reason, (fault as CameraFault).reason];
      });
      expect(await Promise.all(outcomes)).toEqual(faults.map(([name, reason]) => [name, reason, reason]));
    },
  );

  it.concurrent('a cut cable: stalled, reconnecting, back online', async ({ onTestFinished }) => {
    const proxy = await startTcpProxy(server.port);
    onTestFinished(() => proxy.close());
    const url = server.url('h264', USER).replace(`:${server.port}`, `:${proxy.port}`);
    const { camera, states, frames } = start(onTestFinished, { url, stallTimeout: '2s' });
    await waitUntil('frames', () => frames.length > 3);
    proxy.cut();
    await waitUntil('the loss to show', () => camera.status().state === 'reconnecting');
    expect(camera.status().reason).toBe('timeout');
    proxy.mend();
    await waitUntil('back online', () => camera.status().state === 'online');
    expect(states.map(({ state }) => state)).toContain('reconnecting');
  });

  it.concurrent('keeps trying after a wrong password and says so once', async ({ onTestFinished }) => {
    const { camera, states } = start(onTestFinished, { url: server.url('h264', 'viewer:wr0ng-Pass') });
    await waitUntil('three tries', () => camera.status().reconnects >= 3);
    expect(states.map(({ state, reason }) => [state, reason])).toEqual([
      ['connecting', null],
      ['offline', 'unauthorised'],
    ]);
  });
});
