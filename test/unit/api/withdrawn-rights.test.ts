import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountRole } from '../../../src/api/auth/roles.js';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { systemClock } from '../../../src/runtime/clock.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';

const PASSWORD = 'correct horse battery';
const PATIENCE = { timeout: 20_000, interval: 200 };

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface House extends TestApp {
  readonly url: string;
  readonly accounts: Accounts;
  readonly root: Headers;
  readonly later: { ms: number };
}
type Headers = Readonly<Record<string, string>>;

/** A copy of which the first bytes come and no more. */
const begun = (): Readable => {
  const copy = new Readable({ read: () => undefined });
  copy.push('begun');
  return copy;
};

/** A service with an administrator, whose backup never ends and whose clock can be moved on. */
const house = async (): Promise<House> => {
  const later = { ms: 0 };
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + later.ms };
  const endless = { backup: { extension: '.duckdb', open: async () => Promise.resolve(begun()) } };
  const test = await testApp({}, undefined, '0', () => endless, clock);
  closers.push(() => test.app.close());
  const accounts = await Accounts.open(test.config.server.accounts);
  await accounts.addUser('root', PASSWORD, 'admin');
  const { token } = await accounts.addKey('root-key', 'admin');
  const { url } = await test.app.listen();
  await expect.poll(async () => (await fetch(new URL('/api/v1/info', url))).status, PATIENCE).toBe(401);
  return { ...test, url, accounts, root: { 'x-api-key': token }, later };
};

const keyFor = async ({ accounts }: House, name: string, role: AccountRole) => {
  const { id, token } = await accounts.addKey(name, role);
  return { id, headers: { 'x-api-key': token } };
};

const askIn = ({ url }: House, name: string): Promise<Response> =>
  fetch(new URL('/api/v1/auth/login', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });

const login = async (of: House, name: string): Promise<Headers> => {
  const answer = await askIn(of, name);
  expect(answer.status).toBe(200);
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', 'x-csrf-token': csrfToken };
};

interface Held {
  readonly status: number;
  readonly isClosed: () => boolean;
  readonly response: IncomingMessage;
}

/** An answer that is held open: a live view, or a download without end. */
const hold = async ({ url }: House, path: string, headers: Headers): Promise<Held> => {
  const request = httpRequest(new URL(path, url), { headers, agent: false });
  request.on('error', () => undefined);
  request.end();
  closers.push(() => request.destroy());
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  let closed = false;
  response.once('close', () => (closed = true));
  return { status: response.statusCode ?? 0, isClosed: () => closed, response };
};

const LIVE = '/api/v1/streams/a/live.mjpg';
const CLEAR = `${LIVE}?blurred=false`;

const socketOf = ({ url }: House, extraHeaders: Headers): Socket => {
  const socket = io(`${url}live`, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
  closers.push(() => socket.disconnect());
  return socket;
};

const connected = async (of: House, headers: Headers): Promise<Socket> => {
  const socket = socketOf(of, headers);
  await once(socket as never, 'connect');
  return socket;
};

/** What is open with some credentials: a live view without blur, and a subscription. */
const openAll = async (of: House, headers: Headers) => {
  const pictures = await hold(of, CLEAR, headers);
  const socket = await connected(of, headers);
  expect(pictures.status).toBe(200);
  return { pictures, socket };
};

const ACTS: Readonly<Record<string, (of: House, who: { readonly key: string }) => Promise<unknown>>> = {
  'its key is withdrawn over the API': ({ url, root }, { key }) =>
    fetch(new URL(`/api/v1/keys/${key}`, url), { method: 'DELETE', headers: root }),
  'its key is withdrawn by another process': ({ accounts }, { key }) => accounts.removeKey(key),
};

const USER_ACTS: Readonly<Record<string, (of: House, session: Headers) => Promise<unknown>>> = {
  'the account gets a lesser role': ({ accounts }) => accounts.changeUser('anna', { role: 'viewer' }),
  'the account gets a new password': ({ accounts }) => accounts.changeUser('anna', { password: `${PASSWORD}2` }),
  'the account is removed': ({ accounts }) => accounts.removeUser('anna'),
  'its session ends': ({ url }, session) =>
    fetch(new URL('/api/v1/auth/logout', url), { method: 'POST', headers: session }),
  'the file of accounts is moved away': ({ config }) =>
    rename(config.server.accounts, `${config.server.accounts}.moved`),
};

const ends = async (of: House, headers: Headers, act: () => Promise<unknown>, othersStay: boolean): Promise<void> => {
  const { pictures, socket } = await openAll(of, headers);
  const own = await openAll(of, of.root);
  await act();
  await expect.poll(() => [pictures.isClosed(), socket.connected], PATIENCE).toEqual([true, false]);
  // Nobody watches on their behalf any more.
  await expect.poll(() => of.ports.watchers.size, PATIENCE).toBe(othersStay ? 1 : 0);
  expect([own.pictures.isClosed(), own.socket.connected]).toEqual([!othersStay, othersStay]);
};

describe('what was opened with a right ends when the right is withdrawn', () => {
  it.each(Object.keys(ACTS))('when %s', async (name) => {
    const of = await house();
    const { id, headers } = await keyFor(of, 'till', 'operator');
    await ends(of, headers, async () => ACTS[name]?.(of, { key: id }), true);
  });

  it.each(Object.keys(USER_ACTS))('when %s', async (name) => {
    const of = await house();
    await of.accounts.addUser('anna', PASSWORD, 'operator');
    const session = await login(of, 'anna');
    await ends(of, session, async () => USER_ACTS[name]?.(of, session), !name.includes('moved away'));
  });

  it('downloads as well, while they are under way', async () => {
    const of = await house();
    const { id, headers } = await keyFor(of, 'keeper', 'admin');
    const download = await hold(of, '/api/v1/backup', headers);
    const own = await hold(of, '/api/v1/backup', of.root);
    expect([download.status, own.status]).toEqual([200, 200]);
    await of.accounts.removeKey(id);
    await expect.poll(download.isClosed, PATIENCE).toBe(true);
    expect(own.isClosed()).toBe(false);
  });
});

describe('a right that another process has just given', () => {
  it('holds with the next request, of a key and of a new account', async () => {
    const of = await house();
    for (let n = 0; n < 5; n += 1) {
      const { headers } = await keyFor(of, `key-${String(n)}`, 'viewer');
      const { status } = await fetch(new URL('/api/v1/info', of.url), { headers });
      expect(status).toBe(200);
    }
    await of.accounts.addUser('anna', PASSWORD, 'viewer');
    expect((await askIn(of, 'anna')).status).toBe(200);
  });
});

describe('a file of accounts that is gone', () => {
  it('lets nobody in, though the service is open to this machine while there are none; nor after a restart', async () => {
    const of = await house();
    await rename(of.config.server.accounts, `${of.config.server.accounts}.moved`);
    const statusOf = async (headers: Headers = {}) =>
      (await fetch(new URL('/api/v1/users', of.url), { headers })).status;
    await expect.poll(() => statusOf(of.root), PATIENCE).toBe(401);
    expect(await statusOf()).toBe(401);
    const restarted = await Accounts.open(of.config.server.accounts);
    expect(restarted.hasAccounts).toBe(true);
    expect(restarted.problems).toHaveLength(1);
    await rename(`${of.config.server.accounts}.moved`, of.config.server.accounts);
    await expect.poll(() => statusOf(of.root), PATIENCE).toBe(200);
    expect(await statusOf()).toBe(401);
  });

  it('is no loss once the last account was removed', async () => {
    const of = await house();
    for (const { id } of of.accounts.keys()) await of.accounts.removeKey(id);
    await of.accounts.removeUser('root');
    await rename(of.config.server.accounts, `${of.config.server.accounts}.moved`);
    expect((await Accounts.open(of.config.server.accounts)).hasAccounts).toBe(false);
  });
});

describe('nobody keeps the others out', () => {
  it('one account gets its share of the live views, and others get theirs', async () => {
    const of = await house();
    const [greedy, other] = [await keyFor(of, 'greedy', 'viewer'), await keyFor(of, 'other', 'viewer')];
    const statuses = [];
    for (let n = 0; n < 30; n += 1) statuses.push((await hold(of, LIVE, greedy.headers)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(24);
    expect(statuses.at(-1)).toBe(429);
    expect((await hold(of, LIVE, other.headers)).status).toBe(200);
  });

  it('one account gets its share of the subscriptions, and the administrator still comes in', async () => {
    const of = await house();
    const { headers } = await keyFor(of, 'greedy', 'viewer');
    const tries = Array.from({ length: 210 }, async () => {
      const socket = socketOf(of, headers);
      return Promise.race([
        once(socket as never, 'connect').then(() => 'in'),
        once(socket as never, 'connect_error').then(([error]) => (error as Error).message),
      ]);
    });
    const ended = await Promise.all(tries);
    expect(ended.filter((how) => how === 'in')).toHaveLength(200);
    expect(ended.filter((how) => how === 'RATE_LIMITED')).toHaveLength(10);
    expect((await connected(of, of.root)).connected).toBe(true);
  }, 60_000);

  it('a viewer who reads no more loses the live view', async () => {
    const of = await house();
    const { response, isClosed } = await hold(of, LIVE, of.root);
    response.pause();
    const jpeg = Buffer.alloc(4_000_000);
    const show = () => of.ports.watchers.forEach((watcher) => watcher({ ts: 1, jpeg, emptyViewKnown: null }));
    for (let n = 0; n < 5; n += 1) show();
    expect(of.ports.watchers.size).toBe(1);
    of.later.ms += 60_000;
    show();
    await expect.poll(() => of.ports.watchers.size, PATIENCE).toBe(0);
    response.resume();
    await expect.poll(isClosed, PATIENCE).toBe(true);
  });
});
