import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probePicture } from '../../../src/ingest/probe.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

describe('a camera that gives one picture for each request', () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    const background = { r: (asked * 40) % 256, g: 80, b: 80 };
    void sharp({ create: { width: 160, height: 90, channels: 3, background } })
      .jpeg()
      .toBuffer()
      .then((jpeg) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpeg));
  });
  let address = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it.each(['picture', 'cgi?user=viewer&password=s3kr1t'])(
    'is asked again and again, whatever its address is: /%s',
    async (path) => {
      const { camera, frames, states } = watchedCamera({ url: `http://${address}/${path}`, fps: 4 });
      camera.start();
      try {
        await waitUntil('ten pictures', () => frames.length >= 10);
        expect(new Set(frames.map(({ data }) => data[0])).size).toBeGreaterThan(3);
        expect(camera.status()).toMatchObject({ state: 'online', reconnects: 0, width: 160, height: 90 });
        expect(states.map(({ state }) => state)).toEqual(['connecting', 'online']);
        const times = frames.map(({ ts }) => ts);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      } finally {
        await camera.stop();
      }
      expect((await probePicture(`http://${address}/${path}`)).picture).not.toBeNull();
    },
  );
});

describe('a camera that hangs turned', () => {
  const folder = temporaryFolder('turned');
  afterAll(() => folder.remove());

  it.each([
    [0, 160, 90],
    [90, 90, 160],
    [180, 160, 90],
    [270, 90, 160],
  ] as const)('is turned by %d degrees: %d×%d', async (rotate, width, height) => {
    const url = makeClip(`${folder.path}/clip.mp4`, { size: '160x90', seconds: 2 });
    const { camera, frames } = watchedCamera({ url, loop: true, rotate });
    camera.start();
    try {
      await waitUntil('a frame', () => frames.length > 0);
      expect(frames[0]).toMatchObject({ width, height });
      expect(camera.status()).toMatchObject({ width, height });
    } finally {
      await camera.stop();
    }
  });
});
