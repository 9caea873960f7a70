import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigInput } from '../src/config/schema.js';
import type { StreamStatus } from '../src/contracts/stream.js';
import { ffmpegSync } from '../test/fixtures/clips.js';
import { samplePhoto } from '../test/fixtures/run-cli.js';
import { startRtspServer } from '../test/fixtures/rtsp-server.js';
import { parseMetrics, type MetricSample } from './prometheus-text.js';

/** What the container, the systemd unit and `npm run emoscope` set (docs/operations.md). */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576', MALLOC_TRIM_THRESHOLD_: '8388608' };
const CLIP_SECONDS = 30;
/** How long nobody is in view at the end of a clip whose people leave. */
const EMPTY_SECONDS = 5;

export interface LiveServiceOptions {
  readonly streams: number;
  /** Analysed frames per second asked of each stream. */
  readonly fps: number;
  /** How long the cameras must at least go on playing. */
  readonly minutes: number;
  /** Width and height of the pictures, e.g. 1920x1080; absent: 960x540. */
  readonly size?: string;
  /** true: the two people leave for 5 of every 30 s, so that visits and contacts begin and end. */
  readonly peopleLeave?: boolean;
  /** Joined to what every run needs. */
  readonly config?: (streamIds: readonly string[]) => ConfigInput;
}

/** The built service as a process of its own, with cameras that a real RTSP server plays. */
export interface LiveService {
  readonly url: string;
  readonly pid: number;
  readonly cameraUrl: string;
  streams(): Promise<readonly StreamStatus[]>;
  metrics(): Promise<readonly MetricSample[]>;
  /** Throws, with the last words of its log, when the process has ended. */
  assertAlive(): void;
  /** Asks the process to end, and removes everything; idempotent. */
  stop(): Promise<{ readonly exitCode: number | null; readonly seconds: number }>;
}

/** Two of the three faces of a photograph, drifting slowly, as a counter camera would see them. */
const makeTwoFaces = (folder: string, peopleLeave: boolean, size: string): string => {
  const file = join(folder, 'two-faces.mp4');
  const drift = "crop=840:472:'310+20*sin(t/2)':'320+12*cos(t/3)',scale=" + size.replace('x', ':');
  const away = `,drawbox=color=gray:t=fill:enable='gte(t,${CLIP_SECONDS - EMPTY_SECONDS})'`;
  ffmpegSync(
    ...['-loop', '1', '-framerate', '25', '-t', String(CLIP_SECONDS), '-i', samplePhoto(1)],
    ...['-vf', peopleLeave ? drift + away : drift, '-g', '50', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', file],
  );
  return file;
};

/** The clip looped to outlast the run, without encoding it again. */
const looped = (folder: string, file: string, minutes: number): string => {
  const long = join(folder, 'long.mp4');
  const times = Math.ceil(((minutes + 3) * 60) / CLIP_SECONDS);
  ffmpegSync('-stream_loop', String(times), '-i', file, '-c', 'copy', long);
  return long;
};

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code)));

/** Starts cameras and service; resolves when the service listens. Needs a build in `dist`. */
export const startLiveService = async (options: LiveServiceOptions): Promise<LiveService> => {
  const folder = mkdtempSync(join(tmpdir(), 'emoscope-bench-live-'));
  const long = looped(
    folder,
    makeTwoFaces(folder, options.peopleLeave ?? false, options.size ?? '960x540'),
    options.minutes,
  );
  const rtsp = await startRtspServer({ files: { cam: long } });
  const ids = Array.from({ length: options.streams }, (_, index) => `cam-${index}`);
  const base: ConfigInput = {
    server: { port: 0, accounts: join(folder, 'accounts.json') },
    store: { path: join(folder, 'bench.duckdb') },
    streams: ids.map((id) => ({ id, url: rtsp.url('cam'), fps: options.fps })),
  };
  const file = join(folder, 'emoscope.yaml');
  writeFileSync(file, JSON.stringify({ ...base, ...options.config?.(ids) }));
  const child = spawn(process.execPath, ['dist/cli/main.js', 'serve', '--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...MALLOC, ...process.env },
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-20_000)));
  const ended = endOf(child);
  let stopping: ReturnType<LiveService['stop']> | null = null;
  const stop = async (): ReturnType<LiveService['stop']> => {
    const beganMs = performance.now();
    child.kill('SIGTERM');
    const exitCode = await ended;
    const seconds = (performance.now() - beganMs) / 1000;
    await rtsp.kill();
    rmSync(folder, { recursive: true, force: true });
    return { exitCode, seconds };
  };
  const stopOnce = (): ReturnType<LiveService['stop']> => (stopping ??= stop());
  const assertAlive = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the service ended (${String(child.exitCode ?? child.signalCode)}):\n${log}`);
    }
  };
  try {
    let url: string | undefined;
    while (url === undefined) {
      assertAlive();
      await pause(100);
      url = /http:\/\/localhost:\d+/.exec(log)?.[0];
    }
    const address = url;
    return {
      url: address,
      pid: child.pid ?? 0,
      cameraUrl: rtsp.url('cam'),
      streams: async () =>
        ((await (await fetch(`${address}/api/v1/streams`)).json()) as { items: readonly StreamStatus[] }).items,
      metrics: async () => parseMetrics(await (await fetch(`${address}/metrics`)).text()),
      assertAlive,
      stop: stopOnce,
    };
  } catch (error) {
    await stopOnce();
    throw error;
  }
};
