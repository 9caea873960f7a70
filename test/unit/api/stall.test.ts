import { once } from 'node:events';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_ACCESS } from '../../fixtures/route-access.js';
import { parseConfig } from '../../../src/config/load.js';
import { redact, redactDeep } from '../../../src/runtime/redact.js';
import { openApiText } from '../../fixtures/api-documents.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { cpuMsOf, HEAVY_SHAPES, heavyText } from '../../fixtures/heavy-texts.js';

/** No request may keep the loop for longer, ms of CPU. */
const BUDGET_MS = 50;
const BODY_LIMIT = 262_144;
/** What a body leaves for one text beside its braces. */
const LONGEST_BODY_TEXT = BODY_LIMIT - 2000;
/** Node refuses request heads over 16 KiB. */
const LONGEST_HEAD_TEXT = 12_000;
const SOCKET_LIMIT = 65_536;
const LONGEST_CONFIG_TEXT = 256 * 1024;
/** Each place gets every third shape, the next place the next ones; `EMOSCOPE_TEST_ATTACK` set gives every place all of them. */
const STRIDE = process.env['EMOSCOPE_TEST_ATTACK'] === undefined ? 3 : 1;

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Schema } } };
}

/** Bodies with `text` at each place of a schema, one place at a time. */
const planted = (schema: Schema | undefined, text: string, named: (name: string) => Schema | undefined): unknown[] => {
  if (schema === undefined) return [text];
  if (schema.$ref !== undefined) return planted(named(schema.$ref), text, named);
  const variants = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (variants !== undefined) return variants.flatMap((variant) => planted(variant, text, named));
  if (schema.items !== undefined) return planted(schema.items, text, named).map((item) => [item]);
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return [text];
  return fields.flatMap(([name, field]) => planted(field, text, named).map((value) => ({ [name]: value })));
};

const asBody = (value: unknown): string => JSON.stringify(value).slice(0, BODY_LIMIT);
/** Escapes make a text longer: as much of it as fits. */
const fitting = (shape: string, length: number, encode: (text: string) => string): string => {
  const text = heavyText(shape, length);
  const factor = encode(text).length / Math.max(1, text.length);
  return factor <= 1 ? text : heavyText(shape, Math.floor(length / factor));
};

describe('a text as long as it may be', () => {
  let test: TestApp;
  let port: number;
  let paths: Record<string, Record<string, Operation>>;
  let named: (name: string) => Schema | undefined;

  beforeAll(async () => {
    const document = JSON.parse(await openApiText()) as {
      paths: typeof paths;
      components?: { schemas?: Record<string, Schema> };
    };
    ({ paths } = document);
    named = (name) => document.components?.schemas?.[name.split('/').at(-1) ?? ''];
    test = await testApp();
    ({ port } = await test.app.listen());
  });
  afterAll(() => test.app.close());

  /** How many requests were turned away before anybody looked at them. */
  let turnedAway = 0;
  const request = async (
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<void> => {
    const payload = body === undefined ? {} : { payload: body };
    const { statusCode } = await test.app.fastify.inject({ method: method as 'GET', url, headers, ...payload });
    if (statusCode === 429) turnedAway += 1;
  };

  const rows = Object.keys(ROUTE_ACCESS).filter((row) => !row.endsWith('live.mjpg') && !row.includes('/docs'));

  it.each(rows)(
    'keeps the loop for less than the budget on %s',
    async (row) => {
      const [method = 'GET', path = '/'] = row.split(' ');
      const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      const json = { 'content-type': 'application/json' };
      const plain = path.replace(/:(id|name)/, 'a').replace('*', 'a');
      const schema = operation?.requestBody?.content['application/json']?.schema;
      const slow: string[] = [];
      let place = 0;
      const measure = async (what: string, work: () => unknown): Promise<void> => {
        place += 1;
        if (place % STRIDE !== 0) return;
        const cpuMs = await cpuMsOf(work, BUDGET_MS);
        if (cpuMs >= BUDGET_MS) slow.push(`${what}: ${Math.round(cpuMs)} ms`);
      };
      await request(method, plain, json, method === 'GET' || method === 'DELETE' ? undefined : '{}');
      for (const [index, shape] of HEAVY_SHAPES.entries()) {
        place = index;
        const head = encodeURIComponent(fitting(shape, LONGEST_HEAD_TEXT, encodeURIComponent));
        const names = (operation?.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
        for (const name of [...names, 'unknown'])
          await measure(`query ${name} ${shape}`, () => request(method, `${plain}?${name}=${head}`, {}));
        await measure(`query name ${shape}`, () => request(method, `${plain}?${head}=1`, {}));
        if (plain !== path)
          await measure(`path ${shape}`, () => request(method, path.replace(/:(id|name)|\*/, head), {}));
        if (method === 'GET' || method === 'DELETE') continue;
        const text = fitting(shape, LONGEST_BODY_TEXT, (value) => JSON.stringify(value));
        const bodies = [...planted(schema, text, named), { [text]: 1 }, text, { a: { [text]: [text.slice(0, 9)] } }];
        for (const body of bodies)
          await measure(`body ${shape} ${JSON.stringify(body).slice(0, 40)}`, () =>
            request(method, plain, json, asBody(body)),
          );
        await measure(`raw body ${shape}`, () => request(method, plain, json, text));
      }
      expect(slow).toEqual([]);
      expect(turnedAway).toBe(0);
    },
    600_000,
  );

  it('keeps the loop for less than the budget in any header', async () => {
    const slow: string[] = [];
    const names =
      'authorization x-api-key cookie x-request-id if-none-match accept accept-encoding accept-language range host origin referer x-csrf-token x-forwarded-for x-forwarded-host x-forwarded-proto forwarded content-type user-agent';
    for (const name of names.split(' ')) {
      for (const shape of HEAVY_SHAPES) {
        const value = heavyText(shape, LONGEST_HEAD_TEXT).replace(/[^\x20-\x7e]/g, '?');
        const cpuMs = await cpuMsOf(() => request('GET', '/api/v1/info', { [name]: value }), BUDGET_MS);
        if (cpuMs >= BUDGET_MS) slow.push(`${name} ${shape}: ${Math.round(cpuMs)} ms`);
      }
    }
    expect(slow).toEqual([]);
  }, 600_000);

  it('keeps the loop for less than the budget in any live event', async () => {
    const slow: string[] = [];
    for (const shape of HEAVY_SHAPES) {
      const text = fitting(shape, SOCKET_LIMIT - 2000, (value) => JSON.stringify(value));
      const bodies = [
        text,
        { topics: [text] },
        { topics: ['faces'], streams: [text] },
        { contacts: [text] },
        { [text]: 1 },
      ];
      for (const body of bodies) {
        const client = io(`http://localhost:${port}/live`, {
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
        });
        await once(client as never, 'connect');
        const ask = () =>
          client
            .timeout(10_000)
            .emitWithAck('subscribe', body)
            .catch(() => null);
        const cpuMs = await cpuMsOf(ask, BUDGET_MS);
        if (cpuMs >= BUDGET_MS) slow.push(`${shape} ${JSON.stringify(body).slice(0, 30)}: ${Math.round(cpuMs)} ms`);
        client.disconnect();
      }
    }
    expect(slow).toEqual([]);
  }, 600_000);

  it('is read in time in proportion to its length by the parser of configurations and by what hides secrets', async () => {
    const slow: string[] = [];
    const measure = async (what: string, work: () => unknown): Promise<void> => {
      const cpuMs = await cpuMsOf(work, BUDGET_MS);
      if (cpuMs >= BUDGET_MS) slow.push(`${what}: ${Math.round(cpuMs)} ms`);
    };
    const tried = (work: () => unknown) => () => {
      try {
        work();
      } catch {
        // A refusal is an answer as well; what counts is the time until it.
      }
    };
    for (const shape of HEAVY_SHAPES) {
      const text = heavyText(shape, LONGEST_CONFIG_TEXT);
      await measure(`redact ${shape}`, () => redact(text));
      await measure(`redactDeep ${shape}`, () => redactDeep({ [text]: [text, new Error(text)], url: text }));
      const keys = [
        'site: {name: %}',
        'streams: [{id: a, url: %}]',
        'streams: [{id: %, url: rtsp://a/1}]',
        'mqtt: {url: %}',
        '%: 1',
      ];
      for (const key of keys)
        await measure(
          `configuration ${key} ${shape}`,
          tried(() =>
            parseConfig(
              key.replace('%', () => JSON.stringify(text)),
              'x.yaml',
              {},
            ),
          ),
        );
    }
    expect(slow).toEqual([]);
  }, 600_000);
});
