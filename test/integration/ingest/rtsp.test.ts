import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CameraFault } from '../../../src/ingest/camera-fault.js';
import { probeSource } from '../../../src/ingest/probe.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer, type RtspServer } from '../../fixtures/rtsp-server.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera, type WatchedCamera } from '../../fixtures/watched-camera.js';

const PASSWORD = 's3kr1t-Pass';
const USER = `viewer:${PASSWORD}`;
const RAW = 'videotestsrc is-live=true ! video/x-raw,width=64,height=64';

describe.skipIf(!rtspServerAvailable())('cameras over a real RTSP server with digest authentication', () => {
  const folder = temporaryFolder('rtsp');
  const files: Record<string, string> = {};
  const running: WatchedCamera[] = [];
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

  const start = (...args: Parameters<typeof watchedCamera>): WatchedCamera => {
    const watched = watchedCamera(...args);
    running.push(watched);
    watched.camera.start();
    return watched;
  };

  beforeAll(async () => {
    files['h264'] = makeClip(path.join(folder.path, 'h264.mp4'), { seconds: 40 });
    files['hevc'] = makeClip(path.join(folder.path, 'hevc.mp4'), { codec: 'libx265', seconds: 20 });
    server = await serve();
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ camera }) => camera.stop()));
  });

  afterAll(async () => {
    await server.kill();
    folder.remove();
  });

  it.each([
    ['h264', 'tcp'],
    ['hevc', 'tcp'],
    ['h264', 'udp'],
  ] as const)('plays %s over %s at the asked rate with rising capture times', async (codec, transport) => {
    const { camera, frames } = start({ url: server.url(codec, USER), transport, fps: 5 });
    await waitUntil('12 frames', () => frames.length >= 12);
    expect(camera.status()).toMatchObject({ state: 'online', reason: null, codec, width: 320, height: 180 });
    const times = frames.map(({ ts }) => ts);
    times.slice(1).forEach((ts, index) => expect(ts).toBeGreaterThan(times[index] ?? 0));
    const perSecond = (1000 * (times.length - 1)) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
    expect(perSecond).toBeGreaterThan(3.5);
    expect(perSecond).toBeLessThan(6);
    expect(frames.every(({ data, width, height }) => data.length === width * height * 3)).toBe(true);
  });

  it('comes back within 15 s of a killed server’s return', async () => {
    const { camera, states, frames } = start({ url: server.url('h264', USER) });
    await waitUntil('online', () => frames.length > 3);
    await server.kill();
    await waitUntil('reconnecting', () => camera.status().state === 'reconnecting');
    const before = camera.status().framesIn;
    server = await serve(server.port);
    await waitUntil('online again', () => camera.status().state === 'online', 15_000);
    expect(camera.status().framesIn).toBeGreaterThan(before);
    expect(camera.status().reconnects).toBeGreaterThan(0);
    expect(states.map(({ state }) => state)).toEqual(['connecting', 'online', 'reconnecting', 'online']);
  });

  it.each([
    ['a wrong password', 'unauthorised', () => server.url('h264', 'viewer:wr0ng-Pass')],
    ['no password', 'unauthorised', () => server.url('h264')],
    ['a path that is not there', 'not-found', () => server.url('nothing', USER)],
    ['audio only', 'no-video', () => server.url('audio', USER)],
    ['a media type nobody decodes', 'no-video', () => server.url('foreign', USER)],
    ['a name that does not resolve', 'unknown-host', () => `rtsp://${USER}@no-such-host.invalid/x`],
    ['a port where nobody listens', 'unreachable', () => `rtsp://${USER}@127.0.0.1:1/x`],
    ['an address that is none', 'invalid-url', () => `rtsps://${USER}@`],
  ])('%s: offline(%s), from the camera and from the probe, without secrets', async (_, reason, url) => {
    const { camera, states, log } = start({ url: url() });
    await waitUntil('offline', () => camera.status().state === 'offline');
    expect(camera.status().reason).toBe(reason);
    const fault = await probeSource(url(), { timeoutMs: 8000 }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(CameraFault);
    expect(fault).toMatchObject({ reason });
    const said = [log(), JSON.stringify(states), JSON.stringify(camera.status()), String((fault as Error).stack)];
    expect(said.join('\n') + JSON.stringify(fault)).not.toMatch(/s3kr1t|wr0ng/);
  });

  it('keeps trying after a wrong password and says so once', async () => {
    const { camera, states } = start({ url: server.url('h264', 'viewer:wr0ng-Pass') });
    await waitUntil('three tries', () => camera.status().reconnects >= 3);
    expect(states.map(({ state, reason }) => [state, reason])).toEqual([
      ['connecting', null],
      ['offline', 'unauthorised'],
    ]);
  });

  it('writes a crash report with the decoder’s last words and no secret when ffmpeg is killed', async () => {
    const { camera, frames, log, states } = start({ url: server.url('h264', USER) });
    await waitUntil('frames', () => frames.length > 3);
    await server.kill();
    server = await serve(server.port);
    await waitUntil('online again', () => camera.status().state === 'online' && camera.status().reconnects > 0);
    const reports = log()
      .split('\n')
      .filter((line) => line.includes('camera lost'));
    expect(reports.length).toBeGreaterThan(0);
    expect(reports[0]).toContain('"decoder":[');
    expect(log() + JSON.stringify(states)).not.toContain('s3kr1t');
  });

  it('describes a source', async () => {
    expect(await probeSource(server.url('hevc', USER))).toMatchObject({ codec: 'hevc', width: 320, height: 180 });
  });
});
