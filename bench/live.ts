/**
 * The whole service over real RTSP for minutes: `npm run -s bench:live -- --streams 3 --minutes 5 --fps 5 --size 960x540`.
 * A GStreamer RTSP server plays H.264 with two moving faces to every stream; the built service runs as a process
 * of its own and is only looked at through its API. Prints one line a minute and a verdict on drops, latency and memory.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { StreamStatus } from '../src/contracts/stream.js';
import { startLiveService } from './live-service.js';
import { ranOn } from './ran-on.js';
import { givenOptions, record } from './record.js';
import { total } from './metric-readings.js';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '5' },
    fps: { type: 'string', default: '5' },
    size: { type: 'string', default: '960x540' },
    /** Streams warm up this long before anything is counted. */
    warmup: { type: 'string', default: '20' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});
const streamCount = Number(values.streams);
const minutes = Number(values.minutes);
const fps = Number(values.fps);

const memoryMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

interface Totals {
  readonly framesIn: number;
  readonly analysed: number;
  readonly dropped: number;
  readonly p95Ms: number;
}

const totalsOf = (streams: readonly StreamStatus[]): Totals => ({
  framesIn: streams.reduce((sum, { framesIn }) => sum + framesIn, 0),
  analysed: streams.reduce((sum, { framesAnalysed }) => sum + framesAnalysed, 0),
  dropped: streams.reduce((sum, { drops }) => sum + drops.superseded + drops['engine-error'], 0),
  p95Ms: Math.max(...streams.map(({ latencyP95Ms }) => latencyP95Ms ?? 0)),
});

const service = await startLiveService({ streams: streamCount, fps, minutes, size: values.size });
try {
  console.log(
    `${streamCount} RTSP streams ${values.size.replace('x', '×')} at ${fps} fps, two faces each; ${minutes} min after ${values.warmup} s`,
  );
  const machine = ranOn(['onnxruntime-node']);
  await pause(Number(values.warmup) * 1000);
  const first = totalsOf(await service.streams());
  let before = first;
  const rss: number[] = [];
  const latencies: number[] = [];
  const loopMs: number[] = [];
  console.log('minute  analysed/s  dropped %  p95 ms  loop p99 ms  RSS MB  load');
  for (let minute = 1; minute <= minutes; minute += 1) {
    await pause(60_000);
    const now = totalsOf(await service.streams());
    const metrics = await service.metrics();
    const received = now.framesIn - before.framesIn;
    rss.push(memoryMb(service.pid));
    latencies.push(now.p95Ms);
    loopMs.push(1000 * total(metrics, 'nodejs_eventloop_lag_p99_seconds'));
    console.log(
      [
        String(minute).padStart(6),
        ((now.analysed - before.analysed) / 60).toFixed(1).padStart(10),
        ((100 * (now.dropped - before.dropped)) / received).toFixed(2).padStart(9),
        now.p95Ms.toFixed(0).padStart(6),
        (loopMs.at(-1) ?? 0).toFixed(1).padStart(11),
        (rss.at(-1) ?? 0).toFixed(0).padStart(6),
        (loadavg()[0] ?? 0).toFixed(1).padStart(5),
      ].join('  '),
    );
    before = now;
  }
  const received = before.framesIn - first.framesIn;
  const droppedPercent = (100 * (before.dropped - first.dropped)) / received;
  const columns = ['streams', 'minutes', 'analysed/s', 'dropped', 'p95, worst minute, ms', 'loop p99, ms', 'RSS, MB'];
  const row = [
    `${streamCount} of ${values.size.replace('x', '×')}`,
    String(minutes),
    ((before.analysed - first.analysed) / 60 / minutes).toFixed(1),
    `${droppedPercent.toFixed(2)} %`,
    Math.max(...latencies).toFixed(0),
    Math.max(...loopMs).toFixed(0),
    `${Math.min(...rss).toFixed(0)}–${Math.max(...rss).toFixed(0)}`,
  ];
  const tables = [{ id: 'service', columns, rows: [row] }];
  record({ bench: 'live', options: givenOptions(), ranOn: machine, tables }, values.json);
} finally {
  await service.stop();
}
