import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LiveClient } from '../../../src/client/index.js';
import type { HappyIndex } from '../../../src/contracts/contact.js';
import type { MetricsEvent, MetricsHistory, Snapshot } from '../../../src/contracts/events.js';
import { openStore } from '../../../src/store/open-store.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer } from '../../fixtures/rtsp-server.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { contact } from '../../fixtures/store-rows.js';
import { waitFor } from '../../fixtures/wait-until.js';
import { silent, storeConfig } from '../store/stores.js';
import { PATIENCE, startUnderFault, type ServiceUnderFault } from './service.js';

const folder = temporaryFolder('continuity');
afterAll(() => folder.remove());

const storePath = join(folder.path, 'emoscope.duckdb');
const MINUTE_MS = 60_000;

/** People of a photograph, one of whom smiles. */
const faceClip = (): string => {
  const file = join(folder.path, 'faces.mp4');
  const view = "scale=1280:-2,crop=960:540:'40+40*sin(t)':'60+20*cos(t)'";
  ffmpegSync(
    ...['-loop', '1', '-framerate', '10', '-t', '20', '-i', samplePhoto(6)],
    ...['-vf', view, '-g', '10', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', file],
  );
  return file;
};

/** Contacts of today, as an earlier hour left them. */
const seedContacts = async (now: number): Promise<void> => {
  const store = await openStore(storeConfig({ path: storePath }), silent);
  const verdicts = ['happy', 'happy', 'unhappy'] as const;
  store.append({
    contacts: verdicts.map((verdict, index) => {
      const startTs = now - (index + 1) * MINUTE_MS;
      return contact({ id: `c${index}`, pointId: 'till', startTs, endTs: startTs + 20_000, verdict, qualified: true });
    }),
  });
  await store.close();
};

/** What a page gets when it subscribes, and what it is told then. */
const page = async (service: ServiceUnderFault, onEnd: (undo: () => void) => void) => {
  const events: MetricsEvent[] = [];
  const histories: MetricsHistory[] = [];
  let client: LiveClient | undefined;
  const snapshot = await new Promise<Snapshot>((resolve, reject) => {
    client = new LiveClient({
      url: service.url,
      topics: ['metrics', 'contacts'],
      onConnected: (first) => resolve(first),
      onRefused: (code) => reject(new Error(code)),
    });
    client.on('metrics', (event) => events.push(event));
    client.on('history', (history) => histories.push(history));
    client.connect();
  });
  onEnd(() => client?.close());
  const latest = (): MetricsEvent | null => events.at(-1) ?? snapshot.metrics;
  return { snapshot, latest, histories };
};

/** Today's sums of the camera in the store once the service has gone. */
const storedToday = async (fromTs: number) => {
  const store = await openStore(storeConfig({ path: storePath }), silent);
  const query = { fromTs, toTs: Date.now() + MINUTE_MS, threshold: 20, smileIndex: 'face' } as const;
  const { aggregates } = await store.me1(query, 'raw');
  await store.close();
  const [row] = aggregates;
  if (row === undefined) throw new Error('nothing stored');
  return row;
};

it.skipIf(!rtspServerAvailable())(
  'kill -9: today, the Happy-Index, the curve and the terminal go on from the store; a reload shows the same',
  PATIENCE,
  async ({ onTestFinished }) => {
    const now = Date.now();
    const timeZone = zoneAtNoon(now);
    await seedContacts(now);
    const rtsp = await startRtspServer({ files: { door: faceClip() } });
    const config = {
      site: { timeZone },
      privacy: { jurisdiction: 'other' as const, sellerAnalytics: 'on' as const, kAnonymity: 1 },
      streams: [
        { id: 'door', url: rtsp.url('door'), role: 'customer' as const, fps: 3 },
        { id: 'staff', url: '/nowhere/at-all.mp4', role: 'seller' as const },
      ],
      contacts: [{ id: 'till', seller: 'staff', customer: 'door' }],
    };
    const first = await startUnderFault(onTestFinished, { config, storePath });
    await waitFor('the index of earlier today', async () => {
      const { snapshot } = await page(first, onTestFinished);
      return snapshot.happyIndex.length > 0 || null;
    });
    const seen = await page(first, onTestFinished);
    expect(seen.snapshot.happyIndex).toMatchObject([{ pointId: 'till', happy: 2, unhappy: 1, qualified: 3 }]);
    await waitFor('a held smile and some figures', () => {
      const event = seen.latest();
      return (event?.smiles['door'] ?? 0) > 0 && (event?.streams['door']?.today.samples ?? 0) > 90 ? true : null;
    });
    const index = await first.get<{ items: HappyIndex[] }>('/api/v1/happy-index');
    expect(seen.snapshot.happyIndex[0]).toMatchObject({ value: index.items[0]?.value, low: index.items[0]?.low });
    first.signal('SIGKILL');
    await first.finished;
    await rtsp.kill();
    const stored = await storedToday(now - 12 * 60 * MINUTE_MS);
    expect(stored.samples).toBeGreaterThan(60);

    // The camera is away, so that nothing is added to what was stored.
    const second = await startUnderFault(onTestFinished, { config, storePath });
    const early = await page(second, onTestFinished);
    await waitFor('what was before the kill', () => {
      const event = early.latest();
      return event !== null && event.catchingUp === undefined ? event : null;
    });
    // A page that came while it was read is told the curve; one that came later has it.
    await waitFor(
      'the curve',
      () => ([early.snapshot.history, ...early.histories].at(-1)?.ts.length ?? 0) > 10 || null,
    );
    const { snapshot, latest } = await page(second, onTestFinished);
    const told = await waitFor('the figures', () => latest());
    const today = told.streams['door']?.today;
    expect(today).toMatchObject({
      samples: stored.samples,
      absolute: stored.absolute,
      frames: stored.analysedFrames,
      framesWithFaces: stored.framesWithFaces,
      visitors: stored.clusters.ratios.person.x,
    });
    expect(told.streams['door']?.['15m'].samples).toBe(stored.samples);
    expect(told.smiles['door']).toBeGreaterThan(0);
    expect(snapshot.happyIndex).toMatchObject([{ pointId: 'till', happy: 2, unhappy: 1, qualified: 3 }]);
    const { ts, streams } = snapshot.history;
    const killedTs = ts.filter((_, at) => (streams['door']?.samples[at] ?? 0) > 0);
    expect(killedTs.length).toBeGreaterThan(10);
    expect([...ts]).toEqual([...new Set(ts)].sort((a, b) => a - b));
    const reloaded = await page(second, onTestFinished);
    expect(reloaded.snapshot.history.ts.length).toBeGreaterThanOrEqual(ts.length);
    expect(reloaded.snapshot.metrics?.smiles).toEqual(told.smiles);

    const back = await startRtspServer({ files: { door: join(folder.path, 'faces.mp4') }, port: rtsp.port });
    onTestFinished(() => back.kill());
    await waitFor('more of today', () =>
      (latest()?.streams['door']?.today.samples ?? 0) > stored.samples ? true : null,
    );
    // A change of the camera goes on from the store as well.
    const asked = latest()?.streams['door']?.today.samples ?? 0;
    expect(await second.send('PATCH', '/api/v1/streams/door', { fps: 2 })).toBe(200);
    const patched = await page(second, onTestFinished);
    const figures = await waitFor('figures', () => {
      const event = patched.latest();
      return event !== null && event.catchingUp === undefined ? event : null;
    });
    expect(figures.streams['door']?.today.samples).toBeGreaterThanOrEqual(asked);
  },
);

it.skipIf(!rtspServerAvailable())(
  'kill -9 while it is not known yet whether the faces live: the frames that waited are kept',
  PATIENCE,
  async ({ onTestFinished }) => {
    const path = join(folder.path, 'waiting.duckdb');
    const rtsp = await startRtspServer({ files: { door: faceClip() } });
    onTestFinished(() => rtsp.kill());
    const fps = 5;
    const door = { id: 'door', url: rtsp.url('door'), fps, stillFaces: 'leave-out' as const };
    const service = await startUnderFault(onTestFinished, { storePath: path, config: { streams: [door] } });
    // Three seconds: a face is judged after five at the earliest, and until then its frames are in no answer.
    const analysed = await waitFor('three seconds of frames', async () => {
      const { framesAnalysed } = await service.stream('door');
      return framesAnalysed >= 3 * fps ? framesAnalysed : null;
    });
    service.signal('SIGKILL');
    await service.finished;
    const kept = await service.kept();
    // What is not committed yet is lost: a second at most.
    expect(kept.analysed('door')).toBeGreaterThanOrEqual(analysed - fps);
    expect(kept.framesWithFaces).toBe(kept.sampledFrames);
    expect(kept.samples).toBeGreaterThan(0);
  },
);

/** A zone in which it is about noon, so that the test never runs over midnight. */
const zoneAtNoon = (now: number): string => {
  const ahead = 12 - new Date(now).getUTCHours();
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};
