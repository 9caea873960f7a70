import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { configSchema } from '../../../src/config/schema.js';
import { RunningConfig } from '../../../src/pipeline/configuration/running-config.js';
import { ContactWatch } from '../../../src/pipeline/numbers/contact-watch.js';
import { createContactPointsPort } from '../../../src/pipeline/adapters/contact-points-port.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';

const PASSWORD = 'correct horse battery';
let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.app.close());

const post = async (url: string, payload: object) => {
  const answer = await test.app.fastify.inject({ method: 'POST', url: `/api/v1${url}`, payload });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json<Record<string, unknown>>() };
};

describe('what exists is never replaced by something that is created', () => {
  it('accounts: the password and the role of the first one stay', async () => {
    const accounts = await Accounts.open(join(mkdtempSync(join(tmpdir(), 'emoscope-names-')), 'accounts.json'));
    await accounts.addUser('anna', PASSWORD, 'admin');
    await expect(accounts.addUser('anna', 'another password', 'viewer')).rejects.toMatchObject({ code: 'EXISTS' });
    expect((await accounts.authenticate('anna', PASSWORD))?.role).toBe('admin');
    expect(await accounts.authenticate('anna', 'another password')).toBeNull();
  });

  it('accounts: two who create one name at the same moment make one account', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'emoscope-names-')), 'accounts.json');
    const root = await Accounts.open(path);
    await root.addUser('root', PASSWORD, 'admin');
    const writers = await Promise.all([0, 1, 2].map(() => Accounts.open(path)));
    const made = await Promise.allSettled(
      writers.map((writer, index) => writer.addUser('bob', `${PASSWORD} ${index}`, 'viewer')),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await Accounts.open(path)).users().map(({ name }) => name)).toEqual(['root', 'bob']);
  });

  it('accounts over REST: 409 EXISTS, and the file is as it was', async () => {
    expect(await post('/users', { name: 'anna', password: PASSWORD, role: 'admin' })).toEqual({
      status: 204,
      body: null,
    });
    const before = readFileSync(test.config.server.accounts, 'utf8');
    const accounts = await Accounts.open(test.config.server.accounts);
    const { token } = await accounts.addKey('admin-key', 'admin');
    const again = () =>
      test.app.fastify.inject({
        method: 'POST',
        url: '/api/v1/users',
        headers: { authorization: `Bearer ${token}`, 'accept-language': 'ru' },
        payload: { name: 'anna', password: 'another password', role: 'viewer' },
      });
    // The service looks at the file once a second; until then it does not know the key.
    await expect.poll(async () => (await again()).statusCode, { timeout: 10_000, interval: 200 }).toBe(409);
    const { code, message } = (await again()).json<{ code: string; message: string }>();
    expect(code).toBe('EXISTS');
    expect(message).toContain('«anna» уже есть');
    expect((JSON.parse(readFileSync(test.config.server.accounts, 'utf8')) as { users: unknown }).users).toEqual(
      (JSON.parse(before) as { users: unknown }).users,
    );
  });

  it('keys: the audit log tells them by name, so a second one of a name is refused', async () => {
    const accounts = await Accounts.open(join(mkdtempSync(join(tmpdir(), 'emoscope-names-')), 'accounts.json'));
    await accounts.addUser('anna', PASSWORD, 'admin');
    const { token } = await accounts.addKey('till', 'viewer');
    await expect(accounts.addKey('till', 'admin')).rejects.toMatchObject({ code: 'EXISTS' });
    expect(accounts.keyOf(token)?.role).toBe('viewer');
  });

  it('cameras: 409 STREAM_EXISTS', async () => {
    const [camera] = test.ports.streams.list();
    const made = await post('/streams', { id: camera?.id, url: 'rtsp://other/1', role: 'display' });
    expect(made).toMatchObject({ status: 409, body: { code: 'STREAM_EXISTS' } });
    expect(test.ports.streams.get(camera?.id ?? '')?.role).toBe(camera?.role);
  });

  it('contact points: 409 EXISTS, while PUT says that it replaces', async () => {
    const point = { id: 'till-9', seller: 'a', customer: 'b' };
    expect((await post('/contact-points', point)).status).toBe(201);
    const again = await post('/contact-points', { ...point, customer: 'c' });
    expect(again).toMatchObject({ status: 409, body: { code: 'EXISTS' } });
    expect(test.ports.contactPoints.list().find(({ id }) => id === 'till-9')?.customer).toBe('b');
  });

  it('contact points of the running service, too', async () => {
    const config = configSchema.parse({
      privacy: { jurisdiction: 'other' },
      streams: ['a', 'b'].map((id) => ({ id, url: '/nowhere.mp4' })),
      contacts: [{ id: 'till', seller: 'a', customer: 'b' }],
    });
    const running = new RunningConfig(config, null);
    const watch = new ContactWatch([], { metrics: config.metrics, maxLagMs: 0, onChange: () => undefined });
    const port = createContactPointsPort(watch, running);
    await expect(port.add({ id: 'till', seller: 'b', customer: 'a' })).rejects.toMatchObject({ code: 'EXISTS' });
    expect(running.current.contacts).toEqual(config.contacts);
  });

  it('zones: two of one id in a camera are refused', () => {
    const config = configSchema.parse({ streams: [{ id: 'a', url: '/nowhere.mp4' }] });
    const running = new RunningConfig(config, null);
    const zone = {
      id: 'till',
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    };
    const twice = configSchema.parse({ streams: [{ id: 'a', url: '/nowhere.mp4', zones: [zone, zone] }] }).streams;
    expect(() => running.change({ streams: twice })).toThrow(/"till" is used twice/);
    expect(running.current.streams).toEqual(config.streams);
  });

  it('webhooks: each has an id of its own, so a second one to the same address leaves the first as it is', async () => {
    const first = await post('/webhooks', { url: 'https://example.com/a', events: ['status'] });
    const second = await post('/webhooks', { url: 'https://example.com/a', events: ['happy-index'] });
    expect([first.status, second.status]).toEqual([201, 201]);
    const { items } = (await test.app.fastify.inject('/api/v1/webhooks')).json<{ items: { events: string[] }[] }>();
    expect(items.map(({ events }) => events)).toContainEqual(['status']);
    expect(items).toHaveLength(2);
  });
});

describe('what exists is changed by saying so', () => {
  it('a new password ends what the old one opened, and leaves role and language', async () => {
    const accounts = await Accounts.open(join(mkdtempSync(join(tmpdir(), 'emoscope-names-')), 'accounts.json'));
    await accounts.addUser('anna', PASSWORD, 'admin');
    await accounts.changeUser('anna', { language: 'en' });
    const before = accounts.find('anna');
    await accounts.changeUser('anna', { password: 'another password' });
    const after = accounts.find('anna');
    expect(after).toMatchObject({ role: 'admin', language: 'en' });
    expect(after?.stamp).not.toBe(before?.stamp);
    expect(await accounts.authenticate('anna', PASSWORD)).toBeNull();
  });

  it('never takes the last admin away', async () => {
    const accounts = await Accounts.open(join(mkdtempSync(join(tmpdir(), 'emoscope-names-')), 'accounts.json'));
    await accounts.addUser('anna', PASSWORD, 'admin');
    await expect(accounts.changeUser('anna', { role: 'viewer' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(accounts.changeUser('bob', { role: 'viewer' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
