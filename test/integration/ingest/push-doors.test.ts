import { readdirSync, readFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { chunkOf } from '../../../src/ingest/push/rtmp/chunks.js';
import { writeAmf, type AmfValue } from '../../../src/ingest/push/rtmp/amf0.js';
import { probePicture } from '../../../src/ingest/probe.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { startPusher, type Pusher } from '../../fixtures/pusher.js';
import { waitFor, waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

const KEY = 'kq7-wv9zx3jt5';
const REFUSED_KEY = 'does not know the key';
const REFUSED_NETWORK = 'network that is not allowed';

/** What the decoders of this process were started with, as every user of the machine sees it. */
const decoderLines = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes('pipe:4') ? [line] : [];
      } catch {
        return [];
      }
    });

describe('the doors at which cameras push', { timeout: 60_000 }, () => {
  const folder = temporaryFolder('doors');
  const clip = path.join(folder.path, 'clip.mp4');
  beforeAll(() => void makeClip(clip, { size: '160x90', seconds: 5 }));
  afterAll(() => folder.remove());

  const opened = (url: string, allow: readonly string[] | undefined, onTestFinished: TestContext['onTestFinished']) => {
    const watched = watchedCamera({ url: `listen:${url}`, ...(allow === undefined ? {} : { allow: [...allow] }) });
    onTestFinished(() => watched.camera.stop());
    watched.camera.start();
    return watched;
  };
  const pushing = (address: string, onTestFinished: TestContext['onTestFinished']): Pusher => {
    const pusher = startPusher(clip, address);
    onTestFinished(() => pusher.stop());
    return pusher;
  };
  const refusals = (log: string, why: string): number => log.split('\n').filter((line) => line.includes(why)).length;

  it.concurrent.for([
    ['rtmp', `/live/${KEY}`, '/live/wrong'],
    ['rtmp', `/live/${KEY}`, `/other/${KEY}`],
    ['rtmp', `/${KEY}`, '/live'],
    ['rtsp', `/live/${KEY}`, '/live/wrong'],
    ['rtsp', `/live/${KEY}`, `/live/${KEY}1`],
  ] as const)('over %s at %s take nothing of %s', async ([scheme, right, wrong], { onTestFinished }) => {
    const base = `${scheme}://127.0.0.1:${await freePort()}`;
    const { camera, frames, log } = opened(`${base}${right}`, undefined, onTestFinished);
    const stranger = pushing(`${base}${wrong}`, onTestFinished);
    await waitUntil('a refusal', () => refusals(log(), REFUSED_KEY) > 0 && stranger.failures() > 0);
    expect(frames).toEqual([]);
    // Who knows the key comes in although somebody else goes on trying.
    pushing(`${base}${right}`, onTestFinished);
    await waitUntil('frames', () => frames.length > 5);
    expect(camera.status()).toMatchObject({ state: 'online', codec: 'h264', width: 160, reconnects: 0 });
    for (const text of [log(), JSON.stringify(camera.status()), ...decoderLines()]) expect(text).not.toContain(KEY);
  });

  it('over SRT take nothing of who has no passphrase or another one', async ({ onTestFinished }) => {
    const base = `srt://127.0.0.1:${await freePort()}`;
    const { camera, frames, log } = opened(`${base}?passphrase=${KEY}`, undefined, onTestFinished);
    const strangers = [pushing(base, onTestFinished), pushing(`${base}?passphrase=${KEY}-not`, onTestFinished)];
    await waitUntil('both to be refused', () => strangers.every((each) => each.failures() > 1));
    expect(frames).toEqual([]);
    for (const each of strangers) each.stop();
    pushing(`${base}?passphrase=${KEY}`, onTestFinished);
    await waitUntil('frames', () => frames.length > 5);
    expect(camera.status()).toMatchObject({ state: 'online', codec: 'h264', width: 160 });
    for (const text of [log(), JSON.stringify(camera.status()), ...decoderLines()]) expect(text).not.toContain(KEY);
  });

  it.concurrent.for([
    ['rtmp', `/live/${KEY}`],
    ['rtsp', `/live/${KEY}`],
    ['srt', `?passphrase=${KEY}`],
    ['tcp', ''],
    ['udp', ''],
  ] as const)('over %s take nothing from a network that is not named', async ([scheme, rest], { onTestFinished }) => {
    const address = `${scheme}://127.0.0.1:${await freePort()}${rest}`;
    const closed = opened(address, ['10.0.0.0/8', '127.0.0.2', '::1'], onTestFinished);
    pushing(address, onTestFinished);
    await waitUntil('a refusal', () => refusals(closed.log(), REFUSED_NETWORK) > 0);
    expect(closed.frames).toEqual([]);
    await closed.camera.stop();
    const open = opened(address, ['10.0.0.0/8', '127.0.0.0/29'], onTestFinished);
    await waitUntil('frames', () => open.frames.length > 5);
    expect(refusals(open.log(), REFUSED_NETWORK)).toBe(0);
  });

  it.for([
    ['tcp', ''],
    ['udp', ''],
    ['srt', ''],
    ['rtmp', '/live/short'],
    ['rtmp', ''],
    ['rtsp', '/x'],
  ] as const)('are not opened to everybody: %s %s', async ([scheme, rest], { onTestFinished }) => {
    const port = await freePort();
    const { camera } = opened(`${scheme}://0.0.0.0:${port}${rest}`, undefined, onTestFinished);
    await waitUntil('the camera to say so', () => camera.status().state === 'offline');
    expect(camera.status()).toMatchObject({ reason: 'unguarded', detail: expect.stringContaining('allow') as string });
    const [fault] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(fault.code).toBe('ECONNREFUSED');
  });

  describe('hostile publishers', () => {
    const dial = async (port: number, sockets: Socket[]): Promise<Socket> => {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
      return socket;
    };
    const closeOf = (socket: Socket): Promise<void> =>
      new Promise((resolve) => {
        if (socket.closed) resolve();
        else socket.once('close', () => resolve());
      });
    const hello = Buffer.concat([Buffer.from([3]), Buffer.alloc(2 * 1536)]);
    const command = (...values: readonly AmfValue[]): Buffer => chunkOf(3, 20, 0, writeAmf(...values));
    const chunkSize = (bytes: number): Buffer => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(bytes);
      return chunkOf(2, 1, 0, size);
    };
    /** A header that promises 16 MB. */
    const endless = Buffer.from([3, 0, 0, 0, 0xff, 0xff, 0xff, 20, 0, 0, 0, 0]);
    const deep = Buffer.concat([
      writeAmf('connect', 1),
      ...Array.from({ length: 3000 }, () => Buffer.from([3, 0, 1, 0x61])),
    ]);

    it.for([
      ['rtmp', `/live/${KEY}`],
      ['rtsp', `/live/${KEY}`],
      ['tcp', ''],
    ] as const)('over %s end nothing but their own connections', async ([scheme, rest], { onTestFinished }) => {
      const port = await freePort();
      const address = `${scheme}://127.0.0.1:${port}${rest}`;
      const { camera, frames, states } = opened(address, undefined, onTestFinished);
      const sockets: Socket[] = [];
      onTestFinished(() => {
        for (const socket of sockets) socket.destroy();
      });
      await waitFor('the port', () => dial(port, sockets).catch(() => null));
      if (scheme !== 'tcp') {
        for (const bytes of [
          Buffer.alloc(100_000, 0xff),
          Buffer.from('GET / HTTP/1.1\r\n\r\n'),
          Buffer.concat([hello, endless, Buffer.alloc(20_000)]),
          Buffer.concat([hello, chunkSize(0x7f_ff_ff_ff), endless]),
          Buffer.concat([hello, chunkSize(1), Buffer.alloc(500, 3)]),
          Buffer.concat([hello, chunkOf(3, 20, 0, deep)]),
          Buffer.concat([hello, chunkOf(4, 9, 1, Buffer.alloc(100, 0x17))]),
          Buffer.concat([hello, command('connect', 1, { app: 'live' }), command('publish', 0, null, 'guess')]),
          Buffer.concat([hello, ...Array.from({ length: 100 }, () => command('createStream', 1, null))]),
          Buffer.from(`ANNOUNCE rtsp://x/${'a'.repeat(100_000)} RTSP/1.0\r\n`),
          Buffer.from(`ANNOUNCE rtsp://x/live/guess RTSP/1.0\r\nContent-Length: 99999999\r\n\r\n`),
        ]) {
          const socket = await dial(port, sockets);
          socket.resume().write(bytes);
          await closeOf(socket);
        }
      }
      // Many that say nothing, and one that says its greeting byte by byte.
      for (let index = 0; index < 40; index += 1) await dial(port, sockets);
      expect(camera.status()).toMatchObject({ state: 'connecting', reconnects: 0 });
      pushing(address, onTestFinished);
      await waitUntil('frames', () => frames.length > 5);
      expect(states.map(({ state }) => state)).toEqual(['connecting', 'online']);
      const before = frames.length;
      const late = await dial(port, sockets);
      late.resume().write(hello);
      await closeOf(late);
      await waitUntil('more frames', () => frames.length > before + 5);
    });

    it('over UDP and SRT neither: garbage, and data of callers who never were let in', async ({ onTestFinished }) => {
      for (const [scheme, rest] of [
        ['udp', ''],
        ['srt', `?passphrase=${KEY}`],
      ] as const) {
        const port = await freePort();
        const address = `${scheme}://127.0.0.1:${port}${rest}`;
        const { frames, states } = opened(address, undefined, onTestFinished);
        const sender = createSocket('udp4');
        onTestFinished(() => void sender.close());
        const bytes = [Buffer.alloc(1316, 0xff), Buffer.alloc(0), Buffer.from([0x80, 0]), Buffer.alloc(200, 1)];
        // A handshake without anything behind it, then data.
        bytes.push(Buffer.concat([Buffer.from([0x80, 0]), Buffer.alloc(62)]), Buffer.alloc(1316));
        for (let round = 0; round < 50; round += 1) for (const each of bytes) sender.send(each, port, '127.0.0.1');
        const pusher = pushing(address, onTestFinished);
        await waitUntil('frames', () => frames.length > 5);
        expect(states.map(({ state }) => state)).toEqual(['connecting', 'online']);
        pusher.stop();
      }
    });

    it('who is let in and sends no picture makes room for the next', async ({ onTestFinished }) => {
      const port = await freePort();
      const { frames, log } = opened(`tcp://127.0.0.1:${port}`, undefined, onTestFinished);
      const sockets: Socket[] = [];
      onTestFinished(() => {
        for (const socket of sockets) socket.destroy();
      });
      const first = await waitFor('the port', () => dial(port, sockets).catch(() => null));
      first.write(Buffer.alloc(5000, 0x47));
      await waitUntil('the end of it', () => log().includes('no picture comes of it'));
      pushing(`tcp://127.0.0.1:${port}`, onTestFinished);
      await waitUntil('frames', () => frames.length > 5);
    });
  });

  it('at work are no place for a look, which says so without the key', async ({ onTestFinished }) => {
    const address = `rtmp://127.0.0.1:${await freePort()}/live/${KEY}`;
    const { frames } = opened(address, undefined, onTestFinished);
    pushing(address, onTestFinished);
    await waitUntil('frames', () => frames.length > 0);
    const look = probePicture(`listen:${address}`, { timeoutMs: 5000 });
    await expect(look).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(look).rejects.not.toMatchObject({ message: expect.stringContaining(KEY) as string });
  });
});
