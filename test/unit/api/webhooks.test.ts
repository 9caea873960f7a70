import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../src/api/webhooks/address.js';
import { failureOf } from '../../../src/api/webhooks/failure.js';
import { post } from '../../../src/api/webhooks/post.js';
import { sign, SIGNATURE_HEADER, verifySignature } from '../../../src/api/webhooks/signature.js';
import { Webhooks, type WebhooksOptions } from '../../../src/api/webhooks/webhooks.js';
import { webhookSink } from '../../../src/api/webhooks/webhook-sink.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { happyContact, statusOf, testApp } from '../../fixtures/api-ports.js';
import { hasOpenssl, selfSigned } from '../../fixtures/certificate.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const listen = async (handler: RequestListener): Promise<{ url: string; server: Server }> => {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, server };
};

const open = async (
  options: Partial<WebhooksOptions> = {},
): Promise<{ webhooks: Webhooks; path: string; log: string[] }> => {
  const path = join(mkdtempSync(join(tmpdir(), 'emoscope-hooks-')), 'webhooks.json');
  const log: string[] = [];
  const webhooks = await Webhooks.open({
    path,
    allowPrivate: true,
    logger: createLogger({ level: 'debug', pretty: false, destination: { write: (line) => void log.push(line) } }),
    attempts: 3,
    timeoutMs: 2000,
    backoff: { firstMs: 1, maxMs: 2, factor: 2, jitter: 0.5 },
    ...options,
  });
  closers.push(() => webhooks.close());
  return { webhooks, path, log };
};

describe('webhooks', () => {
  it('post signed events in order', async () => {
    const got: { request: IncomingMessage; body: string }[] = [];
    const { url } = await listen((request, response) => {
      void text(request).then((body) => {
        got.push({ request, body });
        response.end();
      });
    });
    const { webhooks } = await open();
    const { secret } = await webhooks.add(url, ['contact:end']);
    webhooks.publish('status', { id: 'not asked for' });
    for (const n of [1, 2, 3]) webhooks.publish('contact:end', { n });
    await expect.poll(() => got.length).toBe(3);
    expect(got.map(({ body }) => (JSON.parse(body) as { data: { n: number } }).data.n)).toEqual([1, 2, 3]);
    for (const { request, body } of got) {
      const header = String(request.headers[SIGNATURE_HEADER]);
      expect(verifySignature(secret, header, body)).toBe(true);
      expect(verifySignature(secret, header, `${body} `)).toBe(false);
      expect(verifySignature('another', header, body)).toBe(false);
    }
  });

  it('retry, then keep a dead letter that can be sent again', async () => {
    let broken = true;
    let calls = 0;
    const { url } = await listen((_request, response) => {
      calls += 1;
      response.writeHead(broken ? 500 : 204).end();
    });
    const { webhooks } = await open();
    const { id } = await webhooks.add(url, ['status']);
    webhooks.publish('status', {});
    await expect.poll(() => webhooks.deadLetters().length).toBe(1);
    const [letter] = webhooks.deadLetters();
    expect(letter).toMatchObject({ webhookId: id, event: 'status', attempts: 3, failure: 'status 500' });
    expect(calls).toBe(3);
    broken = false;
    webhooks.retry(letter?.id ?? '');
    await expect.poll(() => calls).toBe(4);
    expect(webhooks.deadLetters()).toEqual([]);
    expect(() => webhooks.retry('nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('do not follow a redirect', async () => {
    let followed = 0;
    const target = await listen((_request, response) => {
      followed += 1;
      response.end();
    });
    const { url } = await listen((_request, response) => response.writeHead(307, { location: target.url }).end());
    const { webhooks } = await open({ attempts: 1 });
    await webhooks.add(url, ['status']);
    webhooks.publish('status', {});
    await expect.poll(() => webhooks.deadLetters()[0]?.failure).toBe('status 307');
    expect(followed).toBe(0);
  });

  it('give up on a receiver that never answers', async () => {
    const { url } = await listen(() => undefined);
    const { webhooks } = await open({ attempts: 1, timeoutMs: 50 });
    await webhooks.add(url, ['status']);
    webhooks.publish('status', {});
    await expect.poll(() => webhooks.deadLetters()[0]?.failure).toBe('timeout');
  });

  it('try every address of a name', async () => {
    const { url } = await listen((_request, response) => response.end());
    const deaf = { address: '127.0.0.2', family: 4 } as const;
    const status = await post({
      url: url.replace('127.0.0.1', 'shop.example'),
      headers: {},
      body: '{}',
      allowPrivate: true,
      timeoutMs: 10_000,
      signal: new AbortController().signal,
      resolve: () => Promise.resolve([deaf, { address: '127.0.0.1', family: 4 }]),
    });
    expect(status).toBe(200);
  });

  it.skipIf(!hasOpenssl)('name a certificate that does not vouch for its host', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emoscope-hooks-'));
    const server = createTlsServer(selfSigned(folder, 'elsewhere.example'), (_request, response) => response.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const { webhooks } = await open({ attempts: 1 });
    await webhooks.add(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`, ['status']);
    webhooks.publish('status', {});
    await expect.poll(() => webhooks.deadLetters()[0]?.failure).toBe('certificate');
  });

  it.each([
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['ENOTFOUND', 'unknown-host'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNREFUSED', 'unreachable'],
  ])('call %s %s', (code, failure) => {
    expect(failureOf(Object.assign(new Error('of the system'), { code }))).toBe(failure);
  });

  it('call people for another state or reason, not for each time the machine falls behind', async () => {
    const published: unknown[] = [];
    const { config } = await testApp();
    const [stream] = config.streams;
    if (stream === undefined) throw new Error('no stream');
    const sink = webhookSink({
      publish: (_event: string, data: unknown) => published.push(data),
    } as unknown as Webhooks);
    const status = { ...statusOf(stream), seq: 1 };
    for (const shortfall of ['overload', null, 'overload', null, 'source'] as const)
      sink({ event: 'status', payload: { ...status, shortfall } });
    expect(published).toHaveLength(1);
    sink({ event: 'status', payload: { ...status, state: 'offline', reason: 'unreachable' } });
    sink({ event: 'status', payload: { ...status, state: 'offline', reason: 'unauthorised' } });
    sink({ event: 'status', payload: { ...status, shortfall: 'overload' } });
    expect(published).toHaveLength(4);
  });

  it('never call a private address unless allowed, even when a name leads there', async () => {
    let called = 0;
    const { url } = await listen((_request, response) => {
      called += 1;
      response.end();
    });
    const { webhooks } = await open({ allowPrivate: false, attempts: 1 });
    for (const target of [
      url,
      'http://localhost/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://0x7f000001/',
      'http://2130706433/',
      'http://169.254.169.254/latest/meta-data/',
      'http://user:pass@example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'not a url',
    ]) {
      await expect(webhooks.add(target, ['status']), target).rejects.toMatchObject({ code: 'VALIDATION' });
    }
    const stored = await open();
    await stored.webhooks.add(url.replace('127.0.0.1', 'localhost'), ['status']);
    const strict = await open({ path: stored.path, allowPrivate: false, attempts: 1 });
    strict.webhooks.publish('status', {});
    await expect.poll(() => strict.webhooks.deadLetters()[0]?.failure).toBe('refused');
    expect(called).toBe(0);
  });

  it('survive a restart, in a file for its owner alone, and forget on removal', async () => {
    const { webhooks, path, log } = await open();
    const made = await webhooks.add('https://example.com/hook?token=s3cret', ['status']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await open({ path });
    expect(again.webhooks.list()).toMatchObject([{ id: made.id, url: 'https://example.com/hook?token=***' }]);
    expect(JSON.stringify(again.webhooks.list())).not.toContain(made.secret);
    await again.webhooks.remove(made.id);
    expect(readFileSync(path, 'utf8')).not.toContain('example.com');
    expect(log.join('')).not.toContain('s3cret');
  });

  it('get contacts without their curves, from the live hub', async () => {
    const got: string[] = [];
    const { url } = await listen((request, response) => {
      void text(request).then((body) => {
        got.push(body);
        response.end();
      });
    });
    const { app, ports } = await testApp({
      privacy: { kAnonymity: 1 },
      webhooks: { allowPrivateAddresses: true },
    });
    closers.push(() => app.close());
    const made = await app.fastify.inject({
      method: 'POST',
      url: '/api/v1/webhooks',
      payload: { url, events: ['contact:end'] },
    });
    expect(made.statusCode).toBe(201);
    ports.live.emit().contactEnd(happyContact('c1', 'till', 1));
    await expect.poll(() => got.length).toBe(1);
    const body = JSON.parse(got[0] ?? '{}') as { event: string; data: { contact: Record<string, unknown> } };
    expect(body.event).toBe('contact:end');
    expect(body.data.contact).toMatchObject({ id: 'c1', verdict: 'happy' });
    expect(body.data.contact).not.toHaveProperty('curve');
  });
});

describe('isPublicAddress', () => {
  it.each([
    ['8.8.8.8', true],
    ['1.1.1.1', true],
    ['2606:4700:4700::1111', true],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.31.255.255', false],
    ['172.32.0.0', true],
    ['192.168.0.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['224.0.0.1', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['example.com', false],
    ['', false],
  ])('%s → %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});

describe('signatures', () => {
  it('hold for the signed body and moment alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 0, max: 2 ** 32 }), (secret, body, at) => {
        const header = sign(secret, at, body);
        expect(verifySignature(secret, header, body, at + 300)).toBe(true);
        expect(verifySignature(secret, header, body, at + 301)).toBe(false);
        expect(verifySignature(secret, header.replace(/^t=\d+/, `t=${at + 1}`), body, at)).toBe(false);
        expect(verifySignature(secret, header.slice(0, -1), body, at)).toBe(false);
      }),
    );
  });
});
