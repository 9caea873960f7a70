import { createHash, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CameraFault } from '../../../src/ingest/camera-fault.js';
import { probePicture } from '../../../src/ingest/probe.js';
import { hasOpenssl } from '../../fixtures/certificate.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer } from '../../fixtures/rtsp-server.js';
import {
  CertificateMaker,
  startHttpsPages,
  startRedirectingRtsps,
  type MadeCertificate,
  type ServedPage,
} from '../../fixtures/tls-camera.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

const TIMEOUT_MS = 15_000;

describe.skipIf(!hasOpenssl)('what a camera with TLS names elsewhere', { timeout: 120_000 }, () => {
  const folder = temporaryFolder('tls-elsewhere');
  const closers: (() => unknown)[] = [];
  /** An encrypted recording of two segments, by name. */
  const files = new Map<string, Buffer>();
  let mine: MadeCertificate;
  let other: MadeCertificate;

  beforeAll(() => {
    const maker = new CertificateMaker(join(folder.path, 'ca'));
    [mine, other] = [maker.selfSigned('mine'), maker.selfSigned('other')];
    writeFileSync(join(folder.path, 'key.bin'), Buffer.alloc(16, 7));
    writeFileSync(join(folder.path, 'key.info'), `key.bin\n${join(folder.path, 'key.bin')}\n`);
    ffmpegSync(
      ...['-f', 'lavfi', '-i', 'testsrc2=size=160x96:rate=10:duration=4', '-c:v', 'libx264', '-preset', 'ultrafast'],
      ...['-g', '10', '-pix_fmt', 'yuv420p', '-hls_time', '2', '-hls_list_size', '0'],
      ...['-hls_key_info_file', join(folder.path, 'key.info'), join(folder.path, 'media.m3u8')],
    );
    for (const name of readdirSync(folder.path, { withFileTypes: true }))
      if (name.isFile()) files.set(name.name, readFileSync(join(folder.path, name.name)));
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => folder.remove());

  const fingerprint = ({ cert }: MadeCertificate): string =>
    `sha256:${createHash('sha256').update(new X509Certificate(cert).raw).digest('hex')}`;

  /** What plays, if it is asked: the same recording without TLS, and with another certificate. */
  const startOthers = async () => {
    const asked: string[] = [];
    const plain = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(files.get((request.url ?? '').slice(1)));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    closers.push(() => plain.close());
    const pages = new Map([...files].map(([name, body]) => [`/${name}`, body]));
    const tls = await startHttpsPages(other, pages);
    closers.push(() => tls.close());
    return {
      http: `http://127.0.0.1:${(plain.address() as AddressInfo).port}`,
      https: `https://127.0.0.1:${tls.port}`,
      heard: () => [...asked, ...tls.heard],
    };
  };

  /** A camera whose pages may name its own address, `{own}`; `change` says what differs from a common recording. */
  const startPlaylists = async (change: (pages: Map<string, ServedPage>) => void) => {
    const pages = new Map<string, ServedPage>([...files].map(([name, body]) => [`/${name}`, body]));
    pages.set('/live.jpg', Buffer.from('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmedia.m3u8\n'));
    change(pages);
    const camera = await startHttpsPages(mine, pages);
    closers.push(() => camera.close());
    const own = `https://127.0.0.1:${camera.port}`;
    for (const [path, page] of pages) {
      if ('sendsTo' in page) pages.set(path, { sendsTo: page.sendsTo.replace('{own}', own) });
      else if (page.toString().startsWith('#EXTM3U'))
        pages.set(path, Buffer.from(page.toString().replaceAll('{own}', own)));
    }
    return { camera, url: `${own}/live.jpg` };
  };
  const textOf = (pages: Map<string, ServedPage>, path: string): string => {
    const page = pages.get(path);
    return Buffer.isBuffer(page) ? page.toString() : '';
  };
  const edit = (pages: Map<string, ServedPage>, path: string, pattern: RegExp, by: string): void => {
    pages.set(path, Buffer.from(textOf(pages, path).replace(pattern, by)));
  };

  it.each([
    ['relative addresses', () => undefined],
    [
      'whole addresses of its own',
      (pages: Map<string, ServedPage>) => {
        edit(pages, '/live.jpg', /media/, '{own}/media');
        edit(pages, '/media.m3u8', /(media\d)/g, '{own}/$1');
        edit(pages, '/media.m3u8', /URI="key/, 'URI="{own}/key');
      },
    ],
    [
      'a redirect to a whole address of its own',
      (pages: Map<string, ServedPage>) => {
        pages.set('/moved0.ts', files.get('media0.ts') ?? { sendsTo: '/' });
        pages.set('/media0.ts', { sendsTo: '{own}/moved0.ts' });
      },
    ],
  ] as const)('a playlist with %s is played', async (_, change) => {
    const { camera, url } = await startPlaylists(change);
    const found = await probePicture(url, { certificate: fingerprint(mine), timeoutMs: TIMEOUT_MS });
    expect(found).toMatchObject({ codec: 'h264', width: 160, height: 96 });
    expect(camera.heard).toEqual(expect.arrayContaining(['/key.bin', '/media0.ts']));
  });

  const ways: readonly (readonly [string, (pages: Map<string, ServedPage>, there: string) => void])[] = [
    ['a variant', (pages, there) => edit(pages, '/live.jpg', /media/, `${there}/media`)],
    ['a segment', (pages, there) => edit(pages, '/media.m3u8', /media0/, `${there}/media0`)],
    ['a later segment', (pages, there) => edit(pages, '/media.m3u8', /media1/, `${there}/media1`)],
    ['a key', (pages, there) => edit(pages, '/media.m3u8', /URI="key/, `URI="${there}/key`)],
    ['a key without marks', (pages, there) => edit(pages, '/media.m3u8', /URI="key.bin"/, `URI=${there}/key.bin`)],
    ['a proxy', (pages, there) => edit(pages, '/media.m3u8', /media0/, `${there.replace(/^\w+/, 'httpproxy')}/media0`)],
    ['a redirected playlist', (pages, there) => pages.set('/media.m3u8', { sendsTo: `${there}/media.m3u8` })],
    ['a redirected segment', (pages, there) => pages.set('/media0.ts', { sendsTo: `${there}/media0.ts` })],
    ['a redirected key', (pages, there) => pages.set('/key.bin', { sendsTo: `${there}/key.bin` })],
  ];

  it.each(
    ways.flatMap(([what, change]) => (['http', 'https'] as const).map((scheme) => [what, scheme, change] as const)),
  )('%s over %s of somebody else is not asked for, by a look and by a camera at work', async (_, scheme, change) => {
    const others = await startOthers();
    const { camera, url } = await startPlaylists((pages) => change(pages, others[scheme]));
    const certificate = fingerprint(mine);
    const fault = await probePicture(url, { certificate, timeoutMs: TIMEOUT_MS }).catch((error: unknown) => error);
    // A picture may come before a later segment is named.
    if (fault instanceof CameraFault) expect(fault).toMatchObject({ reason: 'not-found' });
    const { camera: watched } = watchedCamera({ url, certificate });
    closers.push(() => watched.stop());
    const before = camera.heard.length;
    watched.start();
    await waitUntil('the camera to be found faulty', () => watched.status().state === 'offline');
    expect(camera.heard.length).toBeGreaterThan(before);
    expect(watched.status().reason).toBe('not-found');
    expect(others.heard()).toEqual([]);
  });

  it.skipIf(!rtspServerAvailable())('an RTSPS camera that sends elsewhere is not followed', async () => {
    const clip = join(folder.path, 'clip.mp4');
    ffmpegSync('-f', 'lavfi', '-i', 'testsrc2=size=160x90:duration=3', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', clip);
    const server = await startRtspServer({ files: { cam: clip } });
    closers.push(() => server.kill());
    let accepted = 0;
    const between = createTcpServer((client) => {
      accepted += 1;
      const there = connect(server.port, '127.0.0.1').on('error', () => client.destroy());
      client
        .on('error', () => there.destroy())
        .pipe(there)
        .pipe(client);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => between.once('listening', resolve));
    closers.push(() => between.close());
    const camera = await startRedirectingRtsps(mine, `rtsp://127.0.0.1:${(between.address() as AddressInfo).port}/cam`);
    closers.push(() => camera.close());
    const look = probePicture(`rtsps://127.0.0.1:${camera.port}/cam`, {
      certificate: fingerprint(mine),
      timeoutMs: TIMEOUT_MS,
    });
    await expect(look).rejects.toMatchObject({ reason: 'not-found' });
    expect(camera.heard.length).toBeGreaterThan(0);
    expect(accepted).toBe(0);
  });
});
