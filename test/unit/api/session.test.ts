import { afterEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';

const PASSWORD = 'correct horse battery';
const open: TestApp[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()));
});

const withAnna = async (): Promise<TestApp> => {
  const test = await testApp();
  open.push(test);
  const made = await test.app.fastify.inject({
    method: 'POST',
    url: '/api/v1/users',
    payload: { name: 'anna', password: PASSWORD, role: 'admin' },
  });
  expect(made.statusCode).toBe(204);
  return test;
};

const login = (test: TestApp, password = PASSWORD, name = 'anna') =>
  test.app.fastify.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { name, password } });

describe('sessions', () => {
  it('is open with a banner until there is an account, then asks everyone to log in', async () => {
    const test = await testApp();
    open.push(test);
    const before = await test.app.fastify.inject('/api/v1/session');
    expect(before.json()).toMatchObject({ open: true, authenticated: true, role: 'admin', actor: 'loopback' });
    await (await Accounts.open(test.config.server.accounts)).addUser('anna', PASSWORD, 'admin');
    await expect.poll(async () => (await test.app.fastify.inject('/api/v1/streams')).statusCode).toBe(401);
    const after = await test.app.fastify.inject('/api/v1/session');
    expect(after.json()).toMatchObject({ open: false, authenticated: false, role: null, permissions: [] });
  });

  it('gives an httpOnly same-site cookie and asks for the CSRF token with every change', async () => {
    const test = await withAnna();
    const answer = await login(test);
    expect(answer.statusCode).toBe(200);
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ name: 'emoscope_session', httpOnly: true, sameSite: 'Strict', path: '/' });
    const cookies = { emoscope_session: cookie?.value ?? '' };
    const { csrfToken } = answer.json<{ csrfToken: string }>();
    expect((await test.app.fastify.inject({ url: '/api/v1/streams', cookies })).statusCode).toBe(200);
    const remove = (headers: Record<string, string>) =>
      test.app.fastify.inject({ method: 'DELETE', url: '/api/v1/streams/a', cookies, headers });
    expect((await remove({})).json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await remove({ 'x-csrf-token': 'guess' })).statusCode).toBe(403);
    expect((await remove({ 'x-csrf-token': csrfToken, origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await remove({ 'x-csrf-token': csrfToken })).statusCode).toBe(204);
  });

  it('keeps the language of the dashboard in the account, and says which one the site has', async () => {
    const test = await withAnna();
    const answer = await login(test);
    expect(answer.json()).toMatchObject({ language: null, siteLanguage: null });
    const cookies = { emoscope_session: answer.cookies[0]?.value ?? '' };
    const headers = { 'x-csrf-token': answer.json<{ csrfToken: string }>().csrfToken };
    const kept = await test.app.fastify.inject({
      method: 'PATCH',
      url: '/api/v1/session',
      payload: { language: 'en' },
      cookies,
      headers,
    });
    expect(kept.json()).toMatchObject({ actor: 'user:anna', language: 'en' });
    expect((await login(test)).json()).toMatchObject({ language: 'en' });
  });

  it('ends at logout, with a new password and with the account', async () => {
    const test = await withAnna();
    const enter = async () => {
      const answer = await login(test);
      return {
        cookies: { emoscope_session: answer.cookies[0]?.value ?? '' },
        headers: { 'x-csrf-token': answer.json<{ csrfToken: string }>().csrfToken },
      };
    };
    const status = async (as: { cookies: Record<string, string> }) =>
      (await test.app.fastify.inject({ url: '/api/v1/streams', cookies: as.cookies })).statusCode;
    const first = await enter();
    const second = await enter();
    await test.app.fastify.inject({ method: 'POST', url: '/api/v1/auth/logout', ...first });
    expect([await status(first), await status(second)]).toEqual([401, 200]);
    await test.app.fastify.inject({
      method: 'PATCH',
      url: '/api/v1/users/anna',
      payload: { password: `${PASSWORD} 2` },
      ...second,
    });
    expect(await status(second)).toBe(401);
  });

  it('answers a wrong name and a wrong password alike, then throttles', async () => {
    const test = await withAnna();
    const wrong = await login(test, 'wrong password');
    const unknown = await login(test, 'wrong password', 'nobody');
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json()).toEqual(unknown.json());
    await Promise.all([1, 2, 3, 4].map(() => login(test, 'wrong password')));
    const throttled = await login(test);
    expect(throttled.statusCode).toBe(429);
    expect(Number(throttled.headers['retry-after'])).toBeGreaterThan(0);
    const logins = test.ports.audited.filter(({ action }) => action === 'auth.login');
    expect(logins).toHaveLength(7);
    expect(logins.every(({ outcome, kind }) => outcome === 'refused' && kind === 'security')).toBe(true);
    expect(JSON.stringify([test.ports.audited, test.log])).not.toContain('wrong password');
  });
});

describe('the open mode on loopback', () => {
  it.each([
    ['a foreign host name (DNS rebinding)', { host: 'evil.example' }],
    ['a host name that only looks like loopback', { host: '127.0.0.1.evil.example' }],
    ['no usable host', { host: 'a b' }],
    ['a page of another origin', { host: 'localhost:8080', origin: 'https://evil.example' }],
    ['another local port', { host: 'localhost:8080', origin: 'http://localhost:3000' }],
    ['an opaque origin', { host: 'localhost:8080', origin: 'null' }],
    ['a cross-site image', { host: 'localhost:8080', 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s', async (_what, headers) => {
    const test = await testApp();
    open.push(test);
    for (const method of ['GET', 'POST'] as const) {
      const answer = await test.app.fastify.inject({
        method,
        url: '/api/v1/streams',
        headers: headers as Record<string, string>,
        ...(method === 'POST' ? { payload: {} } : {}),
      });
      expect(answer.statusCode).toBe(403);
    }
  });

  it('refuses a peer that is not this machine', async () => {
    const test = await testApp();
    open.push(test);
    const answer = await test.app.fastify.inject({ url: '/api/v1/streams', remoteAddress: '192.168.1.7' });
    expect(answer.statusCode).toBe(403);
  });

  it('serves its own pages', async () => {
    const test = await testApp();
    open.push(test);
    const headers = { host: '[::1]:8080', origin: 'http://[::1]:8080', 'sec-fetch-site': 'same-origin' };
    expect((await test.app.fastify.inject({ url: '/api/v1/streams', headers })).statusCode).toBe(200);
  });
});
