/**
 * What reading cameras costs: the event loop's delay and this process's CPU time with N streams against none (in
 * alternation), and ffmpeg's CPU time per source frame by codec, size and what is done with the frame.
 * usage: npx tsx bench/ingest.ts [--seconds 10] [--rounds 3] [--streams 8] [--json FILE]
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { configSchema } from '../src/config/schema.js';
import { Camera } from '../src/ingest/camera.js';
import { ffmpegArguments } from '../src/ingest/ffmpeg/command.js';
import { parseSourceUrl } from '../src/ingest/source-url.js';
import { createLogger } from '../src/runtime/logger.js';
import { makeClip, temporaryFolder, type ClipOptions } from '../test/fixtures/clips.js';
import { waitUntil } from '../test/fixtures/wait-until.js';
import { ranOn, type RanOn } from './ran-on.js';
import { givenOptions, record } from './record.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    streams: { type: 'string', default: '8' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const streams = Number(values.streams);
const folder = temporaryFolder('bench-ingest');

interface LoopCost {
  readonly variant: string;
  readonly frames: number;
  /** CPU time of this process, ms per second of the run. */
  readonly cpuMsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const measureLoop = async (variant: string, count: number, clip: string): Promise<LoopCost> => {
  const logger = createLogger({ level: 'silent', pretty: false });
  const asked = Array.from({ length: count }, (_, index) => ({ id: `cam-${index}`, url: clip, loop: true, fps: 5 }));
  const cameras = configSchema.parse({ streams: asked }).streams.map((stream) => new Camera({ stream, logger }));
  let frames = 0;
  for (const camera of cameras) {
    camera.onFrame(() => (frames += 1));
    camera.start();
  }
  await waitUntil('all online', () => cameras.every((camera) => camera.status().state === 'online'));
  frames = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = process.cpuUsage();
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  delay.disable();
  const { user, system } = process.cpuUsage(before);
  await Promise.all(cameras.map((camera) => camera.stop()));
  // The histogram counts the timer's own millisecond.
  const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - 1);
  return {
    variant,
    frames,
    cpuMsPerSecond: (user + system) / 1000 / seconds,
    p50Ms: ms(delay.percentile(50)),
    p95Ms: ms(delay.percentile(95)),
    p99Ms: ms(delay.percentile(99)),
    maxMs: ms(delay.max),
  };
};

/** CPU time (user + system) of one ffmpeg run, ms. */
const ffmpegCpuMs = (args: readonly string[]): number => {
  const stdio = ['ignore', 'ignore', 'pipe', 'ignore'] as const;
  const result = spawnSync('ffmpeg', args, { stdio: [...stdio], encoding: 'utf8', maxBuffer: 1e8 });
  const times = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(result.stderr);
  if (times === null) throw new Error(result.stderr.slice(-500));
  return (Number(times[1]) + Number(times[2])) * 1000;
};

const CLIPS: readonly (ClipOptions & { readonly name: string })[] = [
  { name: 'H.264 960×540', size: '960x540' },
  { name: 'H.264 1280×720', size: '1280x720' },
  { name: 'H.264 1920×1080', size: '1920x1080' },
  { name: 'HEVC 960×540', size: '960x540', codec: 'libx265' },
];
const CLIP_SECONDS = 6;
const CLIP_RATE = 25;

/** Per source frame: decoding alone, and with what a camera at 5 frames per second does. */
const decodeCost = (clip: (typeof CLIPS)[number]): string[] => {
  const file = makeClip(path.join(folder.path, `${clip.name}.mp4`), {
    ...clip,
    seconds: CLIP_SECONDS,
    rate: CLIP_RATE,
    preset: 'veryfast',
  });
  const frames = CLIP_SECONDS * CLIP_RATE;
  const base = ['-hide_banner', '-nostdin', '-benchmark', '-threads', '1'];
  const bare = (...options: string[]): number =>
    ffmpegCpuMs([...base, ...options, '-i', file, '-an', '-f', 'null', '-']) / frames;
  const request = { fps: 5, maxWidthPx: 1920, transport: 'tcp', decode: 'software', loop: false } as const;
  const full = ffmpegArguments({ ...request, spec: parseSourceUrl(file), pace: 'offline', socketTimeoutMs: 1000 });
  const camera =
    ffmpegCpuMs([
      '-benchmark',
      ...full.map((arg) => (arg === 'pipe:1' ? '/dev/null' : arg.replace("'pipe\\:3'", '/dev/null'))),
      '-y',
    ]) / frames;
  return [
    clip.name,
    bare().toFixed(2),
    bare('-skip_loop_filter', 'all').toFixed(2),
    camera.toFixed(2),
    `${(camera * 2.5).toFixed(1)} %`,
  ];
};

/** With ffmpeg's version as its own banner tells it. */
const machineWithFfmpeg = (): RanOn => {
  const [banner = ''] = spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' }).stdout.split('\n');
  const machine = ranOn();
  return { ...machine, packages: { ffmpeg: banner.split(' ')[2] ?? 'unknown' } };
};

try {
  const machine = machineWithFfmpeg();
  const clip = makeClip(path.join(folder.path, 'loop.mp4'), { size: '960x540', seconds: 10, preset: 'veryfast' });
  const results: LoopCost[] = [];
  for (let round = 0; round < rounds; round += 1) {
    results.push(await measureLoop('no stream', 0, clip));
    results.push(await measureLoop(`${streams} × 960×540 at 5 fps`, streams, clip));
  }
  const loopRow = ({ variant, cpuMsPerSecond, p50Ms, p95Ms, p99Ms, maxMs }: LoopCost): string[] => [
    variant,
    cpuMsPerSecond.toFixed(0),
    [p50Ms, p95Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1)).join(' / '),
  ];
  const tables = [
    {
      id: 'reading',
      columns: ['this process', 'CPU, ms a second', 'event-loop delay, p50 / p95 / p99 / most, ms'],
      rows: results.map(loopRow),
    },
    {
      id: 'decoding',
      columns: ['25 frames/s', 'decode, ms', 'no deblocking, ms', 'camera at 5 fps, ms', 'of a core'],
      rows: CLIPS.map(decodeCost),
    },
  ];
  record({ bench: 'ingest', options: givenOptions(), ranOn: machine, tables }, values.json);
} finally {
  folder.remove();
}
