import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pino } from 'pino';
import { configSchema } from '../../../src/config/schema.js';
import { startService } from '../../../src/pipeline/compose/service.js';
import { openStore } from '../../../src/store/open-store.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { startRtspServer, rtspServerAvailable, type RtspServer } from '../../fixtures/rtsp-server.js';
import { contact, crowd, sample, summaryOf } from '../../fixtures/store-rows.js';
import { builtWeb } from './build-web.js';

const require = createRequire(import.meta.url);
const photo = path.join(path.dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo', 'sample1.jpg');

/** The real service under its built dashboard, over moving pictures of a photograph. */
export interface Dashboard {
  readonly url: string;
  /** null where GStreamer's RTSP server is missing. */
  readonly camera: { kill(): Promise<void>; restart(): Promise<void> } | null;
  /** A clip that can be added as one more camera. */
  readonly clip: string;
  stop(): Promise<void>;
}

const makeFaceClip = (file: string): void =>
  ffmpegSync(
    ...['-loop', '1', '-i', photo, '-t', '8', '-r', '10'],
    ...['-vf', "scale=720:-2,crop=640:360:'20+10*sin(t)':0"],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10', '-pix_fmt', 'yuv420p', file],
  );

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const curve = (startTs: number) =>
  Array.from({ length: 60 }, (_, index) => ({
    ts: startTs + index * 200,
    green: 12 + 60 * Math.exp(-(((index - 22) / 8) ** 2)),
    blue: 5,
    red: 10,
    seller: 10 + 60 * Math.exp(-(((index - 17) / 8) ** 2)),
  }));

/** Some minutes of the past hour and two contacts, so that reports and lists have something to show. */
const seedStore = async (file: string): Promise<void> => {
  const store = await openStore(configSchema.parse({ store: { path: file } }).store, pino({ level: 'silent' }));
  const now = Date.now();
  store.append(crowd({ seed: 7, fromTs: now - HOUR_MS / 2, minutes: 10, streams: ['till-customer', 'till-seller'] }));
  store.append({
    contacts: [0, 1].map((index) => {
      const startTs = now - (index + 1) * 60_000;
      return contact({
        id: `seeded-${index}`,
        pointId: 'till',
        startTs,
        endTs: startTs + 12_000,
        verdict: index === 0 ? 'happy' : 'unhappy',
        smiles: [],
        bursts: [],
        curve: curve(startTs),
      });
    }),
  });
  // Somebody whom reports leave out, and a minute with too few frames to follow anybody.
  const at = { streamId: 'entrance', role: 'entrance' as const, zoneId: null };
  const stays = [now - 45 * MINUTE_MS, now - 10 * MINUTE_MS].map((ts) => sample({ ...at, ts, trackId: 'stays' }));
  store.append({
    tracks: [summaryOf(stays)],
    frames: [{ ...at, ts: now - 20 * MINUTE_MS, analysed: 40, withFaces: 0, faces: 0, late: 38 }],
  });
  await store.flush();
  await store.close();
};

const restartable = async (file: string) => {
  let server: RtspServer = await startRtspServer({ files: { entrance: file } });
  const { port } = server;
  return {
    url: server.url('entrance'),
    kill: () => server.kill(),
    restart: async () => {
      server = await startRtspServer({ files: { entrance: file }, port });
    },
  };
};

export const startDashboard = async (): Promise<Dashboard> => {
  const folder = temporaryFolder('dashboard');
  const clip = path.join(folder.path, 'face.mp4');
  const storePath = path.join(folder.path, 'data', 'emoscope.duckdb');
  mkdirSync(path.dirname(storePath));
  makeFaceClip(clip);
  await seedStore(storePath);
  const webRoot = await builtWeb();
  const camera = rtspServerAvailable() ? await restartable(clip) : null;
  // Photographs: they would be left out as such.
  const still = { stillFaces: 'keep' as const };
  const file = { url: clip, loop: true, fps: 2, ...still };
  const config = configSchema.parse({
    site: { name: 'Проверка', timeZone: 'Europe/Moscow' },
    server: { port: 0, accounts: path.join(folder.path, 'accounts.json'), rateLimitPerMinute: 100_000 },
    store: { path: storePath },
    inference: { threads: 1, expression: 'fast' },
    privacy: { jurisdiction: 'other', sellerAnalytics: 'on', kAnonymity: 1, sampleExport: ['admin'] },
    streams: [
      {
        id: 'entrance',
        name: 'Вход',
        role: 'entrance',
        ...(camera === null ? file : { url: camera.url, fps: 2, ...still }),
      },
      { id: 'till-seller', name: 'Касса: продавец', role: 'seller', ...file },
      { id: 'till-customer', name: 'Касса: покупатель', role: 'customer', ...file },
    ],
    contacts: [{ id: 'till', name: 'Касса', seller: 'till-seller', customer: 'till-customer' }],
  });
  const service = await startService({
    config,
    configFile: null,
    logger: pino({ level: 'silent' }),
    version: '0.0.0-test',
    webRoot,
  });
  return {
    url: service.url,
    camera,
    clip,
    stop: async () => {
      await service.stop();
      await camera?.kill();
      folder.remove();
    },
  };
};

/** A time zone in which it is another day now than in Moscow. */
export const anotherDayThanMoscow = (): string => {
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone: 'Europe/Moscow', hour: '2-digit', hourCycle: 'h23' }).format(),
  );
  // 14 hours behind, 11 hours ahead.
  return hour < 13 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati';
};
