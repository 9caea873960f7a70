import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { prlimitPath } from '../../../src/runtime/process/prlimit-path.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { CLI, runCli, samplePhoto, startCli } from '../../fixtures/run-cli.js';
import { waitFor } from '../../fixtures/wait-until.js';
import { PATIENCE, startUnderFault } from '../faults/service.js';

const folder = temporaryFolder('surroundings');
const at = (name: string): string => join(folder.path, name);
const written = (name: string, bytes: string | Buffer): string => {
  writeFileSync(at(name), bytes);
  return at(name);
};
afterAll(() => folder.remove());

const QUIET = `store: { kind: memory }\ninference: { threads: 1, expression: fast }\nlog: { level: info }\n`;
const windows1251 = (): string =>
  written('cp1251.yaml', Buffer.concat([Buffer.from('site:\n  name: '), Buffer.from([0xcc, 0xe0, 0xe3, 0x0a])]));

it.each([
  ['a folder in the place of the file', () => folder.path, {}, 2, /CONFIG_NOT_FOUND: .*it is a folder/],
  ['a file that is not there', () => at('none.yaml'), {}, 2, /CONFIG_NOT_FOUND: .*does not exist/],
  ['another encoding', windows1251, {}, 2, /CONFIG_INVALID: [^]*cp1251\.yaml:2 .*UTF-8/],
  [
    'an unknown zone',
    () => written('tz.yaml', QUIET),
    { TZ: 'Mars/Olympus' },
    2,
    /site\.timeZone: .*TZ="Mars\/Olympus"/,
  ],
  [
    'a value that cannot be read',
    () => written('env.yaml', QUIET),
    { EMOSCOPE_SERVER_PORT: '[' },
    2,
    /EMOSCOPE_SERVER_PORT/,
  ],
  ['a misspelt key', () => written('key.yaml', QUIET), { EMOSCOPE_SEVER_PORT: '1' }, 2, /EMOSCOPE_SEVER_PORT/],
  [
    'no such host',
    () => written('host.yaml', `${QUIET}server: { host: 127.0.0.1.x }\n`),
    {},
    1,
    /BIND_REFUSED|LISTEN_FAILED/,
  ],
])('%s is named in a sentence', PATIENCE, async (_, file, env, code, words) => {
  const result = await runCli(['serve', '--config', file()], env);
  expect(result.stderr).toMatch(words);
  expect(result.stderr).not.toContain('    at ');
  expect(result.code).toBe(code);
});

it('names a port that is taken', PATIENCE, async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accounts = at('accounts.json');
  const file = written('taken.yaml', `${QUIET}server: { port: ${port}, accounts: ${accounts} }\n`);
  const { code, stderr } = await runCli(['serve', '--config', file, '--lang', 'en']);
  server.close();
  expect(stderr).toContain(`LISTEN_FAILED: Cannot listen on 127.0.0.1, port ${port}: another program listens there`);
  expect(code).toBe(1);
});

it(
  "starts without home, with empty sections, among an orchestrator's names, in any form of TZ, on [::1]",
  PATIENCE,
  async () => {
    const accounts = at('accounts2.json');
    const text = `\uFEFF${QUIET}server: { port: 0, host: '[::1]', accounts: ${accounts} }\nstreams:\ncontacts:\nmqtt:\n`;
    const file = written('empty.yaml', Buffer.from(text, 'utf16le'));
    const env = {
      HOME: '',
      XDG_CACHE_HOME: '',
      TZ: ':MSK-3',
      EMOSCOPE_SERVICE_HOST: '10.0.0.1',
      EMOSCOPE_PORT: 'tcp://10.0.0.1:80',
    };
    const cli = startCli(['serve', '--config', file], env);
    const url = await waitFor('the address', () => /http:\/\/\[::1\]:\d+/.exec(cli.stderr())?.[0] ?? null);
    expect((await fetch(`${url}/api/v1/reports/me1?from=0&to=1000`)).status).not.toBe(500);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const limits = readFileSync(`/proc/${String(cli.child.pid)}/limits`, 'utf8');
    if (prlimitPath() !== null) expect(limits).toMatch(/^Max core file size\s+0\s/m);
    expect(readFileSync(`/proc/${String(cli.child.pid)}/coredump_filter`, 'utf8').trim()).toMatch(/^0+$/);
    cli.child.kill('SIGTERM');
    const { code, stderr } = await cli.finished;
    expect(stderr).toContain('EMOSCOPE_SERVICE_HOST');
    expect(code).toBe(0);
  },
);

it('ends quietly when its reader does', PATIENCE, async () => {
  mkdirSync(at('photos'));
  const clip = makeClip(at('photos/clip.mp4'), { seconds: 20 });
  const photo = samplePhoto(1);
  const command = [process.execPath, ...CLI, 'analyze', photo, photo, clip, '--fps', '25'];
  const child = spawn('bash', ['-c', 'set -o pipefail; "$@" | head -n 1', 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.resume();
  const [code] = (await once(child, 'close')) as [number];
  expect(stderr).not.toMatch(/EPIPE|terminate|abort| {4}at /i);
  expect(code).toBe(0);
});

it('speaks Russian in its help, its complaints and its errors', PATIENCE, async () => {
  const help = await runCli(['--lang', 'ru', 'analyze', '--help']);
  expect(help.stdout).toContain('Использование:');
  expect(help.stdout).not.toMatch(/\b(pictures|configuration file|write the report)\b/);
  const wrong = await runCli(['--lang', 'ru', 'frobnicate']);
  expect(wrong.stderr).toContain("нет команды 'frobnicate'");
  const error = await runCli(['--lang', 'ru', 'serve', '--config', '/nowhere.yaml']);
  expect(error.stderr).toContain('CONFIG_NOT_FOUND: Файла настроек нет');
});

it(
  'names each faulty camera, runs the others, and refuses what a camera would refuse',
  PATIENCE,
  async ({ onTestFinished }) => {
    const clip = makeClip(at('door.mp4'), { seconds: 3 });
    const broken = [
      'file:///a%zz',
      'file://host/x',
      'http://a%zz/',
      'http://[::1',
      'rtsp://u:p@ho st/',
      'gopher://x/',
      'v4l2:',
      ' ',
    ];
    const service = await startUnderFault(onTestFinished, {
      config: {
        streams: [{ id: 'door', url: clip, loop: true }, ...broken.map((url, index) => ({ id: `b${index}`, url }))],
      },
    });
    await service.goesOn('door');
    for (const index of broken.keys()) {
      await waitFor('the fault', async () => ((await service.stream(`b${index}`)).state === 'offline' ? true : null));
    }
    const before = readFileSync(service.configFile, 'utf8');
    for (const url of broken.filter((text) => text !== 'v4l2:')) {
      expect(await service.send('POST', '/api/v1/streams', { id: 'new', url })).toBe(400);
      expect(await service.send('PATCH', '/api/v1/streams/door', { url })).toBe(400);
    }
    expect(readFileSync(service.configFile, 'utf8')).toBe(before);
    await service.goesOn('door');
    expect((await service.stop()).code).toBe(0);
  },
);
