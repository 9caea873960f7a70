import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { WindowMetrics } from '../../../src/contracts/window.js';
import { happyContact, statusOf, testApp } from '../../fixtures/api-ports.js';
import { freePort } from '../../fixtures/free-port.js';

const isInstalled = spawnSync('mosquitto', ['-h']).error === undefined;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const broker = async (port: number): Promise<ChildProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'emoscope-mqtt-'));
  const passwords = join(folder, 'passwords');
  spawnSync('mosquitto_passwd', ['-b', '-c', passwords, 'shop', 's3cret-mqtt']);
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous false', `password_file ${passwords}`, 'user root'];
  writeFileSync(join(folder, 'conf'), `${lines.join('\n')}\n`);
  const child = spawn('mosquitto', ['-c', join(folder, 'conf')], { stdio: 'ignore' });
  closers.push(() => child.kill('SIGKILL'));
  await expect
    .poll(
      () =>
        connectAsync(
          `mqtt://127.0.0.1:${port}`,
          { username: 'shop', password: 's3cret-mqtt', reconnectPeriod: 0 },
          false,
        ).then(
          (client) => client.endAsync().then(() => true),
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  return child;
};

const listener = async (port: number): Promise<{ client: MqttClient; got: Map<string, string> }> => {
  const got = new Map<string, string>();
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'shop', password: 's3cret-mqtt' });
  client.on('message', (topic, payload) => got.set(topic, payload.toString()));
  await client.subscribeAsync('#');
  closers.push(() => client.endAsync(true));
  return { client, got };
};

const window: WindowMetrics = {
  smileIndex: 0.42,
  smilingPersons: 0.25,
  absolute: 21,
  frames: 100,
  framesWithFaces: 50,
  utilizationPercent: 50,
  samples: 60,
  emotions: null,
  mood: 55.5,
  visitors: 9,
  malePercent: 50,
  meanAgeYears: 30,
};

describe.skipIf(!isInstalled)('MQTT against mosquitto', () => {
  it('announces, publishes, comes back with the broker and says goodbye', async () => {
    const port = await freePort();
    const first = await broker(port);
    const { got } = await listener(port);
    const { app, ports, config, log } = await testApp({
      privacy: { kAnonymity: 1 },
      mqtt: { url: `mqtt://shop:s3cret-mqtt@127.0.0.1:${port}`, topicPrefix: 'shop-1' },
    });
    closers.push(() => app.close());
    await expect.poll(() => got.get('shop-1/availability')).toBe('online');
    await expect.poll(() => got.get('homeassistant/sensor/shop-1_till_happy_index/config')).toBeDefined();
    const discovery = JSON.parse(got.get('homeassistant/sensor/shop-1_a_smile_index/config') ?? '{}') as Record<
      string,
      unknown
    >;
    expect(discovery).toMatchObject({
      state_topic: 'shop-1/streams/a/metrics',
      availability_topic: 'shop-1/availability',
      unique_id: 'shop-1_a_smile_index',
    });
    expect(JSON.parse(got.get('shop-1/streams/a/state') ?? '{}')).toMatchObject({ state: 'online' });

    const live = ports.live.emit();
    const windows = { '10s': window, '1m': window, '15m': window, today: window };
    live.metrics({ ts: 1000, threshold: 20, smiles: {}, streams: { a: windows } });
    live.contactEnd(happyContact('c1', 'till', 1));
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
    await expect.poll(() => got.get('shop-1/contact-points/till/happy-index')).toBeDefined();
    expect(JSON.parse(got.get('shop-1/streams/a/metrics') ?? '{}')).toMatchObject({
      smileIndex: 0.42,
      mood: 55.5,
      visitorsToday: 9,
    });
    const contact = JSON.parse(got.get('shop-1/contact-points/till/contact') ?? '{}') as Record<string, unknown>;
    expect(contact).toMatchObject({ id: 'c1', verdict: 'happy' });
    expect(contact).not.toHaveProperty('curve');

    first.kill('SIGKILL');
    await once(first, 'exit');
    const [stream] = config.streams;
    if (stream === undefined) throw new Error('no stream');
    for (let i = 0; i < 1000; i += 1) live.status({ ...statusOf(stream), state: 'offline' });
    got.clear();
    await broker(port);
    await expect.poll(() => got.get('shop-1/availability'), { timeout: 15_000 }).toBe('online');
    live.metrics({
      ts: 20_000,
      threshold: 20,
      smiles: {},
      streams: { a: { ...windows, '15m': { ...window, smileIndex: 0.5 } } },
    });
    await expect
      .poll(() => (JSON.parse(got.get('shop-1/streams/a/metrics') ?? '{}') as { smileIndex?: number }).smileIndex, {
        timeout: 10_000,
      })
      .toBe(0.5);
    await app.close();
    await expect.poll(() => got.get('shop-1/availability')).toBe('offline');
    expect(log.join('')).not.toContain('s3cret-mqtt');
  });

  it('carries no single contact while small groups are guarded, and the Happy-Index of whole shifts', async () => {
    const port = await freePort();
    const first = await broker(port);
    const { got } = await listener(port);
    const mqtt = { url: `mqtt://shop:s3cret-mqtt@127.0.0.1:${port}`, topicPrefix: 'shop-1' };
    const { app, ports } = await testApp({ mqtt });
    closers.push(() => app.close());
    await expect.poll(() => got.get('shop-1/availability')).toBe('online');
    const live = ports.live.emit();
    const index = {
      ...{ ts: 1, pointId: 'till', contacts: 9, qualified: 9, happy: 9, unhappy: 0, indifferent: 0, already: 0 },
      ...{ former: 0, low: null, high: null },
      netResponse: { value: null, low: null, high: null, basis: 0, answered: null, byChance: null },
    };
    live.contactEnd(happyContact('c1', 'till', 1));
    live.happyIndex({ ...index, value: 1 });
    live.happyIndexReleased({ ...index, value: 0.25, covered: { fromTs: 0, toTs: 5 } });
    const indexTopic = 'shop-1/contact-points/till/happy-index';
    await expect.poll(() => got.get(indexTopic)).toBeDefined();
    expect(JSON.parse(got.get(indexTopic) ?? '{}')).toMatchObject({ value: 0.25, covered: { toTs: 5 } });
    const windows = { '10s': window, '1m': window, '15m': window, today: window };
    live.metrics({ ts: 1000, threshold: 20, smiles: {}, streams: { a: windows } });
    await expect.poll(() => got.get('shop-1/streams/a/metrics')).toBeDefined();
    expect(JSON.parse(got.get('shop-1/streams/a/metrics') ?? '{}')).toMatchObject({ samples: 0, covered: null });
    expect(got.has('shop-1/contact-points/till/contact')).toBe(false);

    // A broker that comes back without its memory has the value again, though the next shift is hours away.
    first.kill('SIGKILL');
    await once(first, 'exit');
    got.clear();
    await broker(port);
    await expect.poll(() => got.get(indexTopic), { timeout: 15_000 }).toContain('0.25');
  });

  it('leaves nothing behind of what is gone, removed now or while it was off', async () => {
    const port = await freePort();
    await broker(port);
    const { client, got } = await listener(port);
    const mqtt = { url: `mqtt://shop:s3cret-mqtt@127.0.0.1:${port}`, topicPrefix: 'shop-1' };
    const streams = ['a', 'b'].map((id) => ({ id, url: `rtsp://camera/${id}` }));
    const first = await testApp({ privacy: { kAnonymity: 1 }, mqtt, streams, contacts: [] });
    closers.push(() => first.app.close());
    // Figures of a moment without a broker are given up.
    await expect.poll(() => got.get('shop-1/availability')).toBe('online');
    const windows = { '10s': window, '1m': window, '15m': window, today: window };
    first.ports.live.emit().metrics({ ts: 1000, threshold: 20, smiles: {}, streams: { a: windows, b: windows } });
    const gone = [
      'shop-1/streams/b/metrics',
      'shop-1/streams/b/state',
      'homeassistant/sensor/shop-1_b_smile_index/config',
      'homeassistant/binary_sensor/shop-1_b_online/config',
    ];
    for (const topic of gone)
      await expect.poll(() => got.get(topic), { message: topic }).not.toBeOneOf([undefined, '']);
    await first.ports.streams.remove('b');
    first.ports.live.emit().metrics({ ts: 20_000, threshold: 20, smiles: {}, streams: { a: windows } });
    for (const topic of gone) await expect.poll(() => got.get(topic), { message: topic }).toBe('');
    await first.app.close();

    // As if this camera had been removed while the service was off; the announcement of another program stays.
    const config = got.get('homeassistant/sensor/shop-1_a_smile_index/config') ?? '';
    const left = ['homeassistant/sensor/shop-1_old_smile_index/config', 'shop-1/streams/old/metrics'];
    const foreign = 'homeassistant/sensor/kettle/config';
    for (const topic of [...left, foreign])
      await client.publishAsync(topic, topic === foreign ? '{"origin":{"name":"Kettle"}}' : config, { retain: true });
    const second = await testApp({ privacy: { kAnonymity: 1 }, mqtt });
    closers.push(() => second.app.close());
    for (const topic of left) await expect.poll(() => got.get(topic), { message: topic }).toBe('');
    expect(got.get(foreign)).toContain('Kettle');
    expect(got.get('homeassistant/sensor/shop-1_a_smile_index/config')).toBe(config);
  });

  it('starts without a broker and logs a wrong password once, without showing it', async () => {
    const port = await freePort();
    await broker(port);
    const { app, log } = await testApp({
      privacy: { kAnonymity: 1 },
      mqtt: { url: `mqtt://shop:wr0ng-secret@127.0.0.1:${port}` },
    });
    closers.push(() => app.close());
    await expect.poll(() => log.join(''), { timeout: 10_000 }).toContain('MQTT broker');
    expect((await app.fastify.inject('/healthz')).statusCode).toBe(200);
    expect(log.join('')).not.toContain('wr0ng-secret');
  });
});
