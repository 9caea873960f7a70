import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { ROUTE_ACCESS } from '../../fixtures/route-access.js';
import type { Ports } from '../../../src/api/context.js';
import type { AuditLog } from '../../../src/audit/audit-log.js';
import { verifyChain } from '../../../src/audit/verify-chain.js';
import { configSchema, type Config } from '../../../src/config/schema.js';
import type { AuditSink } from '../../../src/contracts/service/audit.js';
import { createBackupPort } from '../../../src/pipeline/adapters/backup-port.js';
import { createExportPort } from '../../../src/pipeline/adapters/export-port.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { systemClock } from '../../../src/runtime/clock.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { openStore } from '../../../src/store/open-store.js';
import { happyContact, memoryPorts, testApp, type TestApp } from '../../fixtures/api-ports.js';
import { auditIn, onDisk } from '../../fixtures/audit-folders.js';
import { smallDisk } from '../../fixtures/small-disk.js';
import { crowd } from '../../fixtures/store-rows.js';
import { waitFor, waitUntil } from '../../fixtures/wait-until.js';

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'emoscope-api-audit-'));
  undo.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** What neither gives anybody data nor changes anything. */
const HARMLESS = new Set([
  'list',
  'get',
  'status',
  'configOf',
  'engine',
  'readiness',
  'telemetry',
  'recentLog',
  'listen',
]);

/** The ports, with every call that gives data or changes something noted. */
const watched = (ports: Ports, calls: string[]): Ports => {
  const watch = <T extends object>(port: T, name: string): T =>
    new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function' || (name !== 'contacts' && HARMLESS.has(String(key)))) return value;
        return (...args: unknown[]): unknown => {
          calls.push(`${name}.${String(key)}`);
          return (value as (...given: unknown[]) => unknown)(...args);
        };
      },
    });
  const { streams, contactPoints, reports, contacts, exports, backup, spotChecks, registers } = ports;
  return {
    ...ports,
    ...{ streams: watch(streams, 'streams'), contactPoints: watch(contactPoints, 'contactPoints') },
    ...{ reports: watch(reports, 'reports'), contacts: watch(contacts, 'contacts') },
    ...{ exports: watch(exports, 'exports'), backup: watch(backup, 'backup') },
    spotChecks: watch(spotChecks, 'spotChecks'),
    registers: watch(registers, 'registers'),
  };
};

interface Audited {
  readonly test: TestApp;
  readonly url: string;
  /** Calls of ports that give data or change something. */
  readonly calls: string[];
}

const OPEN = { jurisdiction: 'other', sellerAnalytics: 'on', kAnonymity: 1, sampleExport: ['admin'] } as const;

/** The production API over an audit log, with one contact. */
const start = async (log: AuditLog, sink: AuditSink, replace: Partial<Ports> = {}): Promise<Audited> => {
  const calls: string[] = [];
  const audit: Ports['audit'] = {
    begin: (act) => sink.begin(act),
    note: (act, outcome) => sink.note(act, outcome),
    list: (request) => log.list(request),
  };
  const test = await testApp(
    { privacy: { ...OPEN, sampleExport: [...OPEN.sampleExport] } },
    undefined,
    '0',
    (config) => {
      const ports = memoryPorts(config);
      ports.kept.push(happyContact('c1', 'till', Date.now() - 1000));
      return watched({ ...ports, ...replace, audit }, calls);
    },
  );
  const { url } = await test.app.listen();
  // What the start itself asks for.
  calls.splice(0);
  undo.push(() => log.close());
  undo.push(() => test.app.close());
  return { test, url: url.replace(/\/$/, ''), calls };
};

const POINT = { seller: 'staff', customer: 'a' };
/** Of a check of one minute that has just ended. */
const CHECK_ID = '0191d1b0-7c3a-7e4e-9b1e-0123456789ab';
const NOW = Date.now();
const NOBODY = { came: 0, smiled: 0 };

const BODIES: Readonly<Record<string, unknown>> = {
  'POST /api/v1/streams': { id: 'new', url: 'rtsp://cam-c/1' },
  'PATCH /api/v1/streams/:id': { name: 'Hall' },
  'POST /api/v1/probe': { url: 'rtsp://user:s3cret@cam-d/1' },
  'POST /api/v1/contact-points': { id: 'p2', ...POINT },
  'PUT /api/v1/contact-points/:id': POINT,
  'POST /api/v1/places': { id: 'hall', name: 'Hall' },
  'PUT /api/v1/places/:id': { name: 'Hall' },
  'POST /api/v1/factors': { id: 'price', name: 'Prices' },
  'PUT /api/v1/factors/:id': { name: 'Prices' },
  'POST /api/v1/employees': { id: 'anna', name: 'Anna' },
  'PUT /api/v1/employees/:id': { name: 'Anna' },
  'POST /api/v1/users': { name: 'anna', password: 'correct horse battery', role: 'admin' },
  'PATCH /api/v1/users/:name': { role: 'admin' },
  'POST /api/v1/keys': { name: 'till-display', role: 'viewer' },
  'POST /api/v1/spot-checks': {
    ...{ id: CHECK_ID, streamId: 'a', fromTs: NOW - 60_000, toTs: NOW, sentTs: NOW },
    minutes: [{ men: { came: 1, smiled: 0 }, women: NOBODY, unsure: NOBODY }],
  },
  'POST /api/v1/devices': { name: 'Exit', placeId: 'a', kind: 'feedback' },
  'POST /api/v1/webhooks': { url: 'https://hooks.example/s3cret', events: ['status'] },
};

const IDS: readonly (readonly [RegExp, string])[] = [
  [/contacts\/:id/, 'contacts/c1'],
  [/contact-points\/:id/, 'contact-points/till'],
  [/streams\/:id/, 'streams/a'],
  [/spot-checks\/:id/, `spot-checks/${CHECK_ID}`],
  [/:id|:name/, 'nobody'],
];

const pathOf = (path: string): string => {
  const found = IDS.find(([pattern]) => pattern.test(path));
  return found === undefined ? path : path.replace(found[0], found[1]);
};

const NOTED_FIRST = Object.entries(ROUTE_ACCESS)
  .filter(([, { isNotedFirst }]) => isNotedFirst)
  .map(([row, { action }]) => ({ row, action: action ?? '' }))
  .concat([
    { row: 'GET /api/v1/streams/:id/snapshot.jpg?blurred=false', action: 'snapshot.view' },
    { row: 'GET /api/v1/streams/:id/live.mjpg?blurred=false', action: 'live-view.view' },
  ]);

const send = (url: string, row: string, signal: AbortSignal | null = null): Promise<Response> => {
  const [method = '', path = ''] = row.split(' ');
  const body = BODIES[row];
  const json = { 'content-type': 'application/json' };
  return fetch(url + pathOf(path), {
    method,
    signal,
    headers: { 'accept-language': 'ru', ...(body === undefined ? {} : json) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

describe('an act that is recorded', () => {
  it.each(NOTED_FIRST)('$row: begun on disk before anything is done, finished after', async ({ row, action }) => {
    const path = join(folder(), 'audit');
    const log = auditIn(path);
    const gate: { open: () => void } = { open: () => undefined };
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    let asked = false;
    const { url, calls } = await start(log, {
      note: (act, outcome) => log.note(act, outcome),
      begin: async (act) => {
        asked = true;
        await opened;
        return log.begin(act);
      },
    });
    const abort = new AbortController();
    let answered = false;
    const answer = send(url, row, abort.signal).then((response) => {
      answered = true;
      return response;
    });
    await waitUntil('the act to begin', () => asked);
    for (let n = 0; n < 20; n += 1) await turn();
    expect([answered, calls]).toEqual([false, []]);
    gate.open();
    const response = await answer;
    expect(onDisk(path)[0]).toMatchObject({ action, phase: 'begun', actor: 'loopback', address: '127.0.0.1' });
    expect(response.status).not.toBe(403);
    if (action === 'live-view.view') abort.abort();
    else await response.arrayBuffer();
    const end = await waitFor('its end', () => onDisk(path)[1]);
    const outcome = response.status < 400 ? 'allowed' : response.status < 500 ? 'refused' : 'failed';
    expect(end).toMatchObject({ action, phase: 'finished', of: 1, outcome });
    expect(onDisk(path)).toHaveLength(2);
    expect(JSON.stringify(onDisk(path))).not.toContain('s3cret');
  });

  it('is refused where the log cannot be written; what shows or ends a fault is not', async () => {
    const path = join(folder(), 'audit');
    writeFileSync(path, 'no folder');
    const log = auditIn(path);
    const { url, calls } = await start(log, log);
    for (const { row } of NOTED_FIRST) {
      const response = await send(url, row);
      expect([response.status, await response.json()], row).toEqual([
        503,
        { code: 'AUDIT_WRITE', message: expect.stringContaining('Журнал доступа нельзя записать') as string },
      ]);
    }
    expect(calls).toEqual([]);
    const client = io(`${url}/live`, { transports: ['websocket'], reconnection: false });
    undo.push(() => void client.disconnect());
    for (const topic of ['faces', 'contacts'])
      expect(await client.emitWithAck('subscribe', { topics: [topic] })).toMatchObject({ code: 'AUDIT_WRITE' });
    expect(await client.emitWithAck('subscribe', { topics: ['status'] })).toMatchObject({ ok: true });
    for (const row of Object.keys(ROUTE_ACCESS).filter((name) => name.startsWith('GET /api/') && !name.includes(':'))) {
      if (
        NOTED_FIRST.some((first) => first.row === row) ||
        row.includes('comparison') ||
        row.includes('/audit') ||
        row.endsWith('/device')
      )
        continue;
      expect((await send(url, row)).status, row).toBe(200);
    }
    expect((await send(url, 'POST /api/v1/auth/logout')).status).toBe(204);
  });

  it('is aborted when the client goes away', async () => {
    const path = join(folder(), 'audit');
    const log = auditIn(path);
    const endless = () =>
      Readable.from(
        (function* () {
          for (;;) yield Buffer.alloc(65_536, 'x');
        })(),
      );
    const replace = {
      exports: { samples: () => Promise.resolve(endless()) },
      backup: { extension: '.duckdb', open: () => Promise.resolve(endless()) },
    };
    const { url } = await start(log, log, replace);
    for (const target of ['/api/v1/samples/export', '/api/v1/backup', '/api/v1/backup']) {
      await new Promise<void>((resolve, reject) => {
        const request = httpGet(url + target, (response) => {
          response.once('data', () => request.destroy());
          response.once('close', resolve);
          response.on('error', () => undefined);
        });
        request.on('error', reject);
      });
    }
    await waitUntil('three ends', () => onDisk(path).length === 6);
    const ends = onDisk(path).filter(({ of }) => of !== null);
    expect(ends.map(({ action, phase }) => [action, phase])).toEqual([
      ['samples.export', 'aborted'],
      ['store.backup', 'aborted'],
      ['store.backup', 'aborted'],
    ]);
  });

  it('live: a subscription to people begins before the first of them is sent and ends with it', async () => {
    const path = join(folder(), 'audit');
    const log = auditIn(path);
    const { url } = await start(log, log);
    const client = io(`${url}/live`, { transports: ['websocket'], reconnection: false });
    expect(await client.emitWithAck('subscribe', { topics: ['faces'], streams: ['a'] })).toMatchObject({ ok: true });
    expect(onDisk(path)).toMatchObject([{ action: 'live.faces', phase: 'begun', target: 'a' }]);
    expect(await client.emitWithAck('subscribe', { topics: ['contacts', 'faces'] })).toMatchObject({ ok: true });
    client.disconnect();
    await waitUntil('all to end', () => onDisk(path).length === 6);
    expect(
      onDisk(path)
        .filter(({ phase }) => phase === 'finished')
        .map(({ of }) => of),
    ).toEqual([1, 2, 3].map(() => expect.any(Number) as number));
    expect(new Set(onDisk(path).map(({ of }) => of)).size).toBe(4);
  });
});

it('a full disk: a look, an export and a backup are refused, and given again when there is room', async ({ skip }) => {
  const disk = smallDisk(24);
  if (disk === null) return skip('needs the right to mount a small disk');
  undo.push(() => disk.remove());
  const logger = createLogger({ level: 'silent', pretty: false });
  const config: Config = configSchema.parse({ privacy: OPEN, store: { path: join(disk.path, 'emoscope.duckdb') } });
  const store = await openStore(config.store, logger);
  undo.push(() => store.close());
  const fromTs = Date.now() - 3_600_000;
  store.append(crowd({ seed: 1, fromTs, minutes: 2 }));
  await store.flush();
  const path = `${config.store.path}.audit`;
  const log = auditIn(path);
  const sources = { store, config: () => config, localTime: new LocalTime('UTC'), clock: systemClock };
  const real = { exports: createExportPort(sources), backup: createBackupPort(store, disk.path) };
  const { url, calls } = await start(log, log, real);
  const rows = [
    'GET /api/v1/streams/:id/snapshot.jpg?blurred=false',
    `GET /api/v1/samples/export?from=${fromTs}&to=${fromTs + 3_600_000}`,
    'GET /api/v1/backup',
  ];
  const statuses = async (): Promise<number[]> => {
    const all: number[] = [];
    for (const row of rows) {
      const response = await send(url, row);
      all.push(response.status);
      await response.arrayBuffer();
    }
    return all;
  };
  expect(await statuses()).toEqual([200, 200, 200]);
  disk.fill();
  // What is left of the last block of the log.
  while ((await send(url, rows[0] ?? '')).status === 200) await turn();
  calls.splice(0);
  const before = onDisk(path).filter(({ phase }) => phase === 'begun').length;
  for (let n = 0; n < 30; n += 1) expect(await statuses()).toEqual([503, 503, 503]);
  expect(calls).toEqual([]);
  expect(onDisk(path).filter(({ phase }) => phase === 'begun')).toHaveLength(before);
  disk.empty();
  await waitUntil('room again', async () => (await send(url, rows[0] ?? '')).status === 200);
  expect(await statuses()).toEqual([200, 200, 200]);
  await log.flush();
  expect((await verifyChain(path)).breaks).toEqual([]);
});
