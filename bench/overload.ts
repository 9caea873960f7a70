/**
 * More cameras than the machine can analyse, then few again: `npm run -s bench:overload -- --streams 24 --then 3
 * [--minutes 2] [--fps 5]`. Prints every stream's analysed rate, what the API took to answer and how full the queues
 * were; then removes streams through the API and waits until the rest is back to normal. Ends with 1, in words, when the
 * load was not shared evenly or not shown, the API was slow, a queue overflowed, or nothing came back to normal.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { StreamStatus } from '../src/contracts/stream.js';
import type { MetricSample } from './prometheus-text.js';
import { ApiRhythm } from './api-rhythm.js';
import { figureLine, headingLine, type Column } from './figure-table.js';
import { startLiveService, type LiveService } from './live-service.js';
import { ranOn, ranOnLine } from './ran-on.js';
import { quantileBetween, total } from './metric-readings.js';
import { percentile } from './percentile.js';
import { lostFrames, overfullQueues } from './soak-minute.js';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '24' },
    then: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '2' },
    fps: { type: 'string', default: '5' },
  },
});
const streamCount = Number(values.streams);
const rest = Number(values.then);
const minutes = Number(values.minutes);
const fps = Number(values.fps);

const SETTLE_MS = 30_000;
const BEATS = { smallMs: 500, reportMs: 10_000 };
const READ_EVERY_MS = 5000;
const RECOVERY_LIMIT_MS = 120_000;
/** Fairness: the slowest stream's rate over the fastest one's, at least. */
const MIN_EVENNESS = 0.8;
const MAX_ANSWER_MS = 1000;
/** Lost share, percent, below which a few streams count as back to normal. */
const NORMAL_LOSS_PERCENT = 1;

interface StreamRow {
  readonly index: number;
  readonly received: number;
  readonly analysed: number;
  readonly shown: number;
  readonly overload: number;
  readonly p95Ms: number | null;
}

const COLUMNS: readonly Column<StreamRow>[] = [
  { heading: 'camera', digits: 0, read: (row) => row.index },
  { heading: 'received/s', digits: 2, read: (row) => row.received },
  { heading: 'analysed/s', digits: 2, read: (row) => row.analysed },
  { heading: 'shown fps', digits: 2, read: (row) => row.shown },
  { heading: 'overload', digits: 0, read: (row) => row.overload },
  { heading: 'p95 ms', digits: 0, read: (row) => row.p95Ms },
];

const rowsOf = (before: readonly StreamStatus[], after: readonly StreamStatus[], seconds: number): StreamRow[] =>
  after.map((status, index) => {
    const first = before.find(({ id }) => id === status.id);
    return {
      index,
      received: (status.framesIn - (first?.framesIn ?? 0)) / seconds,
      analysed: (status.framesAnalysed - (first?.framesAnalysed ?? 0)) / seconds,
      shown: status.fps,
      overload: status.shortfall === 'overload' ? 1 : 0,
      p95Ms: status.latencyP95Ms,
    };
  });

const lossPercent = (before: readonly MetricSample[], after: readonly MetricSample[]): number => {
  const lost = lostFrames(after) - lostFrames(before);
  const received = total(after, 'emoscope_stream_frames_total') - total(before, 'emoscope_stream_frames_total');
  return (100 * lost) / Math.max(1, received);
};

/** The time under load; what was wrong, in words. */
const underLoad = async (service: LiveService, rhythm: ApiRhythm): Promise<string[]> => {
  rhythm.take();
  const [statusesBefore, before, beganMs] = [await service.streams(), await service.metrics(), performance.now()];
  const queues: number[] = [];
  while (performance.now() - beganMs < minutes * 60_000) {
    await pause(READ_EVERY_MS);
    service.assertAlive();
    queues.push(overfullQueues(await service.metrics()));
  }
  const [statuses, after, endMs] = [await service.streams(), await service.metrics(), performance.now()];
  const rows = rowsOf(statusesBefore, statuses, (endMs - beganMs) / 1000);
  const { answerMs, reportSeconds, failures } = rhythm.take();
  console.log(headingLine(COLUMNS));
  for (const row of rows) console.log(figureLine(COLUMNS, row));

  const rates = rows.map(({ analysed }) => analysed);
  const [slowest, fastest] = [Math.min(...rates), Math.max(...rates)];
  const loss = lossPercent(before, after);
  const apiP95 = percentile(answerMs, 0.95) ?? Infinity;
  const shown = rows.filter(({ overload }) => overload === 1).length;
  const latencyP95 = quantileBetween(before, after, 'emoscope_frame_latency_seconds', 0.95);
  console.log(
    `analysed/s a stream: slowest ${slowest.toFixed(2)}, fastest ${fastest.toFixed(2)}, ratio ${(slowest / fastest).toFixed(2)}; ` +
      `${loss.toFixed(1)} % of the decoded frames given up; ${shown} of ${rows.length} streams shown as overloaded`,
  );
  console.log(
    `API: ${answerMs.length} answers, p50 ${(percentile(answerMs, 0.5) ?? NaN).toFixed(0)} ms, p95 ${apiP95.toFixed(0)} ms, ` +
      `worst ${(percentile(answerMs, 1) ?? NaN).toFixed(0)} ms; ${reportSeconds.length} reports, worst ` +
      `${(percentile(reportSeconds, 1) ?? NaN).toFixed(1)} s; latency p95 ${(1000 * (latencyP95 ?? NaN)).toFixed(0)} ms; ` +
      `RSS ${(total(after, 'process_resident_memory_bytes') / 1e6).toFixed(0)} MB`,
  );
  const overloaded = loss >= 10;
  if (!overloaded) console.log('This machine is not overloaded by so many streams; ask for more.');
  return [
    ...(slowest / fastest < MIN_EVENNESS ? ['the rates are not even'] : []),
    ...(overloaded && shown < rows.length ? [`only ${shown} streams are shown as overloaded`] : []),
    ...(apiP95 > MAX_ANSWER_MS ? ['the API answers too slowly'] : []),
    ...(queues.some((count) => count > 0) ? ['a queue held more than it may'] : []),
    ...[...failures].map(([failure, count]) => `${count} × ${failure}`),
  ];
};

/** Removes streams and waits for the rest to be as asked for. */
const afterwards = async (service: LiveService): Promise<string[]> => {
  const removed = (await service.streams()).slice(rest);
  const beganMs = performance.now();
  await Promise.all(
    removed.map(async ({ id }) => {
      const { status } = await fetch(`${service.url}/api/v1/streams/${id}`, { method: 'DELETE' });
      if (status >= 300) throw new Error(`removing ${id} was answered with ${status}`);
    }),
  );
  const since = (): number => (performance.now() - beganMs) / 1000;
  console.log(`${removed.length} streams removed in ${since().toFixed(1)} s`);
  let before = await service.metrics();
  let lossGoneSeconds: number | null = null;
  while (performance.now() - beganMs < RECOVERY_LIMIT_MS) {
    await pause(READ_EVERY_MS);
    service.assertAlive();
    const after = await service.metrics();
    if (lossPercent(before, after) <= NORMAL_LOSS_PERCENT) lossGoneSeconds ??= since();
    else lossGoneSeconds = null;
    const statuses = await service.streams();
    const asAsked = statuses.every((status) => status.shortfall === null && status.fps >= 0.9 * status.targetFps);
    if (lossGoneSeconds !== null && asAsked) {
      const p95 = 1000 * (quantileBetween(before, after, 'emoscope_frame_latency_seconds', 0.95) ?? NaN);
      console.log(
        `back to normal: under ${NORMAL_LOSS_PERCENT} % given up ${lossGoneSeconds.toFixed(0)} s after the removal, shown as ` +
          `normal after ${since().toFixed(0)} s; ${statuses.map((status) => status.fps.toFixed(1)).join(', ')} fps, latency p95 ${p95.toFixed(0)} ms`,
      );
      return [];
    }
    before = after;
  }
  return [`${rest} streams were not back to normal after ${RECOVERY_LIMIT_MS / 1000} s`];
};

const service = await startLiveService({ streams: streamCount, fps, minutes: minutes + 3 });
const onSignal = (): void => void service.stop().finally(() => process.exit(130));
process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
const rhythm = new ApiRhythm(service.url, BEATS);
const faults: string[] = [];
try {
  console.log(
    `${streamCount} RTSP streams 960×540 at ${fps} fps, two faces each; ${minutes} min, then ${rest} streams`,
  );
  console.log(ranOnLine(ranOn()));
  await pause(SETTLE_MS);
  faults.push(...(await underLoad(service, rhythm)), ...(await afterwards(service)));
} catch (error) {
  faults.push(error instanceof Error ? error.message : String(error));
} finally {
  await rhythm.stop();
  const { exitCode, seconds } = await service.stop();
  if (exitCode !== 0) faults.push(`the service ended with ${String(exitCode)} when asked to stop`);
  console.log(`stopped with ${String(exitCode)} in ${seconds.toFixed(1)} s`);
}
console.log(faults.length === 0 ? 'Even, shown, answered, recovered.' : `FAILED: ${faults.join('; ')}`);
process.exitCode = faults.length === 0 ? 0 : 1;
