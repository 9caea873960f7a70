import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';

describe('what a trusted proxy says of a caller', () => {
  let test: TestApp;
  let url: string;
  let token: string;
  beforeAll(async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'emoscope-frontage-')), 'accounts.json');
    const accounts = await Accounts.open(path);
    await accounts.addUser('root', 'correct horse battery', 'admin');
    ({ token } = await accounts.addKey('board', 'operator'));
    test = await testApp({ server: { accounts: path, trustProxy: ['127.0.0.0/8', '::1/128', '10.0.0.0/8'] } });
    ({ url } = await test.app.listen());
  });
  afterAll(() => test.app.close());

  it.each([
    [{}, '127.0.0.1'],
    [{ 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '6.6.6.6, 203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '203.0.113.9, 10.1.2.3' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.2.3' }, '203.0.113.9'],
    [{ 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' }, '127.0.0.1'],
    [{ 'x-forwarded-for': 'nonsense' }, 'nonsense'],
  ])('%o: the same address over HTTP and over the socket', async (headers: Record<string, string>, address) => {
    const authorization = `Bearer ${token}`;
    await fetch(`${url}api/v1/samples/export`, { headers: { ...headers, authorization } });
    const socket = io(`${url}live`, {
      transports: ['websocket'],
      extraHeaders: { ...headers, authorization },
      forceNew: true,
    });
    await socket.timeout(5000).emitWithAck('subscribe', { topics: ['faces'] });
    socket.close();
    const seen = () => test.ports.audited.slice(-2).map((entry) => entry.address);
    await expect.poll(seen).toEqual([address, address]);
  });

  it('the browser’s own connection counts for what is promised of encryption', async () => {
    const hsts = async (proto: string): Promise<string | null> =>
      (await fetch(`${url}healthz`, { headers: { 'x-forwarded-proto': proto } })).headers.get(
        'strict-transport-security',
      );
    expect(await hsts('http, https')).toContain('max-age');
    expect(await hsts('https, http')).toBeNull();
  });
});
