import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { Accounts } from '../../../src/api/auth/accounts.js';
import type { Device } from '../../../src/contracts/service/device.js';
import type { ObservationResult } from '../../../src/contracts/service/observation-result.js';
import { createIntake } from '../../../src/pipeline/observations/intake.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { uuidAt } from '../../fixtures/observations.js';
import { ROUTE_ACCESS } from '../../fixtures/route-access.js';
import { DAY, Stores } from '../store/stores.js';

const START = DAY + 12 * 3_600_000;
const MINUTE = 60_000;
const stores = new Stores();
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await stores.closeAll();
});

type Made = Device & { readonly pin: string; readonly pinUntilTs: number };

/** A shop with an administrator, a real store, and a clock that can be moved on. */
const shop = async (accountsPath?: string) => {
  const later = { ms: 0 };
  const clock = { now: () => START + later.ms, monotonic: () => START + later.ms };
  const store = await stores.memory();
  const service = await testApp(
    {
      places: [
        { id: 'exit', name: 'Выход' },
        { id: 'till', name: 'Касса' },
      ],
      ...(accountsPath === undefined ? {} : { server: { accounts: accountsPath } }),
    },
    undefined,
    '0',
    (config) => ({ observations: createIntake({ store, sink: store, config: () => config, clock }) }),
    clock,
  );
  closers.push(() => service.app.close());
  const accounts = await Accounts.open(service.config.server.accounts);
  if (accounts.users().length === 0) await accounts.addUser('root', 'correct horse battery', 'admin');
  const { token: admin } = await accounts.addKey(`key-${accounts.keys().length}`, 'admin');
  const ask = (method: string, url: string, token: string | null, body?: object) =>
    service.app.fastify.inject({
      method: method as 'GET',
      url,
      headers: { 'accept-language': 'ru', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body }),
    });
  await expect.poll(async () => (await ask('GET', '/api/v1/devices', null)).statusCode).toBe(401);
  const add = async (fields: object = {}): Promise<Made> => {
    const answer = await ask('POST', '/api/v1/devices', admin, {
      ...{ name: 'Планшет у выхода', placeId: 'exit', kind: 'feedback' },
      ...fields,
    });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<Made>();
  };
  const pair = (pin: string) => ask('POST', '/api/v1/devices/pair', null, { pin });
  const tokenOf = async (pin: string): Promise<string> => (await pair(pin)).json<{ token: string }>().token;
  const list = async () => (await ask('GET', '/api/v1/devices', admin)).json<{ items: Device[] }>().items;
  const file = join(dirname(service.config.server.accounts), 'devices.json');
  return { ...{ service, store, later, admin, ask, add, pair, tokenOf, list, file } };
};

const press = (fields: object = {}) => ({
  ...{ id: uuidAt(START, 1), ts: START - MINUTE, placeId: 'exit', kind: 'press', grade: 'red', ...fields },
});

describe('a device', () => {
  it('is paired once by its PIN, within ten minutes, and learns its settings and the time', async () => {
    const { add, pair, ask, list, later } = await shop();
    const made = await add({ settings: { scale: 5 } });
    expect(made).toMatchObject({ state: 'waiting', pin: expect.stringMatching(/^\d{6}$/) as string });
    const paired = await pair(made.pin);
    expect(paired.json()).toMatchObject({ id: made.id, name: 'Планшет у выхода' });
    expect((await pair(made.pin)).statusCode).toBe(401);
    const { token } = paired.json<{ token: string }>();
    later.ms += 20 * MINUTE;
    expect((await ask('GET', '/api/v1/device', token)).json()).toMatchObject({
      ...{ id: made.id, placeId: 'exit', kind: 'feedback', now: START + later.ms },
      settings: { scale: 5, idleSeconds: 20, languages: ['ru', 'en'], message: false, misuseSeconds: 3, reasons: [] },
    });
    expect(await list()).toMatchObject([{ state: 'paired', placeId: 'exit', lastSeenTs: START + later.ms }]);

    const slow = await add({ name: 'Другой' });
    later.ms += 10 * MINUTE;
    expect((await pair(slow.pin)).statusCode).toBe(401);
    expect((await list())[1]?.state).toBe('expired');
  });

  it('may call two routes, and is refused on every other, and on the live socket', async () => {
    const { add, tokenOf, ask, service } = await shop();
    const token = await tokenOf((await add()).pin);
    const allowed = ['GET /api/v1/device', 'POST /api/v1/observations'];
    for (const row of Object.keys(ROUTE_ACCESS)) {
      const [method = '', path = ''] = row.split(' ');
      if (path === '/' || path.endsWith('*')) continue;
      const answer = await ask(method, path.replace(/:(id|name)/, 'nobody'), token);
      expect([row, answer.statusCode === 403], row).toEqual([row, !allowed.includes(row)]);
    }
    const { url } = await service.app.listen();
    const client = io(`${url}live`, { auth: { apiKey: token }, transports: ['websocket'], reconnection: false });
    const error = await new Promise<Error>((resolve) => client.once('connect_error', resolve));
    client.disconnect();
    expect(error.message).toBe('UNAUTHENTICATED');
  });

  it('tells facts of its own place under its own name, and revoked it tells none', async () => {
    const { add, tokenOf, ask, store, admin, list } = await shop();
    const made = await add();
    const token = await tokenOf(made.pin);
    const post = (observations: object[]) => ask('POST', '/api/v1/observations', token, { observations });
    const { placeId: _own, ...unplaced } = press({ id: uuidAt(START, 3) });
    const results = await post([
      press({ deviceId: 'somebody-else', misuse: true }),
      press({ id: uuidAt(START, 2), placeId: 'till' }),
      unplaced,
    ]);
    expect(results.json<{ results: ObservationResult[] }>().results.map(({ status, code }) => code ?? status)).toEqual([
      'stored',
      'FORBIDDEN',
      'stored',
    ]);
    expect(await store.revisions([uuidAt(START, 1)])).toMatchObject([
      { deviceId: made.id, source: 'kiosk', placeId: 'exit', grade: 'red', misuse: true },
    ]);
    expect((await ask('DELETE', `/api/v1/devices/${made.id}`, admin)).statusCode).toBe(204);
    const refused = await post([press({ id: uuidAt(START, 4) })]);
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await ask('GET', '/api/v1/device', token)).statusCode).toBe(401);
    expect(await list()).toMatchObject([{ state: 'revoked', revokedTs: START }]);
    expect((await ask('DELETE', `/api/v1/devices/${made.id}`, admin)).statusCode).toBe(204);
    expect(await list()).toEqual([]);
    expect((await ask('DELETE', `/api/v1/devices/${made.id}`, admin)).statusCode).toBe(404);
  });

  it('is refused for a place, an object or a name that do not fit', async () => {
    const { ask, add, admin } = await shop();
    await add();
    const body = { name: 'Новый', placeId: 'exit', kind: 'feedback' };
    const codeOf = async (fields: object) =>
      (await ask('POST', '/api/v1/devices', admin, { ...body, ...fields })).json<{ code?: string }>().code;
    expect(await codeOf({ placeId: 'nowhere' })).toBe('REFERENCE_UNKNOWN');
    expect(await codeOf({ settings: { object: { kind: 'factor', id: 'price' } } })).toBe('REFERENCE_UNKNOWN');
    expect(await codeOf({ name: 'Планшет у выхода' })).toBe('EXISTS');
    expect(await codeOf({ settings: { scale: 6 } })).toBe('VALIDATION');
    expect(await codeOf({ settings: { colour: 'red' } })).toBe('VALIDATION');
    expect(await codeOf({ settings: { object: { kind: 'place', id: 'till' } } })).toBeUndefined();
  });

  it('guesses of its PIN are throttled as logins are, also the right one', async () => {
    const { add, pair, later } = await shop();
    const { pin } = await add();
    const wrong = pin === '000000' ? '000001' : '000000';
    for (let guess = 0; guess < 5; guess += 1) expect((await pair(wrong)).statusCode).toBe(401);
    const refused = await pair(pin);
    expect([refused.statusCode, Number(refused.headers['retry-after'])]).toEqual([429, 900]);
    later.ms += 16 * MINUTE;
    expect((await pair(pin)).statusCode).toBe(401);
  });

  it('is audited when it is added, paired and revoked, without its PIN or token', async () => {
    const { service, add, tokenOf, ask, admin } = await shop();
    const { pin, id } = await add();
    const token = await tokenOf(pin);
    await ask('DELETE', `/api/v1/devices/${id}`, admin);
    await expect.poll(() => acts(service).at(-1)).toEqual(['devices.remove', 'key:key-0', id, 'allowed']);
    expect(acts(service)).toContainEqual(['devices.add', 'key:key-0', 'Планшет у выхода', 'allowed']);
    expect(acts(service)).toContainEqual(['devices.pair', 'device:Планшет у выхода', null, 'allowed']);
    const written = JSON.stringify([service.ports.audited, service.log]);
    expect(written).not.toContain(`"${pin}"`);
    expect(written).not.toContain(token.slice(-43));
  });

  it('is known after a restart by a hash in a file of its own; its PIN is not', async () => {
    const first = await shop();
    const token = await first.tokenOf((await first.add()).pin);
    const { pin } = await first.add({ name: 'Ждёт' });
    await first.service.app.close();
    const text = readFileSync(first.file, 'utf8');
    expect(statSync(first.file).mode & 0o777).toBe(0o600);
    expect(text).not.toContain(token.slice(-43));
    expect(text).not.toContain(pin);
    const again = await shop(first.service.config.server.accounts);
    expect((await again.ask('GET', '/api/v1/device', token)).statusCode).toBe(200);
    expect((await again.pair(pin)).statusCode).toBe(401);
  });

  it('whose entry a person broke is left out and named, and stays in the file; a damaged file is not replaced', async () => {
    const first = await shop();
    const token = await first.tokenOf((await first.add()).pin);
    await first.service.app.close();
    const content = JSON.parse(readFileSync(first.file, 'utf8')) as { devices: object[] };
    writeFileSync(first.file, JSON.stringify({ ...content, devices: [...content.devices, { id: 's3cret' }] }));
    const again = await shop(first.service.config.server.accounts);
    expect((await again.ask('GET', '/api/v1/device', token)).statusCode).toBe(200);
    await again.add({ name: 'Ещё' });
    expect(readFileSync(first.file, 'utf8')).toContain('s3cret');
    expect(again.service.log.join('')).toContain('devices.json: devices[1] is left out');
    await again.service.app.close();
    writeFileSync(first.file, '{');
    const damaged = await shop(first.service.config.server.accounts);
    expect((await damaged.ask('GET', '/api/v1/device', token)).statusCode).toBe(401);
    const refused = await damaged.ask('POST', '/api/v1/devices', damaged.admin, {
      ...{ name: 'Новый', placeId: 'exit', kind: 'feedback' },
    });
    expect(refused.json()).toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(first.file, 'utf8')).toBe('{');
  });
});

const acts = ({ ports }: TestApp) =>
  ports.audited.map(({ action, actor, target, outcome }) => [action, actor, target, outcome]);
