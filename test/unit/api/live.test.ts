import type { Socket as TcpSocket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { LiveClient, type LiveClientOptions } from '../../../src/client/index.js';
import type { ContactEndEvent, FacesEvent, LiveFace, MetricsEvent, Snapshot } from '../../../src/contracts/events.js';
import type { WindowMetrics } from '../../../src/contracts/window.js';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { happyContact, testApp, type TestApp } from '../../fixtures/api-ports.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const start = async (input: Parameters<typeof testApp>[0] = {}): Promise<TestApp & { url: string }> => {
  const test = await testApp(input);
  closers.push(() => test.app.close());
  return { ...test, url: (await test.app.listen()).url };
};

const connected = async (
  options: LiveClientOptions,
  prepare: (client: LiveClient) => void = () => undefined,
): Promise<{ client: LiveClient; replayed: number }> => {
  let client: LiveClient | undefined;
  const replayed = await new Promise<number>((resolve, reject) => {
    client = new LiveClient({
      ...options,
      onConnected: (_snapshot, count) => resolve(count),
      onRefused: (code) => reject(new Error(code)),
    });
    prepare(client);
    client.connect();
  });
  if (client === undefined) throw new Error('no client');
  const made = client;
  closers.push(() => made.close());
  return { client: made, replayed };
};

const face = (role: LiveFace['role'] = 'customer'): LiveFace => ({
  trackId: 'x'.repeat(16),
  role,
  box: { x: 0.1, y: 0.1, width: 0.2, height: 0.2 },
  emotions: { happiness: 50, surprise: 10, anger: 10, disgust: 10, fear: 10, sadness: 5, neutral: 5 },
  mood: 57.5,
  age: 31.25,
  gender: 0.25,
  pose: { yaw: 1, pitch: 2, roll: 3 },
  attention: true,
});

const tcpOf = (client: LiveClient): TcpSocket =>
  (client as unknown as { socket: { io: { engine: { transport: { ws: { _socket: TcpSocket } } } } } }).socket.io.engine
    .transport.ws._socket;

describe('live events', () => {
  it('a client that stops reading costs nothing and delays nobody; contacts reach it when it reads again', async () => {
    const test = await start();
    const peers = new Set<TcpSocket>();
    test.app.fastify.server.on('connection', (socket: TcpSocket) => peers.add(socket));
    const topics = ['faces', 'contacts', 'metrics'] as const;
    const stalled = await connected({ url: test.url, topics, maxFacesPerSecond: 30 });
    const healthy = await connected({ url: test.url, topics: ['metrics', 'contacts'] });
    const seen = { contacts: [] as string[], faces: [] as FacesEvent[], healthyMetrics: 0, healthyContacts: 0 };
    stalled.client.on('contact:end', ({ contact }) => seen.contacts.push(contact.id));
    stalled.client.on('faces', (event) => seen.faces.push(event));
    healthy.client.on('metrics', () => (seen.healthyMetrics += 1));
    healthy.client.on('contact:end', () => (seen.healthyContacts += 1));
    tcpOf(stalled.client).pause();

    const live = test.ports.live.emit();
    const bulk = { ts: 1, threshold: 20, smiles: {}, streams: {}, padding: 'x'.repeat(200_000) };
    const sent = 200;
    let highestBytes = 0;
    for (let i = 0; i < sent; i += 1) {
      live.metrics(bulk);
      if (i % 20 === 0) live.contactEnd(happyContact(`c${i}`, 'till', 1_700_000_000_000 + i));
      live.faces({ streamId: 'a', ts: i, faces: [face()] });
      await expect.poll(() => seen.healthyMetrics, { interval: 1 }).toBe(i + 1);
      highestBytes = Math.max(highestBytes, ...[...peers].map((socket) => socket.writableLength));
    }
    expect(seen.healthyContacts).toBe(10);
    expect(highestBytes, 'bytes queued in this process for any client').toBeLessThan(2_000_000);
    expect(sent * 200_000).toBeGreaterThan(10 * highestBytes);

    tcpOf(stalled.client).resume();
    await expect
      .poll(() => seen.contacts, { timeout: 10_000 })
      .toEqual(Array.from({ length: 10 }, (_, i) => `c${i * 20}`));
    await expect
      .poll(
        () => {
          live.faces({ streamId: 'a', ts: 1, faces: [face()] });
          return Math.max(0, ...seen.faces.map(({ lost }) => lost));
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
  });

  it('replays contacts that ended while the client was away, in order and once', async () => {
    const test = await start();
    const options: LiveClientOptions = { url: test.url, topics: ['contacts'] };
    const { client } = await connected(options);
    const got: ContactEndEvent[] = [];
    client.on('contact:end', (event) => got.push(event));
    const live = test.ports.live.emit();
    live.contactEnd(happyContact('first', 'till', 1));
    await expect.poll(() => got.length).toBe(1);
    tcpOf(client).destroy();
    live.contactEnd(happyContact('while-away-1', 'till', 2));
    live.contactEnd(happyContact('elsewhere', 'other', 3));
    live.contactEnd(happyContact('while-away-2', 'till', 4));
    await expect
      .poll(() => got.map(({ contact }) => contact.id), { timeout: 10_000 })
      .toEqual(['first', 'while-away-1', 'elsewhere', 'while-away-2']);
    expect(got.map(({ seq }) => seq)).toEqual([...got.map(({ seq }) => seq)].sort((a, b) => a - b));

    const second = await connected({ ...options, contacts: ['till'], lastSeq: got[0]?.seq ?? 0 });
    expect(second.replayed).toBe(2);
  });

  it('reads contacts back from the store when there are too many to hold', async () => {
    const test = await start();
    const live = test.ports.live.emit();
    for (let i = 0; i < 600; i += 1) {
      const contact = happyContact(`c${i}`, 'till', i);
      test.ports.kept.push(contact);
      live.contactEnd(contact);
    }
    const got: string[] = [];
    await connected({ url: test.url, topics: ['contacts'], lastSeq: 0 }, (client) => {
      client.on('contact:end', ({ contact }) => got.push(contact.id));
    });
    await expect.poll(() => got.length, { timeout: 10_000 }).toBe(600);
    expect(got).toEqual(Array.from({ length: 600 }, (_, i) => `c${i}`));
  });

  it('replays after a restart what ended before it, from the store', async () => {
    const kept = [1, 2, 3].map((minute) => happyContact(`m${minute}`, 'till', Date.now() - minute * 60_000));
    const listed = {
      list: () => Promise.resolve(kept),
      get: (id: string) => Promise.resolve(kept.find((one) => one.id === id) ?? null),
    };
    const test = await testApp({}, undefined, '0', () => ({
      contacts: { ...listed, summaries: () => Promise.resolve([]), singlesSince: () => -Infinity },
    }));
    closers.push(() => test.app.close());
    const { url } = await test.app.listen();
    const got: string[] = [];
    const lastSeq = (Date.now() - 150_000) * 1000;
    await connected({ url, topics: ['contacts'], lastSeq }, (client) => {
      client.on('contact:end', ({ contact }) => got.push(contact.id));
    });
    test.ports.live.emit().contactEnd(happyContact('new', 'till', Date.now()));
    await expect.poll(() => got).toEqual(['m2', 'm1', 'new']);
  });

  it('throttles faces to what the subscriber asked for and says how many it lost', async () => {
    const test = await start();
    const { client } = await connected({ url: test.url, topics: ['faces'], maxFacesPerSecond: 1 });
    const got: FacesEvent[] = [];
    client.on('faces', (event) => got.push(event));
    const live = test.ports.live.emit();
    for (let i = 0; i < 10; i += 1) live.faces({ streamId: 'a', ts: i, faces: [face()] });
    await expect
      .poll(
        () => {
          live.faces({ streamId: 'a', ts: 100, faces: [] });
          return got.length;
        },
        { timeout: 5000, interval: 100 },
      )
      .toBe(2);
    expect(got[0]).toMatchObject({ ts: 0, lost: 0 });
    expect(got[1]?.lost).toBeGreaterThanOrEqual(9);
  });

  it('keeps to the streams and points asked for', async () => {
    const test = await start();
    const { client } = await connected({
      url: test.url,
      topics: ['faces', 'metrics', 'contacts'],
      streams: ['a'],
      contacts: ['till'],
    });
    const got: string[] = [];
    client.on('faces', ({ streamId }) => got.push(`faces ${streamId}`));
    client.on('metrics', ({ streams }) => got.push(`metrics ${Object.keys(streams).join()}`));
    client.on('contact:end', ({ contact }) => got.push(contact.id));
    const live = test.ports.live.emit();
    live.faces({ streamId: 'b', ts: 1, faces: [] });
    live.faces({ streamId: 'a', ts: 1, faces: [] });
    live.contactEnd(happyContact('no', 'other', 1));
    live.contactEnd(happyContact('yes', 'till', 1));
    const window = { visitors: 9, malePercent: 50 } as WindowMetrics;
    const windows = { '10s': window, '1m': window, '15m': window, today: window };
    live.metrics({ ts: 1, threshold: 20, smiles: {}, streams: { a: windows, b: windows } });
    await expect.poll(() => got.length).toBe(3);
    expect(got.sort()).toEqual(['faces a', 'metrics a', 'yes']);
  });

  it.each([
    ['aggregate', 1, null, { '10s': 0, today: 12 }],
    ['on', 2, 55, { '10s': 9, today: 9 }],
    ['off', 1, undefined, null],
  ] as const)('seller analytics %s: what leaves the service', async (sellerAnalytics, faces, sellerCurve, staff) => {
    const test = await start({ privacy: { sellerAnalytics } });
    const { client } = await connected({ url: test.url, topics: ['faces', 'metrics', 'contacts'] });
    const got: { faces?: number; curve?: number | null | undefined; metrics?: MetricsEvent } = {};
    client.on('faces', (event) => (got.faces = event.faces.length));
    client.on('contact:end', ({ contact }) => (got.curve = contact.curve[0]?.seller));
    client.on('metrics', (event) => (got.metrics = event));
    const live = test.ports.live.emit();
    live.faces({ streamId: 'a', ts: 1, faces: [face(), face('seller')] });
    live.contactEnd(happyContact('c', 'till', 1));
    const window = { visitors: 9, malePercent: 50, meanAgeYears: 30 } as WindowMetrics;
    const few = { visitors: 4, malePercent: 50, meanAgeYears: 30 } as WindowMetrics;
    const windows = { '10s': window, '1m': window, '15m': window, today: window };
    const shift = { ...window, visitors: 12, covered: { fromTs: 0, toTs: 1 } };
    const released = { streams: { staff: { ...windows, today: shift } }, smiles: {} };
    const live10s = { a: { ...windows, '10s': few }, staff: windows };
    live.metrics({ ts: 1, threshold: 20, smiles: {}, streams: live10s }, released);
    await expect.poll(() => Object.keys(got).length).toBe(sellerCurve === undefined ? 2 : 3);
    expect([got.faces, got.curve]).toEqual([faces, sellerCurve]);
    expect(got.metrics?.streams.a?.['10s']).toMatchObject({ visitors: 4, malePercent: null, meanAgeYears: null });
    expect(got.metrics?.streams.a?.['1m']).toMatchObject({ visitors: 9, malePercent: 50, meanAgeYears: 30 });
    const shown = got.metrics?.streams.staff;
    expect(shown === undefined ? null : { '10s': shown['10s'].visitors, today: shown.today.visitors }).toEqual(staff);
  });

  it('refuses a page of another origin and the default namespace', async () => {
    const test = await start();
    const foreign = io(`${test.url}live`, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { origin: 'https://evil.example' },
    });
    closers.push(() => foreign.disconnect());
    await new Promise((resolve) => foreign.once('connect_error', resolve));
    const root = io(test.url, { transports: ['websocket'], reconnection: false });
    closers.push(() => root.disconnect());
    await new Promise((resolve) => root.once('connect_error', resolve));
    expect([foreign.connected, root.connected]).toEqual([false, false]);
  });

  it('forgets a client that vanishes', async () => {
    const test = await start();
    const { client } = await connected({ url: test.url, topics: ['metrics'] });
    const subscribers = async () =>
      /emoscope_socket_subscribers (\d+)/.exec(await (await fetch(`${test.url}metrics`)).text())?.[1];
    expect(await subscribers()).toBe('1');
    const tcp = tcpOf(client);
    client.close();
    tcp.destroy();
    await expect.poll(subscribers).toBe('0');
  });
});

describe('what a page gets when it subscribes', () => {
  const WINDOW: WindowMetrics = {
    smileIndex: 0.5,
    smilingPersons: 0.5,
    absolute: 5,
    frames: 10,
    framesWithFaces: 10,
    utilizationPercent: 100,
    samples: 10,
    emotions: null,
    mood: 60,
    visitors: 2,
    malePercent: 50,
    meanAgeYears: 30,
  };
  const windows = (samples: number) => ({
    '10s': { ...WINDOW, samples },
    '1m': WINDOW,
    '15m': WINDOW,
    today: WINDOW,
  });
  const event = (ts: number, samples: number) => ({
    ts,
    threshold: 20,
    smiles: { a: 7, staff: 3 },
    streams: { a: windows(samples), staff: windows(samples) },
  });
  const snapshotOf = async (url: string, wish: Omit<LiveClientOptions, 'url'>): Promise<Snapshot> =>
    new Promise((resolve, reject) => {
      const client = new LiveClient({
        ...wish,
        url,
        onConnected: resolve,
        onRefused: (code) => reject(new Error(code)),
      });
      closers.push(() => client.close());
      client.connect();
    });
  const sellers = (sellerAnalytics: 'on' | 'aggregate') => ({
    privacy: { jurisdiction: 'other' as const, sellerAnalytics },
    streams: [
      { id: 'a', url: '/a.mp4' },
      { id: 'staff', url: '/b.mp4', role: 'seller' as const },
    ],
  });

  it('holds the curves from before a restart and since, the index of every point, and the smiles of today', async () => {
    const test = await start(sellers('on'));
    const live = test.ports.live.emit();
    const columns = { samples: [1, 2], absolute: [0, 1] };
    live.history({ ts: [98_000, 99_000], streams: { a: columns, staff: columns } });
    for (const [ts, samples] of [
      [100_000, 3],
      [101_000, 4],
      [102_000, 9],
    ] as const)
      live.metrics(event(ts, samples));
    // The clock was set back: what it left in the future goes.
    live.metrics(event(101_500, 5));
    const index = { pointId: 'till', contacts: 4, qualified: 3, happy: 2, unhappy: 1, indifferent: 0, ts: 5 };
    test.ports.happyIndices.push(index as never, { ...index, pointId: 'other' } as never);
    const wish = { topics: ['metrics', 'contacts'], streams: ['a'], contacts: ['till'] } as const;
    expect(await snapshotOf(test.url, wish)).toMatchObject({
      metrics: { smiles: { a: 7 } },
      history: {
        ts: [98_000, 99_000, 100_000, 101_000, 101_500],
        streams: { a: { samples: [1, 2, 3, 4, 5], absolute: [0, 1, 5, 5, 5] } },
      },
      happyIndex: [{ pointId: 'till', happy: 2 }],
    });
    const all = await snapshotOf(test.url, { topics: ['metrics'] });
    expect(Object.keys(all.history.streams)).toEqual(['a', 'staff']);
    expect(all.happyIndex).toEqual([]);
    expect((await snapshotOf(test.url, { topics: ['status'] })).history).toEqual({ ts: [], streams: {} });
  });

  it('tells of people who stay whole groups of k alone, but to those who may see faces', async () => {
    const test = await start(sellers('on'));
    const accounts = await Accounts.open(test.config.server.accounts);
    await accounts.addUser('root', 'correct horse battery staple', 'admin');
    const key = async (role: 'viewer' | 'operator') => (await accounts.addKey(role, role)).token;
    const [viewer, operator] = [await key('viewer'), await key('operator')];
    await expect.poll(async () => (await fetch(`${test.url}api/v1/streams`)).status, { timeout: 30_000 }).toBe(401);
    const told = new Map<string, number[]>();
    for (const apiKey of [viewer, operator]) {
      const { client } = await connected({ url: test.url, topics: ['status'], apiKey });
      told.set(apiKey, []);
      client.on('status', ({ longStays }) => told.get(apiKey)?.push(longStays));
    }
    const [stream] = test.ports.streams.list();
    if (stream === undefined) throw new Error('no stream');
    for (const longStays of [1, 4, 5, 9, 10]) test.ports.live.emit().status({ ...stream, longStays });
    await expect.poll(() => told.get(operator)).toEqual([1, 4, 5, 9, 10]);
    await expect.poll(() => told.get(viewer)).toEqual([0, 0, 5, 5, 10]);
  });

  it('keeps sellers out of curve and count unless they are `on`', async () => {
    const test = await start(sellers('aggregate'));
    const live = test.ports.live.emit();
    live.history({
      ts: [99_000],
      streams: { a: { samples: [1], absolute: [1] }, staff: { samples: [1], absolute: [1] } },
    });
    live.metrics(event(100_000, 3));
    const { history, metrics } = await snapshotOf(test.url, { topics: ['metrics'] });
    expect(history.streams['staff']?.samples ?? [0, 0]).toEqual([0, 0]);
    expect(metrics?.smiles).toEqual({ a: 7 });
  });

  it('gives a viewer nothing but what viewers were given: whole cells, before a restart and since', async () => {
    const test = await start(sellers('on'));
    const live = test.ports.live.emit();
    const accounts = await Accounts.open(test.config.server.accounts);
    await accounts.addUser('root', 'correct horse battery staple', 'admin');
    const { token: key } = await accounts.addKey('screen', 'viewer');
    await expect.poll(async () => (await fetch(`${test.url}api/v1/streams`)).status, { timeout: 30_000 }).toBe(401);
    live.metrics({ ...event(100_000, 3), catchingUp: ['a'] }, null);
    const known = { ts: [99_000], streams: { a: { samples: [8], absolute: [8] } } };
    live.history(known, null);
    expect((await snapshotOf(test.url, { topics: ['metrics'], apiKey: key })).history.ts).toEqual([100_000]);
    const cells = { samples: [50, 50], absolute: [5, 5] };
    live.history(known, { ts: [99_000, 100_000], streams: { a: cells } });
    live.metrics(event(101_000, 4), { streams: { a: windows(50), staff: windows(60) }, smiles: { a: 5 } });
    const { history, metrics } = await snapshotOf(test.url, { topics: ['metrics'], apiKey: key });
    expect(history.ts).toEqual([99_000, 100_000, 101_000]);
    expect(history.streams['a']).toEqual({ samples: [50, 50, 50], absolute: [5, 5, 5] });
    expect(metrics?.catchingUp).toBeUndefined();
    expect(metrics?.smiles).toEqual({ a: 5, staff: 0 });
  });
});
