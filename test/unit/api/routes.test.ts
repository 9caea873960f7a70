import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket as TcpSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { StreamWindows, WindowMetrics } from '../../../src/contracts/window.js';
import { EmoscopeError } from '../../../src/runtime/errors.js';
import { happyContact, testApp, type TestApp } from '../../fixtures/api-ports.js';
import { me1Row } from '../../fixtures/memory-reports.js';
import { hasOpenssl, selfSigned } from '../../fixtures/certificate.js';

const open: TestApp[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()));
});
const start = async (...input: Parameters<typeof testApp>): Promise<TestApp> => {
  const test = await testApp(...input);
  open.push(test);
  return test;
};

describe('errors', () => {
  it('hide what happened behind a 5xx and log it under the request id', async () => {
    const test = await start();
    for (const fault of [
      new Error('/srv/secret/path exploded'),
      new EmoscopeError('STORE_WRITE', 'no space on /dev/sda1'),
    ]) {
      test.ports.fault = fault;
      const answer = await test.app.fastify.inject({
        url: '/api/v1/reports/questions',
        headers: { 'x-request-id': 'request-0001' },
      });
      expect(answer.statusCode).toBe(fault instanceof EmoscopeError ? 503 : 500);
      expect(answer.headers['x-request-id']).toBe('request-0001');
      expect(answer.body).not.toMatch(/srv|sda1|exploded/);
      expect(test.log.some((line) => line.includes('request-0001') && line.includes(fault.message))).toBe(true);
    }
  });

  it.each([
    ['/api/v1/nothing', 404, 'NOT_FOUND'],
    ['/api/v1/streams/nobody', 404, 'STREAM_UNKNOWN'],
    ['/api/v1/contacts/nobody', 404, 'CONTACT_UNKNOWN'],
    ['/api/v1/reports/me1?from=2026-11-08&to=2026-11-01', 400, 'PERIOD_INVALID'],
    ['/api/v1/reports/me1?from=2026-02-30', 400, 'PERIOD_INVALID'],
    ['/api/v1/reports/me1?from=2026-11-01T10:00', 400, 'PERIOD_INVALID'],
    ['/api/v1/reports/me1?threshold=101', 400, 'VALIDATION'],
    ['/api/v1/reports/me1?last=1h', 400, 'VALIDATION'],
    ['/api/v1/reports/me1?streams=a,nobody', 404, 'STREAM_UNKNOWN'],
    ['/api/v1/metrics/series?bucket=1s&from=2020-01-01', 400, 'VALIDATION'],
    ['/api/v1/contacts?cursor=forged', 400, 'VALIDATION'],
  ])('%s → %i %s', async (url, status, code) => {
    const test = await start();
    const answer = await test.app.fastify.inject(url);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it('name each problem of a body with its path', async () => {
    const test = await start();
    const answer = await test.app.fastify.inject({
      method: 'POST',
      url: '/api/v1/streams',
      payload: { id: 'b', url: 'x', fps: -1, zones: [{ id: 'z', polygon: [[0, 0]] }] },
    });
    expect(answer.json()).toMatchObject({
      code: 'VALIDATION',
      details: [{ path: '/fps' }, { path: '/zones/0/polygon' }],
    });
  });

  it('refuse a body that is too large and too many requests', async () => {
    const test = await start({ server: { rateLimitPerMinute: 3 } });
    const large = await test.app.fastify.inject({
      method: 'POST',
      url: '/api/v1/probe',
      payload: { url: 'x'.repeat(300_000) },
    });
    expect([large.statusCode, large.json<{ code: string }>().code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    await test.app.fastify.inject('/api/v1/streams');
    await test.app.fastify.inject('/api/v1/streams');
    const limited = await test.app.fastify.inject('/api/v1/streams');
    expect([limited.statusCode, limited.json<{ code: string }>().code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect((await test.app.fastify.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('headers', () => {
  it('carry a strict content-security policy and no invitation to frame', async () => {
    const { headers } = await (await start()).app.fastify.inject('/api/v1/streams');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('answer CORS for the configured origins alone', async () => {
    const test = await start({ server: { corsOrigins: ['https://crm.example'] } });
    const ask = (origin: string) => test.app.fastify.inject({ url: '/api/v1/streams', headers: { origin } });
    expect((await ask('https://crm.example')).headers['access-control-allow-origin']).toBe('https://crm.example');
    expect((await ask('https://evil.example')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('let an unchanged report be answered with 304, and compress a long one', async () => {
    const test = await start();
    const url = '/api/v1/reports/me1?from=1700000000000&to=1700003600000';
    const { headers } = await test.app.fastify.inject(url);
    test.ports.generatedTs += 1000;
    const again = await test.app.fastify.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    test.ports.me1Rows.push(me1Row('a', 9));
    const changed = await test.app.fastify.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
    expect(changed.statusCode).toBe(200);
    const pdf = await test.app.fastify.inject({
      url: `${url}&format=pdf`,
      headers: { 'if-none-match': String(changed.headers.etag) },
    });
    expect(pdf.statusCode).toBe(200);
    expect(pdf.headers['content-disposition']).toContain('attachment; filename=');
    const packed = await test.app.fastify.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
  });
});

describe('lists', () => {
  it('page through every contact once, newest first', async () => {
    const test = await start();
    for (let i = 0; i < 23; i += 1)
      test.ports.kept.push(happyContact(`c${i}`, 'till', 1_700_000_000_000 + Math.floor(i / 2)));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: string = cursor === null ? '' : `&cursor=${cursor}`;
      const answer = await test.app.fastify.inject(
        `/api/v1/contacts?from=1600000000000&to=1800000000000&limit=5${page}`,
      );
      const body = answer.json<{ items: { id: string; curve?: unknown }[]; nextCursor: string | null }>();
      expect(body.items.length).toBeLessThanOrEqual(5);
      expect(body.items.every((item) => item.curve === undefined)).toBe(true);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(23);
    expect(new Set(seen).size).toBe(23);
    expect(seen[0]).toBe('c22');
  });
});

describe('streams', () => {
  it('keep the password to themselves, and keep it when the address comes back redacted', async () => {
    const test = await start();
    const patch = (payload: object) => test.app.fastify.inject({ method: 'PATCH', url: '/api/v1/streams/a', payload });
    const shown = (await test.app.fastify.inject('/api/v1/streams/a')).json<{ config: { url: string } }>().config.url;
    expect(shown).toBe('rtsp://***@cam-a/1');
    expect((await patch({ url: shown, fps: 8 })).json()).toMatchObject({ targetFps: 8 });
    expect(test.ports.streams.configOf('a')).toMatchObject({
      url: 'rtsp://user:s3cret-camera@cam-a/1',
      fps: 8,
      role: 'customer',
    });
    expect((await patch({ url: 'rtsp://***@elsewhere/1' })).statusCode).toBe(400);
    expect((await patch({ nonsense: 1 })).statusCode).toBe(400);
    expect((await patch({ id: 'b' })).statusCode).toBe(400);
    expect(JSON.stringify([test.log, test.ports.audited])).not.toContain('s3cret');
  });

  it('say with silhouettes whether the empty view is known, still and moving', async () => {
    const test = await start();
    const snapshot = async (query: string) =>
      (await test.app.fastify.inject(`/api/v1/streams/a/snapshot.jpg${query}`)).headers['x-empty-view'];
    expect(await snapshot('')).toBe('unknown');
    expect(await snapshot('?blurred=false')).toBeUndefined();
    const { url } = await test.app.listen();
    const abort = new AbortController();
    const live = await fetch(`${url}api/v1/streams/a/live.mjpg`, { signal: abort.signal });
    const reader = live.body?.getReader();
    const shown: string[] = [];
    for (const emptyViewKnown of [false, true, null]) {
      test.ports.watchers.forEach((show) => show({ ts: 1, jpeg: new Uint8Array(3), emptyViewKnown }));
      const part = Buffer.from((await reader?.read())?.value ?? []).toString('latin1');
      shown.push(/x-empty-view: (\w+)\r\n/.exec(part)?.[1] ?? 'absent');
    }
    abort.abort();
    expect(shown).toEqual(['unknown', 'known', 'absent']);
  });

  it('show a live view whose slow viewer loses pictures instead of queueing them', async () => {
    const test = await start();
    const peers: TcpSocket[] = [];
    test.app.fastify.server.on('connection', (socket: TcpSocket) => peers.push(socket));
    const { url } = await test.app.listen();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(`${url}api/v1/streams/a/live.mjpg`, resolve).once('error', reject).end();
    });
    expect(response.headers['content-type']).toContain('multipart/x-mixed-replace');
    response.socket.pause();
    const jpeg = new Uint8Array(500_000);
    const [show] = test.ports.watchers;
    let queuedBytes = 0;
    for (let i = 0; i < 200; i += 1) {
      show?.({ ts: i, jpeg, emptyViewKnown: null });
      await turn();
      queuedBytes = Math.max(queuedBytes, ...peers.map(({ writableLength }) => writableLength));
    }
    expect(queuedBytes).toBeGreaterThan(0);
    expect(queuedBytes).toBeLessThan(2 * jpeg.byteLength);
    response.destroy();
    await expect.poll(() => test.ports.watchers.size).toBe(0);
  });
});

describe('the dashboard', () => {
  it('is served with its pages, and nothing beside it', async () => {
    const root = mkdtempSync(join(tmpdir(), 'emoscope-web-'));
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'index.html'), '<!doctype html><title>dashboard</title>');
    writeFileSync(join(root, 'assets', 'app.js'), 'export {}');
    writeFileSync(join(root, '.env'), 'SECRET');
    const test = await start({}, root);
    const page = (url: string) => test.app.fastify.inject({ url, headers: { accept: 'text/html' } });
    expect((await page('/')).body).toContain('dashboard');
    for (const [url, address] of [
      ['/reports', './#/reports'],
      ['/contact/till?x=1', '../#/contact/till?x=1'],
    ] as const)
      expect((await page(url)).headers['location'], url).toBe(address);
    expect((await page('/assets/app.js')).headers['cache-control']).toContain('immutable');
    for (const url of ['/.env', '/../package.json', '/%2e%2e/package.json', '/assets/none.js', '/api/v1/none']) {
      const answer = await page(url);
      expect(answer.statusCode, url).toBeGreaterThanOrEqual(400);
      expect(answer.body, url).not.toContain('SECRET');
    }
  });
});

describe('TLS', () => {
  it.skipIf(!hasOpenssl)('serves HTTPS with the given certificate and a host-bound secure cookie', async () => {
    const { certFile, keyFile } = selfSigned(mkdtempSync(join(tmpdir(), 'emoscope-tls-')), 'localhost');
    const test = await start({ server: { tls: { cert: certFile, key: keyFile } } });
    const { url, port } = await test.app.listen();
    expect(url).toBe(`https://localhost:${port}/`);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpsRequest(`${url}api/v1/session`, { rejectUnauthorized: false }, resolve).once('error', reject).end();
    });
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(response.headers['strict-transport-security']).toContain('max-age');
  });

  it('names an unreadable certificate', async () => {
    await expect(testApp({ server: { tls: { cert: '/nowhere/c', key: '/nowhere/k' } } })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});

describe('/metrics', () => {
  it('speaks Prometheus: streams, drops, latency, stages, store, event loop', async () => {
    const test = await start();
    const { body, headers } = await test.app.fastify.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    for (const line of [
      'emoscope_stream_fps{stream="a"} 5',
      'emoscope_stream_drops_total{stream="a",reason="superseded"} 10',
      'emoscope_stream_state{stream="a",state="online"} 1',
      'emoscope_frame_latency_seconds_bucket{stream="a",le="0.1"} 3',
      'emoscope_frame_latency_seconds_bucket{stream="a",le="+Inf"} 4',
      'emoscope_frame_latency_seconds_count{stream="a"} 4',
      'emoscope_store_rows{table="samples"} 11',
      '# TYPE emoscope_frame_latency_seconds histogram',
      'emoscope_stream_shortfall{stream="a",reason="overload"} 0',
      'emoscope_queue_items{queue="frames"} 1',
      'emoscope_queue_capacity_items{queue="frames"} 2',
      'emoscope_store_commits_total 5',
      'emoscope_store_failed_commits_total 1',
      'emoscope_store_free_bytes 1000000000',
      'emoscope_store_memory_bytes 30000000',
      'emoscope_socket_subscribers 0',
      'emoscope_socket_packets_waiting_max 0',
      'emoscope_socket_events_withheld_total{event="faces",reason="behind"} 0',
      'emoscope_socket_events_withheld_total{event="contact:update",reason="behind"} 0',
    ]) {
      expect(body).toContain(line);
    }
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
      'process_resident_memory_bytes',
      'process_open_fds',
      'nodejs_active_resources_total',
    ]) {
      expect(body).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    await test.app.fastify.inject('/api/v1/reports/me1?format=pdf');
    expect((await test.app.fastify.inject('/metrics')).body).toContain(
      'emoscope_report_duration_seconds_count{report="me1",format="pdf"} 1',
    );
    test.ports.fault = new Error('store gone');
    const without = await test.app.fastify.inject('/metrics');
    expect(without.statusCode).toBe(200);
    expect(without.body).toContain('emoscope_stream_fps');
  });
});

describe('Smile-Index in /metrics', () => {
  const window = (visitors: number, smiling: number): WindowMetrics => ({
    smileIndex: 0.25,
    smilingPersons: visitors === 0 ? null : smiling / visitors,
    absolute: 25 * visitors,
    frames: 1000,
    framesWithFaces: 500,
    utilizationPercent: 50,
    samples: 100 * visitors,
    emotions: null,
    mood: 50,
    visitors,
    malePercent: null,
    meanAgeYears: null,
  });
  const windows = (visitors: number, smiling: number): StreamWindows => ({
    '10s': window(1, 1),
    '1m': window(2, 2),
    '15m': window(3, 3),
    today: window(visitors, smiling),
  });
  const streams = [
    { id: 'a', url: 'x' },
    { id: 'b', url: 'x' },
    { id: 'staff', url: 'x', role: 'seller' as const },
  ];
  const gauges = async (test: TestApp): Promise<string[]> =>
    (await test.app.fastify.inject('/metrics')).body
      .split('\n')
      .filter((line) => /^emoscope_smil\w+\{/.test(line))
      .sort();

  it('is pooled over today and apart by audience, and gone before anything is known', async () => {
    const test = await start({ streams, privacy: { kAnonymity: 1, sellerAnalytics: 'on' } });
    expect(await gauges(test)).toEqual([]);
    const live = { a: windows(10, 5), b: windows(30, 3), staff: windows(4, 4) };
    test.ports.live.emit().metrics({ ts: 1, threshold: 20, streams: live, smiles: {} });
    expect(await gauges(test)).toEqual([
      'emoscope_smile_index{audience="sellers"} 0.25',
      'emoscope_smile_index{audience="visitors"} 0.25',
      'emoscope_smiling_persons{audience="sellers"} 1',
      'emoscope_smiling_persons{audience="visitors"} 0.2',
    ]);
    expect((await test.app.fastify.inject('/metrics')).body).toMatch(/# HELP emoscope_smile_index .*reading face/);
  });

  it('tells of whole cells alone, of k visitors at the least, and not of sellers where that is off', async () => {
    const test = await start({ streams, privacy: { kAnonymity: 5, sellerAnalytics: 'off' } });
    const live = { a: windows(10, 5), b: windows(30, 3), staff: windows(40, 4) };
    const tell = (released: Record<string, StreamWindows> | null) =>
      test.ports.live
        .emit()
        .metrics(
          { ts: 1, threshold: 20, streams: live, smiles: {} },
          released === null ? null : { streams: released, smiles: {} },
        );
    tell(null);
    expect(await gauges(test)).toEqual([]);
    tell({ a: windows(4, 2) });
    expect(await gauges(test)).toEqual([]);
    tell({ a: windows(6, 3), staff: windows(40, 4) });
    expect(await gauges(test)).toEqual([
      'emoscope_smile_index{audience="visitors"} 0.25',
      'emoscope_smiling_persons{audience="visitors"} 0.5',
    ]);
  });
});
