import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

describe('an address to listen at', () => {
  it.for([
    ['tcp', '?listen=0'],
    ['tcp', '/x?a=1&listen=0'],
    ['tcp', '?timeout=5&listen=0'],
    ['srt', '?mode=caller'],
    ['srt', '?latency=20&mode=rendezvous'],
    ['udp', '?connect=1'],
    ['rtsp', '/x?tcp'],
    ['rtsp', '/x#listen'],
  ] as const)('never calls whom it names: %s %s', async ([scheme, options], { onTestFinished }) => {
    const calls: string[] = [];
    const tcp = createServer(() => calls.push('tcp')).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4', () => calls.push('udp')).bind(port, '127.0.0.1');
    await once(udp, 'listening');
    onTestFinished(() => {
      tcp.close();
      udp.close();
    });
    const { camera } = watchedCamera({ url: `listen:${scheme}://127.0.0.1:${port}${options}` });
    onTestFinished(() => camera.stop());
    camera.start();
    await waitUntil('an end', () => camera.status().state === 'offline' || calls.length > 0);
    expect(calls).toEqual([]);
    expect(camera.status().reason).toBe('invalid-url');
  });
});

describe('cameras that push', () => {
  const folder = temporaryFolder('push');
  const clip = path.join(folder.path, 'clip.mp4');
  beforeAll(() => void makeClip(clip, { size: '160x90', seconds: 5 }));
  afterAll(() => folder.remove());

  it.concurrent.for([
    ['rtmp', '/live/x', ['-f', 'flv']],
    ['tcp', '', ['-f', 'mpegts']],
    ['udp', '', ['-f', 'mpegts']],
    ['rtsp', '/x', ['-rtsp_transport', 'tcp', '-f', 'rtsp']],
  ] as const)('over %s are awaited, played and awaited again', async ([scheme, suffix, format], { onTestFinished }) => {
    const address = `${scheme}://127.0.0.1:${await freePort()}${suffix}`;
    const { camera, frames } = watchedCamera({ url: `listen:${address}`, stallTimeout: '4s' });
    onTestFinished(() => camera.stop());
    camera.start();
    const killed: { pusher: ReturnType<typeof spawn> | null } = { pusher: null };
    let over = false;
    /** A pusher that finds nobody listening yet tries again, as real ones do. */
    const push = (): void => {
      if (over) return;
      const input = ['-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy'];
      const pusher = spawn('ffmpeg', ['-loglevel', 'quiet', '-nostdin', ...input, ...format, address], {
        stdio: 'ignore',
      });
      pusher.once('exit', push);
      killed.pusher = pusher;
    };
    onTestFinished(() => {
      over = true;
      killed.pusher?.kill('SIGKILL');
    });
    push();
    await waitUntil('frames', () => frames.length > 5);
    expect(camera.status()).toMatchObject({ state: 'online', codec: 'h264', width: 160 });
    killed.pusher?.kill('SIGKILL');
    const before = frames.length;
    await waitUntil('frames of the next push', () => frames.length > before + 15);
  });
});
