import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonReport } from '../../../src/contracts/figures/comparison-schema.js';
import { hasOpenssl, selfSigned } from '../../fixtures/certificate.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { runCli, startCli, type RunningCli } from '../../fixtures/run-cli.js';
import { waitUntil } from '../../fixtures/wait-until.js';

const KEY_ENV = 'EMOSCOPE_API_KEY';

describe.skipIf(!hasOpenssl)('the command line beside a service with a certificate for another name', () => {
  const folder = temporaryFolder('over-tls');
  const config = join(folder.path, 'emoscope.yaml');
  let cli: RunningCli;
  let env: Record<string, string> = {};

  const configText = (port: number, certFile: string, keyFile: string): string =>
    `server: { port: ${port}, accounts: ${join(folder.path, 'accounts.json')}, tls: { cert: ${certFile}, key: ${keyFile} } }
store: { path: ${join(folder.path, 'emoscope.duckdb')} }
inference: { threads: 1, expression: fast }
site: { timeZone: UTC }
places: [{ id: till, name: Till }]
`;

  beforeAll(async () => {
    const { certFile, keyFile } = selfSigned(folder.path, 'monitor.shop.example');
    writeFileSync(config, configText(await freePort(), certFile, keyFile));
    const made = await runCli(['user', 'add', 'cli', '--role', 'admin', '--key', '--config', config]);
    env = { [KEY_ENV]: made.stdout.trim().split(/\s+/).at(-1) ?? '' };
    cli = startCli(['serve', '--config', config]);
    await waitUntil('the service listens', () => cli.stderr().includes('https://'));
  });

  afterAll(async () => {
    cli.child.kill('SIGTERM');
    await cli.finished;
    folder.remove();
  });

  it('reports', async () => {
    const { code, stdout, stderr } = await runCli(['report', 'me1', '--config', config, '--format', 'json'], env);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('rows');
  });

  it('compares two periods', async () => {
    const periods = ['--day', 'yesterday', '--other-day', 'today'];
    const asked = ['report', 'comparison', ...periods, '--threshold', '30', '--config', config, '--format', 'json'];
    const { code, stdout, stderr } = await runCli(asked, env);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { a, b } = JSON.parse(stdout) as ComparisonReport;
    expect(a.params.toTs).toBe(b.params.fromTs);
    expect(b.params.threshold).toBe(30);
  });

  it('imports through the service, and a correction after it', async () => {
    const day = new Date(Date.now() - 172_800_000).toISOString().slice(0, 10);
    const told = async (receipts: number): Promise<unknown> => {
      const file = join(folder.path, 'hours.csv');
      writeFileSync(file, `Дата и время;Чеков;Посетители\n${day} 10:00;${receipts};9\n`);
      const { stdout, stderr } = await runCli(['import', file, '--json', '--config', config], env);
      expect(stderr).toBe('');
      return JSON.parse(stdout);
    };
    expect(await told(3)).toMatchObject({ stored: 2, unchanged: 0, revised: 0, refused: [] });
    expect(await told(3)).toMatchObject({ stored: 0, unchanged: 2, revised: 0, refused: [] });
    expect(await told(4)).toMatchObject({ stored: 0, unchanged: 1, revised: 1, refused: [] });
    expect(await told(3)).toMatchObject({ stored: 0, unchanged: 1, revised: 1, refused: [] });
  });

  it('backs up', async () => {
    const file = join(folder.path, 'copy.duckdb');
    expect(await runCli(['backup', file, '--config', config], env)).toMatchObject({ code: 0 });
    expect(statSync(file).size).toBeGreaterThan(10_000);
  });

  it('collects what support needs', async () => {
    const file = join(folder.path, 'bundle.json');
    await runCli(['doctor', '--config', config, '--bundle', file], env);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ service: { '/readyz': { ready: true } } });
  });

  it('tells a stranger nothing, not even the key', async () => {
    const other = join(folder.path, 'other');
    mkdirSync(other);
    let asked = 0;
    const stranger = createTlsServer(selfSigned(other, 'monitor.shop.example'), (_request, response) => {
      asked += 1;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const wrong = join(folder.path, 'wrong.yaml');
    const { port } = stranger.address() as AddressInfo;
    writeFileSync(wrong, configText(port, join(folder.path, 'cert.pem'), join(folder.path, 'key.pem')));
    const { code, stderr } = await runCli(['report', 'me1', '--config', wrong], env);
    stranger.close();
    expect(code).toBe(1);
    expect(stderr).toContain('another certificate than server.tls.cert');
    expect(asked).toBe(0);
  });
});
