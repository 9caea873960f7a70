import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { MqttIntake } from '../../../src/api/mqtt/mqtt-intake.js';
import { configSchema } from '../../../src/config/schema.js';
import type { Observation } from '../../../src/contracts/observation.js';
import { createIntake } from '../../../src/pipeline/observations/intake.js';
import { systemClock } from '../../../src/runtime/clock.js';
import { createLogger } from '../../../src/runtime/logger.js';
import type { Store } from '../../../src/store/ports/store.js';
import { uuidAt } from '../../fixtures/observations.js';
import { freePort } from '../../fixtures/free-port.js';
import { waitFor, waitUntil } from '../../fixtures/wait-until.js';
import { Stores } from '../store/stores.js';

const isInstalled = spawnSync('mosquitto', ['-h']).error === undefined;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const broker = (port: number): ChildProcess => {
  const file = join(mkdtempSync(join(tmpdir(), 'emoscope-observe-')), 'conf');
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\n`);
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore' });
  closers.push(() => child.kill('SIGKILL'));
  return child;
};

const buttonOf = (port: number): Promise<MqttClient> =>
  waitFor('the broker', async () => {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 }, false).catch(() => null);
    if (client !== null) closers.push(() => client.endAsync(true));
    return client;
  });

describe.skipIf(!isInstalled)('facts over MQTT', () => {
  /** A service's way in over the broker, its store, and what it logs. */
  const listening = (port: number, store: Store) => {
    const config = configSchema.parse({
      mqtt: { url: `mqtt://127.0.0.1:${port}`, topicPrefix: 'shop', observe: true },
      places: [{ id: 'till', name: 'Касса' }],
    });
    const { mqtt } = config;
    if (mqtt === undefined) throw new Error('a broker is configured');
    const log: string[] = [];
    const logger = createLogger({
      level: 'warn',
      pretty: false,
      destination: { write: (line: string) => void log.push(line) },
    });
    const observations = createIntake({ store, sink: store, config: () => config, clock: systemClock });
    const intake = new MqttIntake({
      ...{ mqtt, siteId: 'site', observations, clock: systemClock, logger },
      reconnectMs: 200,
    });
    closers.push(() => intake.close());
    return { intake, log };
  };
  const storeOf = async (): Promise<Store> => {
    const stores = new Stores();
    closers.push(() => stores.closeAll());
    return stores.memory();
  };
  const kept = (store: Store): Promise<readonly Observation[]> =>
    store.observations({ fromTs: 0, toTs: Date.now() + 60_000, limit: 100 });
  /** Presses until one arrives: the subscription is there from then on. */
  const heardBy = async (store: Store, client: MqttClient): Promise<void> => {
    await waitUntil('a first press', async () => {
      await client.publishAsync('shop/observe/till/press', 'green', { qos: 1 });
      return (await kept(store)).length > 0;
    });
  };
  const redOnes = async (store: Store): Promise<number> =>
    (await kept(store)).filter((fact) => fact.kind === 'press' && fact.grade === 'red').length;

  it('place and kind are the topic’s, a press may be its grade alone, and an id makes it one fact', async () => {
    const port = await freePort();
    broker(port);
    const client = await buttonOf(port);
    const store = await storeOf();
    listening(port, store);
    await heardBy(store, client);
    const id = uuidAt(Date.now(), 7);
    const receipts = JSON.stringify({ id, ts: Date.now() - 5000, counter: 'receipt', n: 3, placeId: 'elsewhere' });
    for (let time = 0; time < 3; time += 1) await client.publishAsync('shop/observe/till/count', receipts, { qos: 1 });
    await client.publishAsync('shop/observe/till/press', '4', { qos: 1 });
    await client.publishAsync('shop/observe/till/press', 'red', { qos: 0 });
    await waitUntil('the last press', async () => (await redOnes(store)) === 1);
    const facts = await kept(store);
    expect(facts.filter(({ kind }) => kind === 'count')).toMatchObject([
      { id, placeId: 'till', source: 'mqtt', counter: 'receipt', n: 3 },
    ]);
    expect(facts.flatMap((fact) => (fact.kind === 'press' ? [fact.grade] : []))).toContain(4);
  });

  it('what cannot be a fact is named in the log, once a minute, and nothing else ends', async () => {
    const port = await freePort();
    broker(port);
    const client = await buttonOf(port);
    const store = await storeOf();
    const { log } = listening(port, store);
    await heardBy(store, client);
    await client.publishAsync('shop/observe/till/press', 'kept', { qos: 1, retain: true });
    await client.publishAsync('shop/observe/attic/press', 'red', { qos: 1 });
    await client.publishAsync('shop/observe/till/count', '{"counter":', { qos: 1 });
    await client.publishAsync('shop/observe/till/spot-check', '{}', { qos: 1 });
    await client.publishAsync('shop/observe/till/press', Buffer.from([0xff, 0x00, 0xfe]), { qos: 1 });
    await client.publishAsync('shop/observe/till/press', 'red', { qos: 1 });
    await waitUntil('the good one', async () => (await redOnes(store)) === 1);
    await waitUntil('the first fault', () => log.length > 0);
    expect((await kept(store)).every((fact) => fact.kind === 'press' && fact.placeId === 'till')).toBe(true);
  });

  it('what was told while the service was away comes when it is back, and once', async () => {
    const port = await freePort();
    broker(port);
    const client = await buttonOf(port);
    const store = await storeOf();
    const { intake } = listening(port, store);
    await heardBy(store, client);
    const before = (await kept(store)).length;
    await intake.close();
    for (let press = 0; press < 5; press += 1) await client.publishAsync('shop/observe/till/press', 'red', { qos: 1 });
    listening(port, store);
    await waitUntil('what was missed', async () => (await redOnes(store)) >= 5);
    expect(await redOnes(store)).toBe(5);
    expect((await kept(store)).length).toBeGreaterThanOrEqual(before + 5);
  });
});
