import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_ACCESS } from '../../fixtures/route-access.js';
import { TOPICS } from '../../../src/contracts/events.js';
import { openApiText } from '../../fixtures/api-documents.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';

/** Cases per route and per event; the default keeps `npm test` quick. */
const RUNS = Number(process.env.EMOSCOPE_FUZZ_RUNS ?? 40);
const SEED = process.env.EMOSCOPE_FUZZ_SEED === undefined ? {} : { seed: Number(process.env.EMOSCOPE_FUZZ_SEED) };

const SECRET = 's3cret-camera';
const LEAKS = [SECRET, process.cwd(), '/node_modules/', '/tmp/', 'node:internal', '    at ', 'accounts.json'];

const hostile = fc.constantFrom(
  '',
  '\0',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  "'; DROP TABLE samples; --",
  '${jndi:ldap://x}',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '%',
  '%00',
  '\u202e',
  '\ud800',
  'a'.repeat(5000),
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  '__proto__',
  'constructor',
  'true',
  'null',
  '[]',
);
const text = fc.oneof({ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) }, hostile);
const scalar = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const anyJson = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  fc.constant(JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}') as fc.JsonValue),
  fc.constant(Array.from({ length: 30_000 }, () => 'x') as fc.JsonValue),
  fc.integer({ min: 1, max: 3000 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as fc.JsonValue),
);

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Something near the schema: mostly the right shape, with hostile values in it. */
const near = (schema: Schema | undefined): fc.Arbitrary<unknown> => {
  if (schema === undefined) return scalar;
  const wild = { weight: 1, arbitrary: fc.oneof(scalar, anyJson) as fc.Arbitrary<unknown> };
  if (schema.enum !== undefined) return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...schema.enum) }, wild);
  if (schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, near(field)] as const);
    return fc.oneof({ weight: 6, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) }, wild);
  }
  if (schema.type === 'array')
    return fc.oneof({ weight: 4, arbitrary: fc.array(near(schema.items), { maxLength: 5 }) }, wild);
  if (schema.type === 'integer' || schema.type === 'number')
    return fc.oneof({ weight: 4, arbitrary: fc.double() }, wild);
  return fc.oneof({ weight: 4, arbitrary: text }, wild);
};

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Schema } } };
}

const DECODERS: Readonly<Record<string, (packed: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
};

/** What the caller reads: an answer of a kilobyte goes out compressed to those who accept it. */
const readBody = (payload: Buffer, encoding: string | undefined): string =>
  (encoding === undefined ? payload : (DECODERS[encoding]?.(payload) ?? payload)).toString();

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
const encoded = (value: unknown): string => encodeURIComponent(Buffer.from(asText(value)).toString());

describe('hostile input', () => {
  let test: TestApp;
  let port: number;
  let paths: Record<string, Record<string, Operation>>;
  const faults: unknown[] = [];
  const note = (error: unknown): void => void faults.push(error);

  beforeAll(async () => {
    ({ paths } = JSON.parse(await openApiText()) as { paths: typeof paths });
    test = await testApp();
    ({ port } = await test.app.listen());
    process.on('unhandledRejection', note);
  });
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await test.app.close();
  });
  afterEach(() => expect(faults).toEqual([]));

  const statuses = new Map<number, number>();
  const check = (status: number, body: string, headers: unknown, what: string): void => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(status, what).toBeLessThan(500);
    const shown = body + JSON.stringify(headers);
    for (const leak of LEAKS) expect(shown.includes(leak), `${what} leaks ${leak}: ${shown.slice(0, 500)}`).toBe(false);
    if (status >= 400)
      expect(JSON.parse(body), what).toMatchObject({
        code: expect.any(String) as string,
        message: expect.any(String) as string,
      });
  };

  const rows = Object.keys(ROUTE_ACCESS).filter((row) => !row.endsWith('live.mjpg') && !row.includes('/docs'));

  it.each(rows)(
    '%s',
    async (row) => {
      const [method = 'GET', path = '/'] = row.split(' ');
      const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      const parameters = operation?.parameters ?? [];
      const query = fc.record(
        Object.fromEntries(parameters.filter((p) => p.in === 'query').map((p) => [p.name, near(p.schema)])),
        { requiredKeys: [] },
      );
      const body = operation?.requestBody?.content['application/json']?.schema;
      const input = fc.record({
        id: fc.oneof(fc.constantFrom('a', 'staff', 'till', 'root'), text),
        query: fc.oneof({ weight: 4, arbitrary: query }, fc.dictionary(text, scalar, { maxKeys: 4 })),
        body: fc.oneof({ weight: 5, arbitrary: near(body) }, anyJson),
        raw: fc.option(
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{', '{"a":', '\ufeff{}', '"\\ud800"')),
          { freq: 6 },
        ),
        type: fc.constantFrom(
          'application/json',
          'application/json; charset=utf-16',
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data',
          '',
        ),
        header: fc.dictionary(
          fc.constantFrom(
            'authorization',
            'x-api-key',
            'cookie',
            'x-request-id',
            'if-none-match',
            'accept',
            'accept-encoding',
            'range',
            'x-csrf-token',
          ),
          fc.oneof(
            fc.string({ maxLength: 80 }),
            fc.constantFrom('Bearer emk_x', 'emoscope_session=x; =; a=%', '*', 'bytes=0-99999999999', 'gzip;q=NaN'),
          ),
          { maxKeys: 3 },
        ),
      });
      await fc.assert(
        fc.asyncProperty(input, async ({ id, query: q, body: b, raw, type, header }) => {
          const search = Object.entries(q)
            .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
            .join('&');
          const url = `${path.replace(/:(id|name)/, encoded(id)).replace('*', encoded(id))}?${search}`;
          const headers = Object.fromEntries(
            Object.entries({ ...header, ...(method === 'GET' || type === '' ? {} : { 'content-type': type }) }).map(
              ([k, v]) => [k, v.replace(/[^\x20-\x7e]/g, '?')],
            ),
          );
          const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: raw ?? asText(b) };
          const answer = await test.app.fastify.inject({ method: method as 'GET', url, headers, ...payload });
          const read = readBody(answer.rawPayload, answer.headers['content-encoding']?.toString());
          check(answer.statusCode, read, answer.headers, `${method} ${url.slice(0, 300)}`);
        }),
        { numRuns: RUNS, ...SEED },
      );
      await removeStrangers(test);
    },
    600_000,
  );

  it('got through to the handlers and was refused as well, without locking itself out', async () => {
    for (const status of [200, 400, 404]) expect(statuses.get(status), `${status}`).toBeGreaterThan(RUNS);
    expect((await test.app.fastify.inject('/api/v1/session')).json()).toMatchObject({ open: true });
  });

  it('stays standing under malformed HTTP', async () => {
    const requests = [
      'GET / HTTP/1.1\r\n\r\n',
      'GET /../../etc/passwd HTTP/1.1\r\nhost: localhost\r\n\r\n',
      'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
      'POST /api/v1/streams HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 10\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /api/v1/streams HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'GET /socket.io/?EIO=4&transport=polling&sid=nope HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
      'GET /socket.io/?EIO=9&transport=%00 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
    ];
    for (const request of requests) {
      const socket = connectTcp(port, '127.0.0.1');
      let answer = '';
      socket.on('data', (data) => (answer += data.toString('latin1')));
      socket.on('error', () => undefined);
      socket.write(request);
      await Promise.race([
        once(socket, 'close'),
        expect
          .poll(() => answer, { timeout: 3000 })
          .not.toBe('')
          .catch(() => undefined),
      ]);
      socket.destroy();
      expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
      for (const leak of LEAKS) expect(answer).not.toContain(leak);
    }
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
  });

  it('stays standing under hostile live events', async () => {
    const url = `http://localhost:${port}/live`;
    let client: Socket | undefined;
    const connection = async (): Promise<Socket> => {
      if (client?.connected === true) return client;
      client?.disconnect();
      client = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
      await once(client as never, 'connect');
      return client;
    };
    const request = near({
      type: 'object',
      properties: {
        topics: { type: 'array', items: { enum: TOPICS } },
        streams: { type: 'array' },
        contacts: { type: 'array' },
        lastSeq: { type: 'number' },
        maxFacesPerSecond: { type: 'number' },
      },
    });
    const event = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('subscribe', 'unsubscribe') },
      fc.constantFrom('faces', 'contact:end', 'x', '__proto__', 'constructor', 'error', 'connect'),
    );
    await fc.assert(
      fc.asyncProperty(
        event,
        fc.array(fc.oneof(request, anyJson), { maxLength: 3 }),
        fc.boolean(),
        async (name, args, wantsAck) => {
          const socket = await connection();
          if (['connect', 'error'].includes(name)) {
            socket.io.engine.write(`2/live,${JSON.stringify([name, ...args])}`);
          } else if (wantsAck && name === 'subscribe') {
            const ack: unknown = await socket
              .timeout(3000)
              .emitWithAck(name, ...args)
              .catch(() => null);
            if (ack !== null) {
              expect(ack).toHaveProperty('ok');
              for (const leak of LEAKS) expect(JSON.stringify(ack)).not.toContain(leak);
            }
          } else socket.emit(name, ...args);
          if (wantsAck) socket.io.engine.write(args.length > 1 ? asText(args[0]).slice(0, 1000) : '5["\0');
        },
      ),
      { numRuns: RUNS * 4, ...SEED },
    );
    client?.disconnect();
    const after = await connection();
    expect(await after.timeout(5000).emitWithAck('subscribe', { topics: ['metrics'] })).toMatchObject({ ok: true });
    after.disconnect();
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
  }, 600_000);
});

/** Takes out streams that a lucky case added, so that later cases start alike. */
const removeStrangers = async ({ app, ports }: TestApp): Promise<void> => {
  for (const { id } of ports.streams.list()) {
    if (id !== 'a' && id !== 'staff')
      await app.fastify.inject({ method: 'DELETE', url: `/api/v1/streams/${encodeURIComponent(id)}` });
  }
  if (ports.streams.get('a') === null) {
    const payload = { id: 'a', url: `rtsp://user:${SECRET}@cam-a/1` };
    await app.fastify.inject({ method: 'POST', url: '/api/v1/streams', payload });
  }
};
