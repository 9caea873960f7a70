import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askDelivery } from '../../../src/ingest/http-delivery.js';

const PAGES: Readonly<Record<string, RequestListener>> = {
  '/live.mp4': (_, response) => void response.writeHead(200, { 'content-type': 'video/mp4' }).write('ftyp-and-so-on'),
  '/record': (_, response) => void response.writeHead(200, { 'content-length': 20 }).end('ftyp'.repeat(5)),
  '/endless.mjpg': (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=x', 'content-length': 99 })
      .write('--x'),
  '/absurd': (_, response) =>
    void response.writeHead(200, { 'content-length': '9000000000000000' }).write('0123456789'),
  '/open': (_, response) => void response.end('#EXTM3U\n#EXTINF:2,\na.ts\n'),
  '/closed.mp4': (_, response) => void response.end('#EXTM3U\n#EXTINF:2,\na.ts\n#EXT-X-ENDLIST\n'),
  '/master': (_, response) => void response.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nclosed.mp4\n'),
  '/moved': (_, response) => void response.writeHead(302, { location: '/record' }).end(),
  '/circle': (_, response) => void response.writeHead(302, { location: '/circle' }).end(),
  '/away': (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/nonsense': (_, response) => void response.writeHead(302, { location: 'http://[' }).end(),
  '/closed': (_, response) => void response.writeHead(401).end('no'),
};
const server = createServer((request, response) => PAGES[request.url ?? '']?.(request, response));
const base = (): string => `http://u:p%zz@127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each([
  ['/live.mp4', 'live'],
  ['/record', 'finite'],
  ['/endless.mjpg', 'live'],
  ['/absurd', 'live'],
  ['/open', 'bursts'],
  ['/closed.mp4', 'finite'],
  ['/master', 'finite'],
  ['/moved', 'finite'],
  ['/circle', 'live'],
  ['/away', null],
  ['/nonsense', null],
  ['/closed', 'live'],
])('%s comes %s, whatever its name', async (path, delivery) => {
  expect(await askDelivery(`${base()}${path}`, 'verify', new AbortController().signal)).toBe(delivery);
});

it('has no answer from what does not answer', async () => {
  expect(await askDelivery('http://127.0.0.1:1/x', 'verify', new AbortController().signal)).toBeNull();
  expect(await askDelivery('rtsp://127.0.0.1/x', 'verify', new AbortController().signal)).toBeNull();
});
