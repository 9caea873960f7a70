import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { HappyIndexEvent } from '../../../src/contracts/events.js';
import { WEBHOOK_EVENTS } from '../../../src/api/webhooks/webhook-file.js';
import { happyContact, testApp, type TestApp } from '../../fixtures/api-ports.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Posted {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** A service with a webhook for every event, and what the receiver got. */
const start = async (kAnonymity: number): Promise<{ test: TestApp; got: Posted[] }> => {
  const got: Posted[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push(JSON.parse(body) as Posted);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => server.close());
  const test = await testApp({ privacy: { kAnonymity }, webhooks: { allowPrivateAddresses: true } });
  closers.push(() => test.app.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const payload = { url, events: WEBHOOK_EVENTS };
  const made = await test.app.fastify.inject({ method: 'POST', url: '/api/v1/webhooks', payload });
  expect(made.statusCode).toBe(201);
  return { test, got };
};

const index = (value: number): Omit<HappyIndexEvent, 'seq'> => ({
  ts: 1,
  pointId: 'till',
  contacts: 7,
  qualified: 7,
  happy: 7,
  unhappy: 0,
  indifferent: 0,
  already: 0,
  former: 0,
  netResponse: { value: null, low: null, high: null, basis: 0, answered: null, byChance: null },
  value,
  low: null,
  high: null,
});

/** One contact ends, its index is told, a shift is given out; a state at the end, so that all before it has arrived. */
const happen = ({ ports }: TestApp): void => {
  const live = ports.live.emit();
  live.contactEnd(happyContact('c1', 'till', 1));
  live.happyIndex(index(1));
  live.happyIndexReleased({ ...index(0.5), covered: { fromTs: 0, toTs: 9 } });
  const [stream] = ports.streams.list();
  if (stream === undefined) throw new Error('no stream');
  live.status({ ...stream, state: 'offline' });
};

describe('receivers outside, which have no role', () => {
  it('are told of no single contact while small groups are guarded, and of Happy-Index by the whole shift', async () => {
    const { test, got } = await start(5);
    happen(test);
    await expect.poll(() => got.map(({ event }) => event)).toEqual(['happy-index', 'status']);
    expect(got[0]?.data).toMatchObject({ value: 0.5, covered: { fromTs: 0, toTs: 9 } });
    const { items } = (await test.app.fastify.inject('/api/v1/webhooks')).json<{ items: { withheld: string[] }[] }>();
    expect(items[0]?.withheld).toEqual(['contact:end']);
  });

  it('are told of each where everything is open', async () => {
    const { test, got } = await start(1);
    happen(test);
    await expect.poll(() => got.at(-1)?.event).toBe('status');
    expect(got.map(({ event }) => event)).toEqual(['contact:end', 'happy-index', 'happy-index', 'status']);
    expect(got[0]?.data).toMatchObject({ contact: { id: 'c1' } });
    const { items } = (await test.app.fastify.inject('/api/v1/webhooks')).json<{ items: { withheld: string[] }[] }>();
    expect(items[0]?.withheld).toEqual([]);
  });
});
