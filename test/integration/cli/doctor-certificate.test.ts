import { createHash, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl } from '../../fixtures/certificate.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { runCli } from '../../fixtures/run-cli.js';
import { CertificateMaker, startHttpsCamera, type TlsCamera } from '../../fixtures/tls-camera.js';

interface Finding {
  readonly name: string;
  readonly outcome: string;
  readonly detail: string;
  readonly cause: string | null;
}

describe.skipIf(!hasOpenssl)('emoscope doctor on cameras with TLS', () => {
  const folder = temporaryFolder('doctor-tls');
  const config = join(folder.path, 'emoscope.yaml');
  let camera: TlsCamera;
  let fingerprint = '';
  let findings: readonly Finding[] = [];
  let lines = '';

  beforeAll(async () => {
    const made = new CertificateMaker(join(folder.path, 'ca')).selfSigned('camera.shop');
    fingerprint = `sha256:${createHash('sha256').update(new X509Certificate(made.cert).raw).digest('hex')}`;
    const jpeg = await sharp({ create: { width: 160, height: 96, channels: 3, background: '#3a6' } })
      .jpeg()
      .toBuffer();
    camera = await startHttpsCamera(made, jpeg);
    const url = `https://viewer:s3cret-word@127.0.0.1:${camera.port}/video`;
    writeFileSync(
      config,
      `store: { path: ${join(folder.path, 'emoscope.duckdb')} }
inference: { threads: 1, expression: fast }
streams:
  - { id: strange, url: '${url}' }
  - { id: pinned, url: '${url}', certificate: '${fingerprint}' }
  - { id: unchecked, url: '${url}', certificate: 'off' }
`,
    );
    const json = await runCli(['doctor', '--json', '--config', config]);
    findings = (JSON.parse(json.stdout) as { findings: Finding[] }).findings;
    lines = (await runCli(['doctor', '--config', config])).stdout;
  }, 60_000);
  afterAll(() => {
    camera.close();
    folder.remove();
  });

  const of = (id: string): Finding | undefined => findings.find(({ name }) => name === `camera ${id}`);

  it('fails one that is not trusted, with all that is needed to pin it', () => {
    expect(of('strange')).toMatchObject({ outcome: 'failed', cause: 'untrusted' });
    const { detail = '' } = of('strange') ?? {};
    expect(detail).toMatch(/^certificate not trusted \(self-signed\): CN=camera\.shop, by CN=camera\.shop, /);
    expect(detail).toContain(new Date().toISOString().slice(0, 4));
    expect(detail.endsWith(fingerprint)).toBe(true);
  });

  it('shows the certificate of one that is trusted, and the fault of one that nobody checks', () => {
    expect(of('pinned')).toMatchObject({ outcome: 'ok', cause: null });
    expect(of('pinned')?.detail).toContain('mjpeg 160×96');
    expect(of('pinned')?.detail).toContain('certificate trusted: CN=camera.shop');
    expect(of('unchecked')?.detail).toContain('certificate trusted (self-signed): CN=camera.shop');
  });

  it('says the same in lines, and no password anywhere', () => {
    expect(lines).toMatch(new RegExp(`^✘ camera strange .*not trusted \\(self-signed\\).*${fingerprint}$`, 'm'));
    expect(lines).toMatch(/^✔ camera pinned .*certificate trusted/m);
    expect(lines + JSON.stringify(findings)).not.toContain('s3cret-word');
  });
});
