/**
 * The whole service for a long time, as a shop uses it: `npm run -s soak -- --minutes 60 [--streams 8] [--fps 5]
 * [--subscribers 8] [--markdown FILE]`. Cameras over real RTSP with people who come and go, subscribers who come and
 * go, small questions every second and a report every five, against the built service as a process of its own. Prints
 * a line a minute and ends with 1, in words, when a figure rises or something broke. Needs `npm run build` before.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { MetricSample } from './prometheus-text.js';
import { ApiRhythm } from './api-rhythm.js';
import { figureLine, headingLine, markdownTable } from './figure-table.js';
import { startLiveService, type LiveService } from './live-service.js';
import { ranOn, ranOnLine } from './ran-on.js';
import { total } from './metric-readings.js';
import { SOAK_COLUMNS, soakMinute, soakTrends, warmupMinutes, type SoakMinute } from './soak-minute.js';
import { SoakSubscribers } from './soak-subscribers.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    streams: { type: 'string', default: '8' },
    fps: { type: 'string', default: '5' },
    subscribers: { type: 'string', default: '8' },
    markdown: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const streamCount = Number(values.streams);
const fps = Number(values.fps);

const SETTLE_MS = 20_000;
const READINGS_A_MINUTE = 6;
const TURNOVER_MS = 5000;
const BEATS = { smallMs: 1000, reportMs: 5000 };

const title =
  `${streamCount} RTSP streams 960×540 at ${fps} fps, two faces each; ${values.subscribers} subscribers, one of them ` +
  `replaced every ${TURNOVER_MS / 1000} s; a report every ${BEATS.reportMs / 1000} s`;
const machine = ranOnLine(ranOn());
const rows: SoakMinute[] = [];
const markdown = (verdict: readonly string[]): string =>
  `${[title, machine, markdownTable(SOAK_COLUMNS, rows), ...verdict].join('\n\n')}\n`;

/** What went wrong by the service's own counters, in words. */
const brokenCounters = (samples: readonly MetricSample[]): string[] => {
  const mustBeZero: readonly (readonly [string, number])[] = [
    ['frames dropped for an engine error', total(samples, 'emoscope_stream_drops_total', { reason: 'engine-error' })],
    ['rows lost by the store', total(samples, 'emoscope_store_rows_lost_total')],
    ['commits the disk refused', total(samples, 'emoscope_store_failed_commits_total')],
    ['reconnects of cameras', total(samples, 'emoscope_stream_reconnects_total')],
    ['subscribers cut off', total(samples, 'emoscope_socket_disconnects_total')],
  ];
  return mustBeZero.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`);
};

const runMinutes = async (service: LiveService): Promise<string[]> => {
  const ids = (await service.streams()).map(({ id }) => id);
  const crowd = new SoakSubscribers(service.url, ids, Number(values.subscribers), TURNOVER_MS);
  const rhythm = new ApiRhythm(service.url, BEATS);
  try {
    await pause(SETTLE_MS);
    rhythm.take();
    let before = await service.metrics();
    let subscribersBefore = crowd.counts();
    let beganMs = performance.now();
    const startedMs = beganMs;
    console.log(headingLine(SOAK_COLUMNS));
    for (let minute = 1; minute <= minutes; minute += 1) {
      const readings: (readonly MetricSample[])[] = [];
      for (let part = 1; part <= READINGS_A_MINUTE; part += 1) {
        const dueMs = startedMs + 60_000 * (minute - 1 + part / READINGS_A_MINUTE);
        await pause(Math.max(0, dueMs - performance.now()));
        service.assertAlive();
        readings.push(await service.metrics());
      }
      const nowMs = performance.now();
      const subscribersAfter = crowd.counts();
      const row = soakMinute({
        minute,
        before,
        readings,
        seconds: (nowMs - beganMs) / 1000,
        rhythm: rhythm.take(),
        subscribersBefore,
        subscribersAfter,
      });
      rows.push(row);
      console.log(figureLine(SOAK_COLUMNS, row));
      if (values.markdown !== undefined) writeFileSync(values.markdown, markdown([]));
      before = readings.at(-1) ?? before;
      subscribersBefore = subscribersAfter;
      beganMs = nowMs;
    }
    const { refused, cutOff, connected, events, contactEnds } = crowd.counts();
    console.log(`subscribers: ${connected} connections, ${events} events, ${contactEnds} contacts announced`);
    return [
      ...brokenCounters(before),
      ...(refused + cutOff > 0 ? [`${refused} subscribers refused, ${cutOff} cut off`] : []),
      ...(events === 0 ? ['no subscriber got an event'] : []),
      ...(rows.some(({ queuesOverfull }) => queuesOverfull > 0) ? ['a queue held more than it may'] : []),
      ...[...rhythm.take().failures].map(([failure, count]) => `${count} × ${failure}`),
    ];
  } finally {
    crowd.close();
    await rhythm.stop();
  }
};

const service = await startLiveService({
  streams: streamCount,
  fps,
  minutes,
  peopleLeave: true,
  config: ([seller = 'cam-0', customer = seller, ...others]) => ({
    privacy: { jurisdiction: 'ru', sellerAnalytics: 'on' },
    ...(others.length === 0 ? {} : { contacts: [{ id: 'till', seller, customer }] }),
  }),
});
const onSignal = (): void => void service.stop().finally(() => process.exit(130));
process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
const faults: string[] = [];
try {
  console.log(`${title}; ${minutes} min after ${SETTLE_MS / 1000} s\n${machine}`);
  faults.push(...(await runMinutes(service)));
} catch (error) {
  faults.push(error instanceof Error ? error.message : String(error));
} finally {
  const { exitCode, seconds } = await service.stop();
  if (exitCode !== 0) faults.push(`the service ended with ${String(exitCode)} when asked to stop`);
  console.log(`stopped with ${String(exitCode)} in ${seconds.toFixed(1)} s`);
}
const warmup = warmupMinutes(minutes);
const trends = soakTrends(rows, warmup);
const trendWords = trends.map(
  ({ name, unit, growth, bound, median, z, verdict }) =>
    `${name}: ${verdict}, median ${median.toFixed(1)} ${unit}, grown by ${growth.toFixed(1)} of at most ${bound.toFixed(1)}, z ${z.toFixed(1)}`,
);
const judged = trends.some(({ verdict }) => verdict !== 'too-few-readings');
const verdict = [
  judged
    ? `Trends after ${warmup} minutes (Theil–Sen growth over the rest, Mann–Kendall z > 2.33 for a rise):`
    : `Trends need ${warmup + 6} minutes at least, so none was judged.`,
  ...(judged ? [trendWords.map((words) => `- ${words}`).join('\n')] : []),
];
const rising = trends.filter((trend) => trend.verdict === 'rising').map(({ name }) => `${name} rises`);
const end = [...faults, ...rising];
const last = end.length === 0 ? 'Nothing broke and nothing rises.' : `FAILED: ${end.join('; ')}`;
console.log([...verdict, last].join('\n'));
if (values.markdown !== undefined) writeFileSync(values.markdown, markdown([...verdict, last]));
process.exitCode = end.length === 0 ? 0 : 1;
