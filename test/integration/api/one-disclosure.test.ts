import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DuckDBInstance } from '@duckdb/node-api';
import { connectAsync } from 'mqtt';
import readExcel from 'read-excel-file/node';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LIVE_ACCESS } from '../../../src/api/auth/access.js';
import { ROUTE_ACCESS } from '../../fixtures/route-access.js';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { ACCOUNT_ROLES, type AccountRole } from '../../../src/api/auth/roles.js';
import { WEBHOOK_EVENTS } from '../../../src/api/webhooks/webhook-file.js';
import type { ConfigInput } from '../../../src/config/schema.js';
import type { Contact } from '../../../src/contracts/contact.js';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { createContactsPort } from '../../../src/pipeline/adapters/contacts-port.js';
import { createExportPort } from '../../../src/pipeline/adapters/export-port.js';
import { createReportsPort } from '../../../src/pipeline/adapters/reports-port.js';
import { createFiguresPort } from '../../../src/pipeline/adapters/figures-port.js';
import { REPORTS } from '../../../src/reporting/registry.js';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import type { Store } from '../../../src/store/ports/store.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import {
  EVENT_LINES,
  faultsOf,
  MQTT_LINES,
  OTHER_ROUTES,
  ROUTE_LINES,
  SAMPLE_COLUMNS,
  TEXT_ROUTES,
  type Audience,
} from '../../fixtures/disclosed.js';
import { freePort } from '../../fixtures/free-port.js';
import { FIRST_DAY, K, localTime, makeShop, NOW, storeOf } from '../../fixtures/guarded-shop.js';
import { runCli } from '../../fixtures/run-cli.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { SHOP_CONFIG } from '../../fixtures/shop-service.js';
import { sample, seeded, summaryOf } from '../../fixtures/store-rows.js';
import {
  audienceOf,
  face,
  happyIndex,
  PERIOD,
  PROFILES,
  recentContacts,
  released,
  SELLERS_OWN,
  SHIFT,
  urlOf,
  windows,
  type Profile,
} from '../../fixtures/told-shop.js';
import { hasPoppler, pdfText } from '../../unit/report/tools.js';

const SEED = printedSeed('one disclosure');
const clock = { now: () => NOW, monotonic: () => performance.now() };
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('what may be told is one policy: profile × door × kind', () => {
  const renderer = new ReportRenderer();
  let shop: { readonly store: Store; readonly path: string };

  beforeAll(async () => {
    const { people, contacts } = makeShop(seeded(SEED));
    shop = await storeOf({ people, contacts: [...contacts, ...recentContacts()] });
    const staff = Array.from({ length: 6 }, (_, n) => [
      sample({ ts: NOW - 600_000 + n * 1000, streamId: 'staff', role: 'seller', trackId: `now-${n}`, age: 40 }),
    ]);
    shop.store.append({ samples: staff.flat(), tracks: staff.map(summaryOf) });
    await shop.store.flush();
    await new CellMaker({
      store: shop.store,
      localTime,
      clock,
      privacy: () => ({ kAnonymity: K, minorsAge: 18 }),
    }).run();
  }, 120_000);
  afterAll(async () => {
    await shop.store.close();
    await renderer.close();
  });

  interface Running extends TestApp {
    readonly url: string;
    readonly port: number;
    readonly tokens: ReadonlyMap<AccountRole, string>;
  }

  const start = async ({ privacy }: Profile, more: ConfigInput = {}): Promise<Running> => {
    const input = { ...SHOP_CONFIG, ...more, privacy: { ...privacy, sampleExport: ['admin' as const] } };
    const webhooks = { allowPrivateAddresses: true };
    const test = await testApp(
      { ...input, webhooks },
      undefined,
      '0',
      (config) => {
        const sources = { store: shop.store, config: () => config, localTime, clock };
        return {
          reports: createReportsPort(REPORTS, sources, renderer),
          figures: createFiguresPort(sources),
          contacts: createContactsPort(sources),
          exports: createExportPort(sources),
        };
      },
      clock,
    );
    closers.push(() => test.app.close());
    const accounts = await Accounts.open(test.config.server.accounts);
    await accounts.addUser('root', 'correct horse battery', 'admin');
    const tokens = new Map<AccountRole, string>();
    for (const role of ACCOUNT_ROLES) tokens.set(role, (await accounts.addKey(`key-${role}`, role)).token);
    await vi.waitFor(async () => expect((await test.app.fastify.inject('/api/v1/info')).statusCode).toBe(401), 30_000);
    return { ...test, ...(await test.app.listen()), tokens };
  };

  const ask = ({ app, tokens }: Running, role: AccountRole, url: string) =>
    app.fastify.inject({ url, headers: { authorization: `Bearer ${tokens.get(role) ?? ''}` } });

  /** Everything that happens, once. */
  const happen = ({ ports, config }: Running): void => {
    const live = ports.live.emit();
    const [ended] = recentContacts() as [Contact];
    const { startTs, curve, bursts } = ended;
    const begun = { contactId: 'running', pointId: 'till-1', startTs };
    live.history({
      ts: [NOW - 1000],
      streams: { hall: { samples: [3], absolute: [1] }, staff: { samples: [2], absolute: [1] } },
    });
    live.faces({ streamId: 'hall', ts: NOW - 17, faces: [face('customer'), face('seller')] });
    const figures = {
      ts: NOW,
      threshold: 20,
      streams: { hall: windows, staff: windows },
      smiles: { hall: 3, staff: 4 },
    };
    const cells = { streams: { hall: released, staff: released }, smiles: { hall: 3, staff: 4 } };
    // Cells are made while small groups are guarded.
    live.metrics(figures, config.privacy.kAnonymity > 1 ? cells : null);
    live.contactStart(begun);
    live.contactUpdate({ ...begun, curve, bursts });
    live.contactEnd({ ...ended, id: 'ended-now' });
    live.happyIndex(happyIndex);
    live.happyIndexReleased({ ...happyIndex, covered: SHIFT });
    for (const status of ports.streams.list()) live.status({ ...status, state: 'offline' });
  };

  it('every route that answers with figures has a line, and every live event', () => {
    const routes = Object.keys(ROUTE_ACCESS).filter((route) => route.startsWith('GET '));
    expect(
      routes.filter((route) => ![...OTHER_ROUTES, ...TEXT_ROUTES, ...Object.keys(ROUTE_LINES)].includes(route)),
    ).toEqual([]);
    const events = Object.keys(LIVE_ACCESS).filter((event) => !event.endsWith('subscribe'));
    expect([...events, ...WEBHOOK_EVENTS].filter((event) => EVENT_LINES[event] === undefined)).toEqual([]);
  });

  it('the control: the table finds a field, an instant, a person, a seller and a kind that do not belong', () => {
    const open: Audience = { sellers: 'aggregate', guarded: true, seesSingles: false };
    const index = { ...happyIndex, seq: 1 };
    expect(faultsOf(EVENT_LINES['happy-index'], { ...index, covered: SHIFT }, open)).toEqual([]);
    expect(
      faultsOf(EVENT_LINES['happy-index'], { ...index, covered: { ...SHIFT, toTs: NOW + 60_000 } }, open),
    ).toHaveLength(1);
    expect(faultsOf(EVENT_LINES['happy-index'], { ...index, who: 'Anna' }, open)).toEqual([
      'who: a field without a line',
    ]);
    expect(faultsOf(EVENT_LINES['happy-index'], index, { ...open, sellers: 'off' })).toHaveLength(1);
    expect(
      faultsOf(EVENT_LINES['contact:start'], { seq: 1, contactId: 'c', pointId: 'p', startTs: NOW + 1 }, open),
    ).toHaveLength(2);
    expect(
      faultsOf(EVENT_LINES['metrics'], { streams: { staff: { today: { samples: 3 } } } }, { ...open, sellers: 'off' }),
    ).toHaveLength(1);
    expect(faultsOf(undefined, {}, open)).toEqual(['a kind without a line']);
    const [told] = recentContacts();
    expect(
      faultsOf(EVENT_LINES['contact:end'], { seq: 1, contact: told }, { ...open, seesSingles: true }).length,
    ).toBeGreaterThan(10);
  });

  describe.each(PROFILES)('$name', (profile) => {
    it('REST: every route by every role', async () => {
      const service = await start(profile);
      const seen = new Map<string, number>();
      for (const [route, line] of Object.entries(ROUTE_LINES)) {
        for (const role of ACCOUNT_ROLES) {
          const url = urlOf(route);
          const { statusCode, body } = await ask(service, role, url);
          seen.set(`${route} ${statusCode}`, (seen.get(`${route} ${statusCode}`) ?? 0) + 1);
          if (statusCode === 403) continue;
          expect(statusCode, `${role} ${url}: ${body.slice(0, 300)}`).toBe(200);
          expect(faultsOf(line, JSON.parse(body), audienceOf(profile, role)), `${role} ${url}`).toEqual([]);
        }
      }
      for (const [route, { contact: ofContacts }] of Object.entries(ROUTE_LINES))
        if (ofContacts === true) expect(seen.has(`${route} 200`), route).toBe(profile.sellers !== 'off');
      const metrics = (): Promise<string> => ask(service, 'admin', '/metrics').then(({ body }) => body);
      happen(service);
      // Of sellers whole shifts, which there are none of while small groups are open.
      const shown = profile.sellers === 'on' || (profile.sellers === 'aggregate' && profile.guarded);
      expect((await metrics()).includes('emoscope_smile_index{audience="sellers"}')).toBe(shown);
    }, 120_000);

    it('documents: contacts and МЭ-1 in every form', async () => {
      const service = await start(profile);
      for (const kind of ['contacts', 'me1', 'questions', 'visitors']) {
        for (const format of kind === 'contacts' ? ['csv', 'xlsx', 'html', ...(hasPoppler ? ['pdf'] : [])] : ['csv']) {
          const url = `/api/v1/reports/${kind}?from=${FIRST_DAY}&to=${NOW}&format=${format}`;
          const { statusCode, rawPayload } = await ask(service, 'admin', url);
          if (profile.sellers === 'off' && kind === 'contacts') {
            expect(statusCode, url).toBe(403);
            continue;
          }
          if (statusCode === 403) continue;
          expect(statusCode, url).toBe(200);
          const words =
            format === 'pdf'
              ? pdfText(rawPayload)
              : format === 'xlsx'
                ? JSON.stringify(await readExcel(Buffer.from(rawPayload)))
                : rawPayload.toString('utf8');
          if (profile.sellers !== 'on') expect(words, url).not.toMatch(SELLERS_OWN);
          else if (kind === 'contacts' && format === 'csv') expect(words).toMatch(SELLERS_OWN);
          if (profile.sellers === 'off') expect(words, url).not.toMatch(/staff|recent-/);
        }
      }
    }, 240_000);

    it('samples: rows of sellers only where they are shown one by one', async () => {
      const service = await start(profile);
      const csv = await ask(service, 'admin', `/api/v1/samples/export?${PERIOD}&format=csv`);
      expect(csv.statusCode).toBe(200);
      const [head = '', ...rows] = csv.body.trimEnd().split('\n');
      expect(head.split(',').sort()).toEqual([...SAMPLE_COLUMNS].sort());
      const at = head.split(',').indexOf('role');
      expect(rows.some((row) => row.split(',')[at] === 'seller')).toBe(profile.sellers === 'on');
      const parquet = await ask(service, 'admin', `/api/v1/samples/export?${PERIOD}&format=parquet`);
      const file = join(mkdtempSync(join(tmpdir(), 'emoscope-parquet-')), 'samples.parquet');
      writeFileSync(file, parquet.rawPayload);
      const reader = await (await DuckDBInstance.create(':memory:')).connect();
      const roles = await reader.runAndReadAll(`SELECT DISTINCT role FROM '${file}'`);
      expect(roles.getRows().flat().includes('seller')).toBe(profile.sellers === 'on');
      for (const role of ['viewer', 'operator', 'analyst'] as const)
        expect((await ask(service, role, `/api/v1/samples/export?${PERIOD}`)).statusCode).toBe(403);
    });

    it('live and replay: every event to every role', async () => {
      const service = await start(profile);
      for (const role of ['viewer', 'operator', 'admin'] as const) {
        const got: [string, unknown][] = [];
        const socket = io(`${service.url}live`, {
          auth: { apiKey: service.tokens.get(role) },
          transports: ['websocket'],
          forceNew: true,
        });
        closers.push(() => socket.close());
        socket.onAny((event: string, payload: unknown) => void got.push([event, payload]));
        const topics = role === 'viewer' ? ['metrics', 'status'] : ['faces', 'metrics', 'contacts', 'status'];
        const ack = (await socket.emitWithAck('subscribe', { topics, lastSeq: 0 })) as {
          snapshot: unknown;
          replayed: number;
        };
        happen(service);
        await expect.poll(() => got.filter(([event]) => event === 'status').length).toBe(3);
        const hears = role !== 'viewer' && profile.sellers !== 'off';
        expect(ack.replayed > 0, role).toBe(hears);
        if (hears)
          await expect.poll(() => got.some(([, data]) => JSON.stringify(data).includes('ended-now'))).toBe(true);
        for (const [event, data] of [['snapshot', ack.snapshot] as const, ...got])
          expect(faultsOf(EVENT_LINES[event], data, audienceOf(profile, role)), `${role}: ${event}`).toEqual([]);
        const told = (name: string): boolean => got.some(([event]) => event === name);
        expect(told('faces')).toBe(role !== 'viewer');
        for (const event of ['contact:start', 'contact:update', 'contact:end', 'happy-index'])
          expect(told(event), event).toBe(hears);
        socket.close();
      }
    }, 60_000);

    it('webhooks and MQTT: every event', async () => {
      const posted: { readonly event: string; readonly data: unknown }[] = [];
      const receiver = createServer((request, response) => {
        void text(request).then((body) => {
          posted.push(JSON.parse(body) as (typeof posted)[number]);
          response.end();
        });
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => receiver.once('listening', resolve));
      closers.push(() => receiver.close());
      const port = await freePort();
      const folder = mkdtempSync(join(tmpdir(), 'emoscope-mqtt-'));
      writeFileSync(join(folder, 'conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\n`);
      const broker = spawn('mosquitto', ['-c', join(folder, 'conf')], { stdio: 'ignore' });
      closers.push(() => broker.kill('SIGKILL'));
      const published: { readonly topic: string; readonly payload: string }[] = [];
      const client = await vi.waitFor(
        () => connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 }, false),
        10_000,
      );
      closers.push(() => client.endAsync(true));
      client.on('message', (topic, payload) => void published.push({ topic, payload: payload.toString() }));
      await client.subscribeAsync('#');
      const service = await start(profile, { mqtt: { url: `mqtt://127.0.0.1:${port}`, topicPrefix: 'shop' } });
      const made = await service.app.fastify.inject({
        method: 'POST',
        url: '/api/v1/webhooks',
        headers: { authorization: `Bearer ${service.tokens.get('admin') ?? ''}` },
        payload: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, events: WEBHOOK_EVENTS },
      });
      expect(made.statusCode).toBe(201);
      await expect.poll(() => published.some(({ payload }) => payload === 'online')).toBe(true);
      happen(service);
      await expect.poll(() => posted.filter(({ event }) => event === 'status').length).toBe(3);
      await expect.poll(() => published.filter(({ payload }) => payload.includes('"offline"')).length).toBe(3);
      const audience = audienceOf(profile, 'outside');
      for (const { event, data } of posted) expect(faultsOf(EVENT_LINES[event], data, audience), event).toEqual([]);
      for (const { topic, payload } of published) {
        const kind = topic
          .replace(/^shop\//, '')
          .replace(
            /^(streams|contact-points|homeassistant)\/[^/]+(\/[^/]+(?=\/config))?/,
            (_, name, id) => `${name}/+${id === undefined ? '' : '/+'}`,
          );
        const value: unknown = payload === 'online' ? { text: payload } : JSON.parse(payload);
        const named = topic.includes('/staff/') ? { streamId: 'staff', ...(value as object) } : value;
        const faults = faultsOf(MQTT_LINES[kind], named, audience).filter((fault) => !fault.startsWith('streamId'));
        expect(faults, topic).toEqual([]);
      }
      const singles = profile.sellers !== 'off' && !profile.guarded;
      expect(posted.some(({ event }) => event === 'contact:end')).toBe(singles);
      expect(published.some(({ topic }) => topic.endsWith('/contact'))).toBe(singles);
      expect(posted.some(({ event }) => event === 'happy-index')).toBe(profile.sellers !== 'off');
    }, 60_000);
  });

  const cliFile = (profile: Profile, port: number): string => {
    const streams = SHOP_CONFIG.streams.filter(
      ({ role }: { role?: string }) => profile.sellers !== 'off' || role !== 'seller',
    );
    const { contacts } = SHOP_CONFIG;
    const config = {
      ...{ ...SHOP_CONFIG, streams, contacts: profile.sellers === 'off' ? [] : contacts },
      ...{ store: { path: shop.path }, server: { port }, privacy: profile.privacy },
    };
    const file = join(mkdtempSync(join(tmpdir(), 'emoscope-cli-')), 'emoscope.yaml');
    writeFileSync(file, JSON.stringify(config));
    return file;
  };

  /** Asks for the reports on the command line; with a key from the service, as analyst. */
  const checkCli = async (profile: Profile, port: number, key?: string): Promise<void> => {
    const file = cliFile(profile, port);
    const [from, to] = [FIRST_DAY, NOW].map((ts) => new Date(ts).toISOString()) as [string, string];
    for (const [kind, format] of [
      ['contacts', 'json'],
      ['contacts', 'csv'],
      ['me1', 'json'],
    ] as const) {
      const { code, stdout, stderr } = await runCli(
        ['report', kind, '--config', file, '--from', from, '--to', to, '--format', format],
        key === undefined ? {} : { EMOSCOPE_API_KEY: key },
      );
      const label = `${profile.name} ${kind} ${format}, ${key === undefined ? 'alone' : 'with the service'}: ${stderr}`;
      if (profile.sellers === 'off') expect([code, stdout], label).toEqual([1, '']);
      else expect(code, label).toBe(0);
      if (code !== 0) continue;
      if (format === 'csv') expect(SELLERS_OWN.test(stdout), label).toBe(profile.sellers === 'on' && !profile.guarded);
      else
        expect(
          faultsOf(ROUTE_LINES[`GET /api/v1/reports/${kind}`], JSON.parse(stdout), audienceOf(profile, 'analyst')),
          label,
        ).toEqual([]);
    }
  };

  const CLI_PROFILES = PROFILES.filter(({ name }) => ['eu', 'ru', 'ru, open'].includes(name));

  it('the command line with the service', async () => {
    for (const profile of CLI_PROFILES) {
      const service = await start(profile);
      await checkCli(profile, service.port, service.tokens.get('analyst'));
    }
  }, 240_000);

  // The last, since the command line takes the file for itself.
  it('the command line without the service', async () => {
    await shop.store.close();
    for (const profile of CLI_PROFILES) await checkCli(profile, 1);
  }, 240_000);
});
