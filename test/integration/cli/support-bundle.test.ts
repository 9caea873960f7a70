import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { runCli, startCli, type RunningCli } from '../../fixtures/run-cli.js';
import { waitUntil } from '../../fixtures/wait-until.js';

const SECRETS = {
  'password of a camera': 'Kq7-kamera',
  'token in an address': 'Wv9-token',
  'password in an override': 'Zx3-umgebung',
  'password of the broker': 'Jt5-makler',
  'password of an account': 'Bn2-konto-und-mehr',
} as const;

interface Bundle {
  readonly version: string;
  readonly versions: Record<string, string>;
  readonly overrides: readonly string[];
  readonly findings: readonly { readonly name: string; readonly outcome: string }[];
  readonly config: { readonly streams: readonly { readonly url: string }[] };
  readonly service: {
    readonly '/readyz': unknown;
    readonly '/api/v1/streams': unknown;
    readonly '/api/v1/models': unknown;
    readonly '/api/v1/log': unknown;
    readonly '/metrics': unknown;
  };
}

describe('emoscope doctor --bundle beside a running service', () => {
  const folder = temporaryFolder('bundle');
  const config = join(folder.path, 'emoscope.yaml');
  const file = join(folder.path, 'bundle.json');
  const env: Record<string, string> = {
    EMOSCOPE_MQTT_URL: `mqtt://shop:${SECRETS['password in an override']}@127.0.0.1:1`,
  };
  let key = '';
  let cli: RunningCli;
  let text = '';
  let bundle: Bundle;

  const collect = async (more: Record<string, string>): Promise<Bundle> => {
    await runCli(['doctor', '--config', config, '--bundle', file], {
      ...env,
      EMOSCOPE_PASSWORD: SECRETS['password of an account'],
      ...more,
    });
    return JSON.parse(readFileSync(file, 'utf8')) as Bundle;
  };

  beforeAll(async () => {
    const [port, closed] = [await freePort(), await freePort()];
    writeFileSync(
      config,
      `server: { port: ${port}, accounts: ${join(folder.path, 'accounts.json')} }
store: { path: ${join(folder.path, 'emoscope.duckdb')} }
inference: { threads: 1, expression: fast }
mqtt: { url: 'mqtt://shop:${SECRETS['password of the broker']}@127.0.0.1:1' }
streams:
  - { id: dark, fps: 1, url: 'rtsp://viewer:${SECRETS['password of a camera']}@127.0.0.1:${closed}/x' }
  - { id: asked, fps: 1, url: 'http://127.0.0.1:${closed}/x.mjpg?token=${SECRETS['token in an address']}' }
`,
    );
    await runCli(['user', 'add', 'chief', '--role', 'admin', '--config', config], {
      ...env,
      EMOSCOPE_PASSWORD: SECRETS['password of an account'],
    });
    const made = await runCli(['user', 'add', 'support', '--role', 'admin', '--key', '--config', config], env);
    key = made.stdout.trim().split(/\s+/).at(-1) ?? '';
    cli = startCli(['serve', '--config', config], env);
    await waitUntil('both cameras lost', () => (cli.stderr().match(/"msg":"camera lost"/g) ?? []).length >= 2);
    bundle = await collect({ EMOSCOPE_API_KEY: key });
    text = readFileSync(file, 'utf8');
  });

  afterAll(async () => {
    cli.child.kill('SIGTERM');
    await cli.finished;
    folder.remove();
  });

  it('holds versions, findings, the configuration, and what the service says of itself', () => {
    expect(bundle.versions['node']).toBe(process.versions.node);
    expect(bundle.findings.find(({ name }) => name === 'camera dark')?.outcome).toBe('failed');
    expect(bundle.config.streams[0]?.url).toContain('***@');
    expect(bundle.overrides).toEqual(expect.arrayContaining(['EMOSCOPE_MQTT_URL', 'EMOSCOPE_API_KEY']));
    expect(bundle.service).toMatchObject({
      '/readyz': { ready: true },
      '/api/v1/streams': { items: [{ id: 'dark', reason: 'unreachable' }, { id: 'asked' }] },
      '/api/v1/models': { engine: 'onnx' },
    });
    expect(bundle.service['/metrics']).toContain('emoscope_stream_state{stream="dark",state="offline"} 1');
    const { lines } = bundle.service['/api/v1/log'] as { lines: string[] };
    const lost = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'camera lost');
    expect(lost.map(({ stream, stage }) => `${String(stage)} ${String(stream)}`).toSorted()).toEqual([
      'ingest asked',
      'ingest dark',
    ]);
  });

  it('is for its owner alone, and without a key says what it could not ask', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const without = await collect({});
    expect(without.service['/api/v1/log']).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(without.service['/readyz']).toMatchObject({ ready: true });
  });

  it.each(Object.entries(SECRETS))('%s is not in it', (_, secret) => {
    expect(text).not.toContain(secret);
  });

  it('neither is the key that asked', () => {
    expect(key.length).toBeGreaterThan(20);
    expect(text).not.toContain(key);
  });
});
