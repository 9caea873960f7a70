import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { LiveClient } from '../../../src/client/index.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { hasOpenssl, selfSigned } from '../../fixtures/certificate.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { freePort } from '../../fixtures/free-port.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { findChromium, launchChromium, openPage } from './browser.js';
import { builtWeb } from './build-web.js';

const NGINX = '/usr/sbin/nginx';
const hasNginx = spawnSync(NGINX, ['-v']).error === undefined;
const executable = findChromium();
const PASSWORD = 'behind a proxy, in a shop';

/** The server of a host whose `/emoscope/` is the documented snippet. */
const nginxConf = (folder: string, port: number, plainPort: number, upstream: number): string => `
daemon off; error_log ${folder}/error.log; pid ${folder}/pid; ${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} ssl; listen 127.0.0.1:${plainPort};
    ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
    ${readFileSync('deploy/proxy/nginx.conf', 'utf8').replace('127.0.0.1:8080', `127.0.0.1:${upstream}`)}
  }
}
`;

/** Pages, and what is there once their data have come. */
const PAGES = [
  ['contact', 'h1, h2'],
  ['reports/questions', '[data-download]'],
  ['cameras', 'table, .card'],
  ['system', '[data-card="load"]'],
  ['system', '[data-card="engine"]'],
  ['system/audit', '[data-report="audit"], .card'],
] as const;

describe.skipIf(executable === null || !hasNginx || !hasOpenssl)('behind a real nginx, under a path', () => {
  const folder = temporaryFolder('nginx');
  let browser: Browser;
  let service: TestApp;
  let origin = '';
  let plainOrigin = '';
  let stopProxy: () => void = () => undefined;

  beforeAll(async () => {
    const webRoot = await builtWeb();
    const accounts = path.join(folder.path, 'accounts.json');
    await (await Accounts.open(accounts)).addUser('anna', PASSWORD, 'admin');
    service = await testApp({ server: { trustProxy: true, accounts } }, webRoot);
    const { port: upstream } = await service.app.listen();
    const [port, plainPort] = [await freePort(), await freePort()];
    selfSigned(folder.path, 'localhost');
    writeFileSync(path.join(folder.path, 'nginx.conf'), nginxConf(folder.path, port, plainPort, upstream));
    const nginx = spawn(NGINX, ['-c', path.join(folder.path, 'nginx.conf'), '-p', folder.path], { stdio: 'ignore' });
    stopProxy = () => nginx.kill('SIGQUIT');
    origin = `https://localhost:${port}`;
    plainOrigin = `http://127.0.0.1:${plainPort}`;
    await waitUntil('nginx answers', () =>
      get('/emoscope/healthz').then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    browser = await launchChromium(executable ?? '');
  });

  afterAll(async () => {
    await browser.close();
    stopProxy();
    await service.app.close();
    folder.remove();
  });

  const get = (url: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      request(`${origin}${url}`, { rejectUnauthorized: false, headers }, (response) => {
        void text(response).then((body) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      })
        .once('error', reject)
        .end();
    });

  it('a person logs in, sees live figures, and logs out; the cookie is for encrypted connections of this host', async () => {
    const { page, context, errors } = await openPage(browser, { origin, width: 1440, insecure: true });
    const loggedIn = page.waitForResponse((response) => response.url().endsWith('/auth/login'));
    const live = page.waitForEvent('websocket');
    await page.goto(`${origin}/emoscope/`);
    await page.locator('[name="username"]').fill('anna');
    await page.locator('[type="password"]').fill(PASSWORD);
    await page.locator('[type="submit"]').click();
    expect((await loggedIn).status()).toBe(200);
    expect((await live).url()).toContain('/emoscope/socket.io/');
    await page.locator('[data-link="online"]').waitFor();
    const cookies = await context.cookies();
    expect(cookies).toMatchObject([{ name: '__Host-emoscope_session', secure: true, httpOnly: true }]);
    expect(errors.filter((error) => !/401/.test(error))).toEqual([]);
    await context.close();
  });

  it('every page asks under the path alone', async () => {
    const { page, context, errors } = await openPage(browser, { origin, width: 1440, insecure: true });
    const asked = new Set<string>();
    page.on('request', (one) => {
      const { protocol, pathname } = new URL(one.url());
      // Pictures are blobs of the page itself.
      if (protocol !== 'blob:' && protocol !== 'data:') asked.add(pathname);
    });
    await page.goto(`${origin}/emoscope/`);
    await page.locator('[name="username"]').fill('anna');
    await page.locator('[type="password"]').fill(PASSWORD);
    await page.locator('[type="submit"]').click();
    await page.locator('[data-link="online"]').waitFor();
    for (const [hash, ready] of PAGES) {
      await page.goto(`${origin}/emoscope/#/${hash}`);
      await page.locator(ready).first().waitFor();
    }
    expect([...asked].filter((path) => !path.startsWith('/emoscope/'))).toEqual([]);
    expect(errors.filter((error) => !/401/.test(error))).toEqual([]);
    await context.close();
  });

  it('the page of terminals pairs and shows its faces under the path alone', async () => {
    const { token } = await (await Accounts.open(service.config.server.accounts)).addKey('setup', 'admin');
    const { page, context, errors } = await openPage(browser, { origin, width: 1440, insecure: true });
    const asked = new Set<string>();
    context.on('request', (one) => asked.add(new URL(one.url()).pathname));
    const made = await page.request.post(`${origin}/emoscope/api/v1/devices`, {
      data: { name: 'Exit', placeId: 'a', kind: 'feedback' },
      headers: { authorization: `Bearer ${token}` },
    });
    const { pin } = (await made.json()) as { pin: string };
    await page.goto(`${origin}/emoscope/kiosk`);
    for (const digit of pin) await page.locator('.pad').getByText(digit, { exact: true }).click();
    await page.locator('[data-screen="faces"]').waitFor();
    expect([...asked].filter((path) => !path.startsWith('/emoscope/'))).toEqual([]);
    expect(errors.filter((error) => !/ServiceWorker|SSL/.test(error))).toEqual([]);
    await context.close();
  });

  it('pages can be opened by a path, the API can be tried out, and encryption is asked for', async () => {
    const page = await get('/emoscope/reports/me1', { accept: 'text/html' });
    expect(page.status).toBe(302);
    expect(new URL(String(page.headers['location']), `${origin}/emoscope/reports/me1`).href).toBe(
      `${origin}/emoscope/#/reports/me1`,
    );
    expect(page.headers['strict-transport-security']).toContain('max-age');
    const document = JSON.parse((await get('/emoscope/docs/json')).body) as { servers: { url: string }[] };
    expect(new URL(document.servers[0]?.url ?? '', `${origin}/emoscope/docs/json`).pathname).toBe('/emoscope/');
  });

  it('the audit log names the browser, whatever it claims, and another origin may not post', async () => {
    const audited: string[] = [];
    const { note } = service.ports.audit;
    service.ports.audit.note = (act, outcome) => {
      audited.push(act.address ?? '');
      note(act, outcome);
    };
    const login = (headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(`${origin}/emoscope/api/v1/auth/login`, {
          method: 'POST',
          rejectUnauthorized: false,
          headers: { 'content-type': 'application/json', ...headers },
        });
        sent.once('error', reject);
        sent.once('response', (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.end(JSON.stringify({ name: 'anna', password: PASSWORD }));
      });
    expect(await login({ origin, 'x-forwarded-for': '203.0.113.9' })).toBe(200);
    expect(audited).toEqual(['127.0.0.1']);
    expect(await login({ origin: 'https://elsewhere.example' })).toBe(403);
  });

  it('the client package finds the live events under the path', async () => {
    const { token } = await (await Accounts.open(service.config.server.accounts)).addKey('board', 'viewer');
    const connected = new Promise((resolve) => {
      const client = new LiveClient({
        url: `${plainOrigin}/emoscope`,
        apiKey: token,
        topics: ['metrics'],
        onConnected: () => {
          client.close();
          resolve(true);
        },
      });
      client.connect();
    });
    expect(await connected).toBe(true);
  });
});

describe('open mode', () => {
  it.each(['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'])(
    'refuses what came through a proxy (%s): it may be from anywhere',
    async (header) => {
      const { app } = await testApp();
      const answer = await app.fastify.inject({
        url: '/api/v1/streams',
        headers: { host: 'localhost', [header]: 'x' },
      });
      await app.close();
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain('through a proxy');
    },
  );
});
