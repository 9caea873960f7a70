import { createHash, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CameraFault } from '../../../src/ingest/camera-fault.js';
import { certificateSeen, probePicture } from '../../../src/ingest/probe.js';
import { hasOpenssl } from '../../fixtures/certificate.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer } from '../../fixtures/rtsp-server.js';
import {
  CertificateMaker,
  startHttpsCamera,
  startRtspsCamera,
  type MadeCertificate,
} from '../../fixtures/tls-camera.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

const TIMEOUT_MS = 15_000;

describe.skipIf(!hasOpenssl)('cameras with TLS', { timeout: 120_000 }, () => {
  const folder = temporaryFolder('tls-cameras');
  const closers: (() => unknown)[] = [];
  let maker: CertificateMaker;
  let jpeg: Buffer;
  beforeAll(async () => {
    maker = new CertificateMaker(join(folder.path, 'ca'));
    jpeg = await sharp({ create: { width: 160, height: 96, channels: 3, background: '#3a6' } })
      .jpeg()
      .toBuffer();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => folder.remove());

  const fingerprintOf = ({ cert }: MadeCertificate): string =>
    `sha256:${createHash('sha256').update(new X509Certificate(cert).raw).digest('hex')}`;
  const https = async (made: MadeCertificate, elsewhere?: string) => {
    const camera = await startHttpsCamera(made, jpeg, elsewhere);
    closers.push(() => camera.close());
    return camera;
  };
  const faultOf = async (url: string, certificate: string): Promise<CameraFault> => {
    const fault = await probePicture(url, { certificate, timeoutMs: TIMEOUT_MS }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(CameraFault);
    return fault as CameraFault;
  };

  it.each([
    ['self-signed', () => maker.selfSigned('127.0.0.1'), 'verify', 'self-signed'],
    ['of an authority nobody knows', () => maker.signed('strange', 'IP:127.0.0.1'), 'verify', 'unknown-authority'],
    ['that has expired', () => maker.signed('old', 'IP:127.0.0.1', [-30, -1]), 'ca', 'expired'],
    ['that is not valid yet', () => maker.signed('young', 'IP:127.0.0.1', [3, 30]), 'ca', 'not-yet-valid'],
    ['for another host', () => maker.signed('other', 'DNS:elsewhere.example'), 'ca', 'other-host'],
    ['other than the pinned one', () => maker.signed('fine', 'IP:127.0.0.1'), `sha256:${'0f'.repeat(32)}`, 'changed'],
  ] as const)(
    'a certificate %s is not trusted, nothing is told to the camera, and the look shows it',
    async (_, make, by, problem) => {
      const made = make();
      const camera = await https(made);
      const certificate = by === 'ca' ? `ca:${maker.caFile}` : by;
      const fault = await faultOf(`https://admin:s3cret@127.0.0.1:${camera.port}/video`, certificate);
      expect(fault.reason).toBe('untrusted');
      expect(fault.message).toContain(fingerprintOf(made));
      const isOfTime = problem === 'expired' || problem === 'not-yet-valid';
      expect(fault.message.includes('by the clock of this machine')).toBe(isOfTime);
      expect(certificateSeen(fault)).toMatchObject({ problem, trusted: false, fingerprint: fingerprintOf(made) });
      expect(camera.heard).toEqual([]);
    },
  );

  it.each(['authority', 'fingerprint', 'fingerprint of an expired one', 'nothing'] as const)(
    'is played over HTTPS when trusted by %s',
    async (by) => {
      const made =
        by === 'authority' || by === 'nothing'
          ? maker.signed(`good-${by}`, 'IP:127.0.0.1')
          : by === 'fingerprint'
            ? maker.selfSigned('camera')
            : maker.signed('expired', 'DNS:x', [-30, -1]);
      const camera = await https(made);
      const certificate =
        by === 'authority'
          ? `ca:${maker.caFile}`
          : by === 'nothing'
            ? 'off'
            : fingerprintOf(made).toUpperCase().replace('SHA256', 'sha256');
      const found = await probePicture(`https://admin:s3cret@127.0.0.1:${camera.port}/moved`, {
        certificate,
        timeoutMs: TIMEOUT_MS,
      });
      expect(found).toMatchObject({ codec: 'mjpeg', width: 160, height: 96 });
      expect(found.certificate).toMatchObject({ trusted: true, fingerprint: fingerprintOf(made) });
      const validTo = Date.parse(new X509Certificate(made.cert).validTo);
      expect(found.certificate).toMatchObject({
        validToTs: validTo,
        subject: expect.stringContaining('CN=') as string,
      });
      expect(camera.heard.every((line) => line.includes(` 127.0.0.1:${camera.port} `))).toBe(true);
      expect(camera.heard.some((line) => line.startsWith('/guarded') && line.includes('Basic '))).toBe(true);
    },
  );

  it('another certificate on the next connection is not trusted: no gap between look and use', async () => {
    const [first, second] = [maker.selfSigned('first'), maker.selfSigned('second')];
    const camera = await https(first);
    const { camera: watched, frames } = watchedCamera({
      url: `https://127.0.0.1:${camera.port}/video`,
      certificate: fingerprintOf(first),
    });
    closers.push(() => watched.stop());
    watched.start();
    await waitUntil('frames', () => frames.length > 3);
    camera.change(second);
    const { url } = { url: `https://127.0.0.1:${camera.port}/video` };
    expect((await faultOf(url, fingerprintOf(first))).reason).toBe('untrusted');
    await watched.stop();
    const before = camera.heard.length;
    watched.start();
    await waitUntil('the fault to be named', () => watched.status().reason === 'untrusted');
    expect(watched.status()).toMatchObject({ state: 'offline' });
    expect(camera.heard.length).toBe(before);
  });

  it('a redirect out of TLS, or to another machine, is not followed', async () => {
    const asked: string[] = [];
    const plain = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(jpeg);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    closers.push(() => plain.close());
    const made = maker.selfSigned('moves');
    const other = await https(maker.selfSigned('other-machine'));
    for (const target of [
      `http://127.0.0.1:${(plain.address() as AddressInfo).port}/x`,
      `https://127.0.0.1:${other.port}/video`,
    ]) {
      const camera = await https(made, target);
      const fault = await faultOf(`https://127.0.0.1:${camera.port}/away`, fingerprintOf(made));
      expect(fault.reason).not.toBe('timeout');
    }
    // Nor one from plain HTTP into a TLS that nobody would check.
    const unchecked = createServer((_, response) => {
      response.writeHead(302, { location: `https://127.0.0.1:${other.port}/video` }).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => unchecked.once('listening', resolve));
    closers.push(() => unchecked.close());
    await faultOf(`http://127.0.0.1:${(unchecked.address() as AddressInfo).port}/x`, 'verify');
    expect([...asked, ...other.heard]).toEqual([]);
  });

  it('what does not speak TLS is named', async () => {
    const plain = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    closers.push(() => plain.close());
    const fault = await faultOf(`https://127.0.0.1:${(plain.address() as AddressInfo).port}/x`, 'verify');
    expect(fault).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('TLS') as string });
  });

  describe.skipIf(!rtspServerAvailable())('over RTSPS', () => {
    it('is played when pinned, and is told nothing when not', async () => {
      const clip = join(folder.path, 'clip.mp4');
      makeClip(clip, { size: '160x90', seconds: 5 });
      const server = await startRtspServer({ files: { cam: clip }, user: 'admin:s3cret' });
      closers.push(() => server.kill());
      const made = maker.selfSigned('rtsps');
      const camera = await startRtspsCamera(made, server.port);
      closers.push(() => camera.close());
      const url = `rtsps://admin:s3cret@127.0.0.1:${camera.port}/cam`;
      const fault = await faultOf(url, 'verify');
      expect(fault.reason).toBe('untrusted');
      expect(camera.heard).toEqual([]);
      const found = await probePicture(url, { certificate: fingerprintOf(made), timeoutMs: TIMEOUT_MS });
      expect(found).toMatchObject({ codec: 'h264', width: 160, height: 90, certificate: { trusted: true } });
      expect(camera.heard.join('')).toContain('Authorization: Digest');
      const { camera: watched, frames } = watchedCamera({ url, certificate: fingerprintOf(made) });
      closers.push(() => watched.stop());
      watched.start();
      await waitUntil('frames', () => frames.length > 5);
    });
  });
});
