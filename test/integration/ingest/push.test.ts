import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

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
