/**
 * The whole service over real RTSP for minutes: `npm run -s bench:live -- --streams 3 --minutes 5 --fps 5`.
 * A GStreamer RTSP server plays 960×540 H.264 with two moving faces to every stream; the built service runs as a process
 * of its own and is only looked at through its API. Prints one line a minute and a verdict on drops, latency and memory.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { StreamStatus } from '../src/contracts/stream.js';
import { ffmpegSync } from '../test/fixtures/clips.js';
import { samplePhoto } from '../test/fixtures/run-cli.js';
import { startRtspServer } from '../test/fixtures/rtsp-server.js';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '5' },
    fps: { type: 'string', default: '5' },
    /** Streams warm up this long before anything is counted. */
    warmup: { type: 'string', default: '20' },
  },
});
const streamCount = Number(values.streams);
const minutes = Number(values.minutes);
const fps = Number(values.fps);

const folder = mkdtempSync(join(tmpdir(), 'emoscope-bench-live-'));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Two of the three faces of a photograph, drifting slowly, as a counter camera would see them. */
const makeTwoFaces = (): string => {
  const file = join(folder, 'two-faces.mp4');
  const filter = "crop=840:472:'310+20*sin(t/2)':'320+12*cos(t/3)',scale=960:540";
  ffmpegSync(
    ...['-loop', '1', '-framerate', '25', '-t', '30', '-i', samplePhoto(1), '-vf', filter],
    ...['-g', '50', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', file],
  );
  return file;
};

/** The clip looped to outlast the run, without encoding it again. */
const looped = (file: string): string => {
  const long = join(folder, 'long.mp4');
  const times = Math.ceil(((minutes + 2) * 60) / 30);
  ffmpegSync('-stream_loop', String(times), '-i', file, '-c', 'copy', long);
  return long;
};

const memoryMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

const gauge = (metrics: string, name: string): number =>
  Number(new RegExp(`^${name}(?:\\{[^}]*\\})? ([\\d.e+-]+)$`, 'm').exec(metrics)?.[1] ?? NaN);

interface Totals {
  readonly framesIn: number;
  readonly analysed: number;
  readonly dropped: number;
  readonly p95Ms: number;
}

const totalsOf = (streams: readonly StreamStatus[]): Totals => ({
  framesIn: streams.reduce((sum, { framesIn }) => sum + framesIn, 0),
  analysed: streams.reduce((sum, { framesAnalysed }) => sum + framesAnalysed, 0),
  dropped: streams.reduce((sum, { drops }) => sum + drops.superseded + drops.overload + drops['engine-error'], 0),
  p95Ms: Math.max(...streams.map(({ latencyP95Ms }) => latencyP95Ms ?? 0)),
});

const long = looped(makeTwoFaces());
const rtsp = await startRtspServer({ files: { cam: long } });
const config = join(folder, 'emoscope.yaml');
writeFileSync(
  config,
  JSON.stringify({
    server: { port: 0, accounts: join(folder, 'accounts.json') },
    store: { path: join(folder, 'bench.duckdb') },
    streams: Array.from({ length: streamCount }, (_, index) => ({ id: `cam-${index}`, url: rtsp.url('cam'), fps })),
  }),
);
const child = spawn(process.execPath, ['dist/cli/main.js', 'serve', '--config', config], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
let log = '';
child.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-20_000)));

const address = async (): Promise<string> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = /http:\/\/localhost:\d+/.exec(log)?.[0];
    if (found !== undefined) return found;
    await pause(100);
  }
  throw new Error(`the service did not start:\n${log}`);
};

try {
  const base = await address();
  const streams = async (): Promise<StreamStatus[]> =>
    ((await (await fetch(`${base}/api/v1/streams`)).json()) as { items: StreamStatus[] }).items;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  console.log(
    `${streamCount} RTSP streams 960×540 at ${fps} fps, two faces each; ${minutes} min after ${values.warmup} s`,
  );
  console.log(`commit ${commit}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}`);
  await pause(Number(values.warmup) * 1000);
  const pid = child.pid ?? 0;
  const first = totalsOf(await streams());
  let before = first;
  const rss: number[] = [];
  const latencies: number[] = [];
  console.log('minute  analysed/s  dropped %  p95 ms  loop p99 ms  RSS MB  load');
  for (let minute = 1; minute <= minutes; minute += 1) {
    await pause(60_000);
    const now = totalsOf(await streams());
    const metrics = await (await fetch(`${base}/metrics`)).text();
    const received = now.framesIn - before.framesIn;
    rss.push(memoryMb(pid));
    latencies.push(now.p95Ms);
    console.log(
      [
        String(minute).padStart(6),
        ((now.analysed - before.analysed) / 60).toFixed(1).padStart(10),
        ((100 * (now.dropped - before.dropped)) / received).toFixed(2).padStart(9),
        now.p95Ms.toFixed(0).padStart(6),
        (1000 * gauge(metrics, 'nodejs_eventloop_lag_p99_seconds')).toFixed(1).padStart(11),
        (rss.at(-1) ?? 0).toFixed(0).padStart(6),
        (loadavg()[0] ?? 0).toFixed(1).padStart(5),
      ].join('  '),
    );
    before = now;
  }
  const received = before.framesIn - first.framesIn;
  const droppedPercent = (100 * (before.dropped - first.dropped)) / received;
  const growth = (rss.at(-1) ?? 0) - (rss[0] ?? 0);
  console.log(
    `total: ${received} frames, ${droppedPercent.toFixed(2)} % dropped, p95 of the worst minute ` +
      `${Math.max(...latencies).toFixed(0)} ms, RSS ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB from minute 1 to ${minutes}`,
  );
} finally {
  child.kill('SIGTERM');
  await rtsp.kill();
  rmSync(folder, { recursive: true, force: true });
}
