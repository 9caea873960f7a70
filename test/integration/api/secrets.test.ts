import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { inflateRawSync, inflateSync } from 'node:zlib';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveClient } from '../../../src/client/index.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { rtspServerAvailable, startRtspServer } from '../../fixtures/rtsp-server.js';
import { runCli, startCli, type RunningCli } from '../../fixtures/run-cli.js';
import { waitUntil } from '../../fixtures/wait-until.js';

/** What must come out nowhere: each a password, token or key that somebody put into the product. */
const SECRETS = {
  'camera that works': 'Pw1-aQzWsX',
  'camera that refuses': 'Pw2-bQzWsX',
  'camera that is dark, encoded': 'Pw3%2FcQzWsX',
  'camera that is dark, decoded': 'Pw3/cQzWsX',
  'token in a query': 'Pw4-dQzWsX',
  'push that is awaited': 'Pw5-eQzWsX',
  'address that is no address': 'Pw6-fQzWsX',
  broker: 'Pw7-gQzWsX',
  webhook: 'Pw8-hQzWsX',
  'camera that is only tried': 'Pw9-iQzWsX',
  'rejected camera': 'Pw10-jQzWsX',
  'wrong login': 'Pw11-kQzWsX',
  'wrong key': 'Pw12-lQzWsX',
  'cookie of somebody': 'Pw13-mQzWsX',
  'password with spaces': 'Pw14 nQz WsX',
  'password of reserved characters': 'Pw15/oQ?z#W@sX',
  'the same, encoded': 'Pw15%2FoQ',
  "recorder's path with &": 'Pw16-pQzWsX',
  "recorder's path with _": 'Pw17qQzWsX',
  "recorder's query": 'Pw18-rQzWsX',
  'password as a part of the path': 'Pw19-sQzWsX',
  'colon in the path': 'Pw20-tQzWsX',
  'passphrase of SRT': 'Pw21-uQzWsX',
  'key of a push': 'Pw23-wQzWsX9',
  'passphrase of a push': 'Pw24-xQzWsX9',
  'percent sign that encodes nothing': 'Pw22%vQzWsX%',
} as const;
/** Parts of a password that must not be left over where only the rest of it was hidden. */
const REMAINS = /Pw1[4-9]|Pw2[0-2]|[n-v]QzW|z WsX|oQ\?z|W@sX/;

/** Cameras of which nobody answers, each with a secret of another kind. */
const DARK = ['dark', 'spaces', 'reserved', 'ampersands', 'underlines', 'query', 'path', 'colon', 'srt', 'percent'];

/** Cameras that are awaited. */
const PUSHED = ['keyed', 'passed'];

const USABLE = rtspServerAvailable() && spawnSync('mosquitto', ['-h']).error === undefined;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A file's bytes, followed by everything in it that is packed (PDF streams, members of a ZIP). */
const unpacked = (bytes: Buffer): string => {
  const parts = [bytes];
  const tryInflate = (inflate: (packed: Buffer) => Buffer, from: number): void => {
    try {
      parts.push(inflate(bytes.subarray(from)));
    } catch {
      // Not packed: the bytes themselves are looked at.
    }
  };
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    tryInflate(inflateSync, at + 'stream\n'.length);
  }
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 1)) {
    tryInflate(inflateRawSync, at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28));
  }
  return parts.map((part) => part.toString('latin1') + part.toString('utf8')).join('\n');
};

/** The arguments of every process, as any user of the machine sees them. */
const commandLines = (): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    // The server that plays the camera has its password among its own arguments.
    .filter((line) => /ffmpeg|ffprobe|emoscope/.test(line) && !/python/.test(line))
    .join('\n');

describe.skipIf(!USABLE)('secrets, planted everywhere, asked of every sink', () => {
  const folder = temporaryFolder('secrets');
  const data = join(folder.path, 'data');
  const sinks = new Map<string, string>();
  const closers: (() => unknown)[] = [];
  const keep = (sink: string, text: string): void => void sinks.set(sink, `${sinks.get(sink) ?? ''}\n${text}`);
  let cli: RunningCli;

  /** The database with its log, and the audit log beside it. */
  const keepFiles = (): void => {
    for (const file of readdirSync(data, { recursive: true, withFileTypes: true })) {
      const path = join(file.parentPath, file.name);
      if (!file.isFile() || !path.includes('duckdb')) continue;
      keep(file.name.startsWith('audit-') ? 'audit log' : 'database', readFileSync(path, 'latin1'));
    }
  };

  const startBroker = async (): Promise<number> => {
    const port = await freePort();
    const conf = join(folder.path, 'mosquitto.conf');
    writeFileSync(conf, `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\n`);
    const child: ChildProcess = spawn('mosquitto', ['-c', conf], { stdio: 'ignore' });
    closers.push(() => child.kill('SIGKILL'));
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 50 });
    closers.push(() => client.endAsync(true));
    client.on('message', (topic, payload) => keep('MQTT', `${topic} ${payload.toString()}`));
    await client.subscribeAsync('#');
    return port;
  };

  const startReceiver = async (): Promise<number> => {
    const server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => keep('webhook', text));
      request.on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    closers.push(() => server.close());
    await once(server, 'listening');
    return portOf(server);
  };

  const writeConfig = async (rtspUrl: (user: string) => string, file: string): Promise<void> => {
    const closed = await freePort();
    const urls = {
      works: rtspUrl(`viewer:${SECRETS['camera that works']}`),
      refuses: rtspUrl(`viewer:${SECRETS['camera that refuses']}`),
      dark: `rtsp://viewer:${SECRETS['camera that is dark, encoded']}@127.0.0.1:${closed}/x`,
      token: `http://127.0.0.1:${closed}/x.mjpg?token=${SECRETS['token in a query']}`,
      push: `listen:rtmp://viewer:${SECRETS['push that is awaited']}@127.0.0.1:${await freePort()}/live`,
      keyed: `listen:rtmp://127.0.0.1:${await freePort()}/live/${SECRETS['key of a push']}`,
      passed: `listen:srt://127.0.0.1:${await freePort()}?passphrase=${SECRETS['passphrase of a push']}`,
      spaces: `rtsp://viewer:${SECRETS['password with spaces']}@127.0.0.1:${closed}/x`,
      reserved: `rtsp://viewer:${SECRETS['password of reserved characters']}@127.0.0.1:${closed}/x`,
      ampersands: `rtsp://127.0.0.1:${closed}/user=viewer&password=${SECRETS["recorder's path with &"]}&channel=1&stream=0.sdp?`,
      underlines: `rtsp://127.0.0.1:${closed}/user=viewer_password=${SECRETS["recorder's path with _"]}_channel=1_stream=0.sdp?real_stream`,
      query: `http://127.0.0.1:${closed}/videostream.cgi?loginuse=viewer&loginpas=${SECRETS["recorder's query"]}`,
      path: `rtsp://127.0.0.1:${closed}/admin/${SECRETS['password as a part of the path']}/stream1`,
      colon: `rtsp://127.0.0.1:${closed}/0/viewer:${SECRETS['colon in the path']}/main`,
      srt: `srt://127.0.0.1:${closed}?mode=caller&passphrase=${SECRETS['passphrase of SRT']}`,
      percent: `rtsp://viewer:${SECRETS['percent sign that encodes nothing']}@127.0.0.1:${closed}/x`,
      wrong: `gopher://viewer:${SECRETS['address that is no address']}@127.0.0.1/x`,
    };
    const streams = Object.entries(urls).map(([id, url]) => `  - { id: ${id}, fps: 1, url: '${url}' }`);
    writeFileSync(
      file,
      `server: { port: 0, accounts: ${join(data, 'accounts.json')} }
store: { path: ${join(data, 'emoscope.duckdb')} }
log: { level: trace }
inference: { threads: 1, expression: fast }
mqtt: { url: 'mqtt://shop:${SECRETS.broker}@127.0.0.1:${await startBroker()}' }
webhooks: { allowPrivateAddresses: true }
streams:
${streams.join('\n')}
`,
    );
  };

  /** What the API answers to what it should and should not be asked. */
  const askApi = async (base: string): Promise<void> => {
    const ask = async (path: string, init: RequestInit = {}): Promise<void> => {
      const answer = await fetch(`${base}${path}`, init);
      const seen = [String(answer.status), JSON.stringify(Object.fromEntries(answer.headers))];
      keep(
        path === '/metrics' ? '/metrics' : 'REST',
        `${seen.join(' ')}\n${unpacked(Buffer.from(await answer.arrayBuffer()))}`,
      );
    };
    const post = (path: string, body: unknown, method = 'POST'): Promise<void> =>
      ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const tried = `rtsp://viewer:${SECRETS['camera that is only tried']}@127.0.0.1:1/x`;
    const rejected = `rtsp://viewer:${SECRETS['rejected camera']}@127.0.0.1:1/x`;
    await post('/api/v1/streams/works/probe', {});
    await post('/api/v1/streams/dark/probe', { url: tried });
    await post('/api/v1/streams', { id: 'works', url: rejected });
    await post('/api/v1/streams', { id: 'not an id', url: rejected, [rejected]: rejected });
    await post('/api/v1/streams', { id: 'added', url: rejected });
    await post('/api/v1/streams/added', { fps: 2 }, 'PATCH');
    await post('/api/v1/contact-points', { id: 'till', seller: rejected, customer: rejected });
    await post('/api/v1/auth/login', { name: 'anna', password: SECRETS['wrong login'] });
    await ask('/api/v1/streams', { headers: { 'x-api-key': SECRETS['wrong key'] } });
    await ask('/api/v1/streams', { headers: { cookie: `session=${SECRETS['cookie of somebody']}` } });
    await ask(`/api/v1/streams/x?url=${encodeURIComponent(tried)}`);
    for (const id of [...DARK, ...PUSHED]) await post(`/api/v1/streams/${id}/probe`, {});
    const pages = [
      'streams',
      'streams/works',
      'streams/token',
      ...[...DARK, ...PUSHED].map((id) => `streams/${id}`),
      'contact-points',
      'contacts',
    ];
    const papers = ['audit', 'models', 'info', 'session', 'keys', 'accounts', 'webhooks', 'webhooks/dead-letters'];
    const shown = ['privacy/report', 'privacy/notice', 'openapi.json', 'visitors/summary', 'streams/dark/snapshot.jpg'];
    for (const page of [...pages, ...papers, ...shown]) await ask(`/api/v1/${page}`);
    for (const path of ['/metrics', '/healthz', '/readyz', '/docs', '/nothing']) await ask(path);
    for (const format of ['json', 'csv', 'xlsx', 'html', 'pdf']) {
      await ask(`/api/v1/reports/me1?from=2026-01-01&to=2036-01-01&format=${format}`);
    }
  };

  beforeAll(async () => {
    mkdirSync(data);
    const cam = makeClip(join(folder.path, 'cam.mp4'), { size: '160x90', seconds: 20 });
    const rtsp = await startRtspServer({ files: { cam }, user: `viewer:${SECRETS['camera that works']}` });
    closers.push(() => rtsp.kill());
    const config = join(folder.path, 'emoscope.yaml');
    await writeConfig((user) => rtsp.url('cam', user), config);
    cli = startCli(['serve', '--config', config]);
    closers.push(() => cli.child.kill('SIGKILL'));
    await waitUntil('the address', () => /http:\/\/localhost:\d+/.test(cli.stderr()));
    const base = /http:\/\/localhost:\d+/.exec(cli.stderr())?.[0] ?? '';
    const receiver = `127.0.0.1:${await startReceiver()}/x?token=${SECRETS.webhook}`;
    for (const url of [`http://${receiver}`, `http://hook:${SECRETS.webhook}@${receiver}`]) {
      const answer = await fetch(`${base}/api/v1/webhooks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ url, events: ['status'] }),
      });
      keep('REST', await answer.text());
    }
    const live = new LiveClient({
      url: base,
      topics: ['faces', 'metrics', 'contacts', 'status'],
      onConnected: (snapshot) => keep('live socket', JSON.stringify(snapshot)),
      onRefused: (code, message) => keep('live socket', `${code} ${message}`),
    });
    live.on('status', (event) => keep('live socket', JSON.stringify(event)));
    live.on('metrics', (event) => keep('live socket', JSON.stringify(event)));
    live.connect();
    const looks = setInterval(() => keep('process list', commandLines()), 20);
    closers.push(() => clearInterval(looks));
    const waiting = async (): Promise<readonly string[]> => {
      const { items } = (await (await fetch(`${base}/api/v1/streams`)).json()) as {
        items: { id: string; reason: string | null }[];
      };
      return items
        .filter(({ id, reason }) => ['refuses', 'token', ...DARK].includes(id) && reason === null)
        .map(({ id }) => id);
    };
    await waitUntil('every dark camera to be given up once', async () => (await waiting()).length === 0);
    await waitUntil('the crash reports', () => (cli.stderr().match(/"msg":"camera lost"/g) ?? []).length >= 3);
    await waitUntil('live figures', () => sinks.get('live socket')?.includes('"threshold"') === true);
    await askApi(base);
    await waitUntil('MQTT', () => sinks.get('MQTT')?.includes('emoscope/streams/') === true);
    keep(
      'doctor',
      JSON.stringify(
        await runCli(['doctor', '--json', '--config', config, '--bundle', join(folder.path, 'bundle.json')]),
      ),
    );
    keep('support bundle', readFileSync(join(folder.path, 'bundle.json'), 'utf8'));
    live.close();
    cli.child.kill('SIGTERM');
    const { stdout, stderr, code } = await cli.finished;
    expect(code).toBe(0);
    keep('log', stderr);
    keep('stdout', `(${stdout})`);
    for (const command of [['report', 'me1', '--last', '1h'], ['privacy', 'report'], ['models'], ['user', 'list']]) {
      keep('command line', JSON.stringify(await runCli([...command, '--config', config])));
    }
    // The accounts and webhooks files hold what signs and opens, by design, and nobody else may read them.
    keepFiles();
  }, 600_000);

  afterAll(async () => {
    for (const close of closers.toReversed()) await close();
    folder.remove();
  });

  it('were asked of every sink', () => {
    expect([...sinks.keys()].toSorted()).toEqual(
      [
        ...['/metrics', 'MQTT', 'REST', 'command line', 'database', 'doctor', 'live socket', 'log', 'stdout'],
        ...['audit log', 'process list', 'support bundle', 'webhook'],
      ].toSorted(),
    );
    expect(sinks.get('process list')).toContain('ffmpeg');
    expect(sinks.get('log')).toMatch(/"decoder":\[/);
    expect(sinks.get('REST')).toContain('***@');
    expect(sinks.get('support bundle')).toContain('***@');
  });

  it.each(Object.entries(SECRETS))('%s: found in none', (_, secret) => {
    expect([...sinks].filter(([, text]) => text.includes(secret)).map(([sink]) => sink)).toEqual([]);
  });

  it('leave nothing of a password over where the rest of it is hidden', () => {
    const left = [...sinks].map(([sink, text]) => [sink, REMAINS.exec(text)?.[0]] as const);
    expect(left.filter(([, found]) => found !== undefined)).toEqual([]);
  });
});
