import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LIVE_ACCESS, routeAccess } from '../../../src/api/auth/access.js';
import { ROUTE_ACCESS } from '../../fixtures/route-access.js';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { ACCOUNT_ROLES, may, type AccountRole } from '../../../src/api/auth/roles.js';
import { TOPICS, type ClientEvents, type ServerEvents, type SubscribeAck } from '../../../src/contracts/events.js';
import { happyContact, statusOf, testApp, type TestApp } from '../../fixtures/api-ports.js';
import { waitUntil } from '../../fixtures/wait-until.js';

const PASSWORD = 'correct horse battery';

describe('the access table', () => {
  let test: TestApp;
  let url: string;
  const tokens = new Map<AccountRole, string>();

  beforeAll(async () => {
    test = await testApp();
    const accounts = await Accounts.open(test.config.server.accounts);
    await accounts.addUser('root', PASSWORD, 'admin');
    for (const role of ACCOUNT_ROLES) tokens.set(role, (await accounts.addKey(`key-${role}`, role)).token);
    ({ url } = await test.app.listen());
    await vi.waitFor(async () => expect((await fetch(`${url}api/v1/streams`)).status).toBe(401), { timeout: 30_000 });
  });
  afterAll(() => test.app.close());

  const call = async (row: string, token: string | null): Promise<{ status: number; code: string | null }> => {
    const [method = '', path = ''] = row.split(' ');
    const abort = new AbortController();
    const response = await fetch(
      url +
        path
          .slice(1)
          .replace(/:(id|name)/, 'nobody')
          .replace('*', 'nothing'),
      {
        method,
        signal: abort.signal,
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
      },
    );
    const isProblem =
      response.headers.get('content-type')?.startsWith('application/json') === true && response.status >= 400;
    const { code = null } = isProblem ? ((await response.json()) as { code?: string }) : {};
    abort.abort();
    return { status: response.status, code };
  };

  it('has a row for every route and a route for every row', () => {
    for (const row of Object.keys(ROUTE_ACCESS)) {
      const [method = '', path = ''] = row.split(' ');
      if (path === '/' || path.endsWith('*')) continue;
      expect(test.app.fastify.hasRoute({ method, url: path }), row).toBe(true);
    }
    expect(routeAccess(ROUTE_ACCESS, 'GET', '/api/v1/unheard-of')).toBeUndefined();
  });

  it.each(Object.entries(ROUTE_ACCESS).filter(([, { needs }]) => needs !== 'public'))(
    '%s: refused to strangers and to roles without the permission, open to the others',
    async (row, { needs }) => {
      expect(await call(row, null)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
      for (const [role, token] of tokens) {
        const { status, code } = await call(row, token);
        const refused = status === 401 || code === 'FORBIDDEN';
        expect({ role, refused }).toEqual({
          role,
          refused: needs === 'public' ? false : needs === 'device' || !may(role, needs),
        });
        expect(status, `${role} ${row}`).toBeLessThan(500);
      }
    },
  );

  it('writes an audit entry for every audited row, allowed or refused', async () => {
    for (const [row, { audit, action }] of Object.entries(ROUTE_ACCESS)) {
      if (audit === null) continue;
      const before = test.ports.audited.length;
      await call(row, tokens.get('viewer') ?? '');
      await expect.poll(() => test.ports.audited.length, { message: row }).toBeGreaterThan(before);
      const added = test.ports.audited.slice(before);
      expect(
        added.map((entry) => [entry.kind, entry.action, entry.actor]),
        row,
      ).toContainEqual([audit, action, 'key:key-viewer']);
    }
  });

  it('audits a recognisable picture and refuses it to a viewer', async () => {
    const look = (role: AccountRole) =>
      fetch(`${url}api/v1/streams/a/snapshot.jpg?blurred=false`, {
        headers: { authorization: `Bearer ${tokens.get(role) ?? ''}` },
      }).then(({ status }) => status);
    expect(await look('viewer')).toBe(403);
    expect(await look('operator')).toBe(200);
    const looks = () => test.ports.audited.filter(({ action }) => action === 'snapshot.view');
    await expect.poll(() => looks().length).toBe(3);
    expect(looks().map(({ actor, phase, outcome }) => [actor, phase, outcome])).toEqual([
      ['key:key-viewer', 'finished', 'refused'],
      ['key:key-operator', 'begun', 'allowed'],
      ['key:key-operator', 'finished', 'allowed'],
    ]);
  });

  describe('live events', () => {
    const clients: Socket[] = [];
    afterAll(() => clients.forEach((client) => client.disconnect()));

    const connect = async (role: AccountRole): Promise<Socket<ServerEvents, ClientEvents>> => {
      const client: Socket<ServerEvents, ClientEvents> = io(`${url}live`, {
        auth: { apiKey: tokens.get(role) },
        transports: ['websocket'],
        forceNew: true,
      });
      clients.push(client);
      await new Promise<void>((resolve, reject) => {
        client.once('connect', resolve);
        client.once('connect_error', reject);
      });
      return client;
    };

    it('refuses a stranger and a wrong key', async () => {
      for (const auth of [{}, { apiKey: 'emk_wrong' }]) {
        const client = io(`${url}live`, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
        const error = await new Promise<Error>((resolve) => client.once('connect_error', resolve));
        expect(error.message).toBe('UNAUTHENTICATED');
        client.disconnect();
      }
    });

    it('lets go of a subscriber whose key is withdrawn, and audits looks and refusals', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const own = await testApp();
      const accounts = await Accounts.open(own.config.server.accounts);
      await accounts.addUser('root', PASSWORD, 'admin');
      const { token, id } = await accounts.addKey('screen', 'viewer');
      const address = (await own.app.listen()).url;
      await vi.waitFor(async () => expect((await fetch(`${address}api/v1/streams`)).status).toBe(401), {
        timeout: 5000,
      });
      const client = io(`${address}live`, { auth: { apiKey: token }, transports: ['websocket'], reconnection: false });
      clients.push(client);
      await new Promise<void>((resolve) => client.once('connect', resolve));
      expect(await client.emitWithAck('subscribe', { topics: ['faces'] })).toMatchObject({
        ok: false,
        code: 'FORBIDDEN',
      });
      expect(own.ports.audited.at(-1)).toMatchObject({ actor: 'key:screen', action: 'live.faces', outcome: 'refused' });
      await accounts.removeKey(id);
      await waitUntil('the subscriber to be let go', () => {
        vi.advanceTimersByTime(30_000);
        return !client.connected;
      });
      vi.useRealTimers();
      await own.app.close();
    });

    it.each(ACCOUNT_ROLES)('%s gets exactly the events of the table', async (role) => {
      const client = await connect(role);
      const got = new Set<string>();
      client.onAny((event: string) => got.add(event));
      const acks = await Promise.all(
        TOPICS.map(
          (topic) => client.timeout(2000).emitWithAck('subscribe', { topics: [topic] }) as Promise<SubscribeAck>,
        ),
      );
      const allowedTopics = TOPICS.filter((_topic, index) => acks[index]?.ok === true);
      expect(allowedTopics.includes('faces')).toBe(may(role, 'faces'));
      const ack = (await client.timeout(2000).emitWithAck('subscribe', { topics: allowedTopics })) as SubscribeAck;
      expect(ack.ok).toBe(true);

      const live = test.ports.live.emit();
      const contact = happyContact(`c-${role}`, 'till', 1_700_000_000_000);
      live.faces({ streamId: 'a', ts: 1, faces: [] });
      live.contactStart({ contactId: contact.id, pointId: 'till', startTs: 1 });
      live.contactUpdate({ contactId: contact.id, pointId: 'till', startTs: 1, curve: [], bursts: [] });
      live.contactEnd(contact);
      live.metrics({ ts: 1, threshold: 20, smiles: {}, streams: {} });
      live.door({ streamId: 'a', ts: 1, in: 2, out: 1, inside: 1 });
      live.happyIndex({
        ts: 1,
        pointId: 'till',
        contacts: 1,
        qualified: 1,
        happy: 1,
        unhappy: 0,
        indifferent: 0,
        already: 0,
        former: 0,
        netResponse: { value: null, low: null, high: null, basis: 0, answered: null, byChance: null },
        value: 1,
        low: null,
        high: null,
      });
      const [stream] = test.config.streams;
      if (stream === undefined) throw new Error('no stream');
      const awaited = may(role, 'contacts')
        ? (['metrics', 'door', 'happy-index'] as const)
        : (['metrics', 'door'] as const);
      await expect.poll(() => awaited.every((event) => got.has(event))).toBe(true);
      live.status(statusOf(stream));
      await expect.poll(() => got.has('status')).toBe(true);
      const expected = Object.entries(LIVE_ACCESS)
        .filter(([event, { needs }]) => !event.includes('subscribe') && may(role, needs as 'view'))
        .map(([event]) => event);
      expect([...got].sort()).toEqual(expected.sort());
    });
  });
});
