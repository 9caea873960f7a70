import { loadavg } from 'node:os';
import type { MetricSample } from './prometheus-text.js';
import type { RhythmCounts } from './api-rhythm.js';
import type { Column } from './figure-table.js';
import { quantileBetween, total } from './metric-readings.js';
import type { SubscriberCounts } from './soak-subscribers.js';
import { percentile } from './percentile.js';
import { judgeTrend, type Trend, type TrendRule } from './trend.js';

/** Everything read off one minute of a soak. */
export interface SoakMinute {
  readonly minute: number;
  readonly analysedPerSecond: number;
  readonly droppedPercent: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Smallest of the minute: what the collector could not free. */
  readonly heapMb: number;
  readonly rssMb: number;
  /** What of it is the database's, by its own count. */
  readonly storeMb: number;
  readonly fds: number;
  readonly handles: number;
  /** p99 of the worst ten seconds. */
  readonly loopP99Ms: number;
  readonly apiP95Ms: number | null;
  readonly subscribers: number;
  readonly eventsLost: number;
  readonly reports: number;
  readonly worstReportSeconds: number | null;
  readonly queuesOverfull: number;
  readonly load: number;
}

/** Readings of `/metrics` at the ends of a minute and within it. */
export interface MinuteReadings {
  readonly minute: number;
  readonly before: readonly MetricSample[];
  /** In order; the last is the end of the minute. */
  readonly readings: readonly (readonly MetricSample[])[];
  readonly seconds: number;
  readonly rhythm: RhythmCounts;
  readonly subscribersBefore: SubscriberCounts;
  readonly subscribersAfter: SubscriberCounts;
}

const LOST_REASONS = ['superseded', 'overload', 'engine-error'];

/** Frames given up for want of time or by an error, all streams. */
export const lostFrames = (samples: readonly MetricSample[]): number =>
  LOST_REASONS.reduce((sum, reason) => sum + total(samples, 'emoscope_stream_drops_total', { reason }), 0);

/** How many queues hold more than they may. */
export const overfullQueues = (samples: readonly MetricSample[]): number =>
  samples.filter(
    ({ name, labels, value }) =>
      name === 'emoscope_queue_items' && value > total(samples, 'emoscope_queue_capacity_items', labels),
  ).length;

const milliseconds = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

/** The figures of one minute, all of them from the service's `/metrics` but those that only a client can see. */
export const soakMinute = (taken: MinuteReadings): SoakMinute => {
  const { minute, before, readings, seconds, rhythm, subscribersBefore, subscribersAfter } = taken;
  const after = readings.at(-1) ?? before;
  const grown = (name: string): number => total(after, name) - total(before, name);
  const each = (name: string): number[] => readings.map((samples) => total(samples, name));
  const latency = (rank: number): number | null =>
    milliseconds(quantileBetween(before, after, 'emoscope_frame_latency_seconds', rank));
  return {
    minute,
    analysedPerSecond: grown('emoscope_stream_analysed_frames_total') / seconds,
    droppedPercent:
      (100 * (lostFrames(after) - lostFrames(before))) / Math.max(1, grown('emoscope_stream_frames_total')),
    p50Ms: latency(0.5),
    p95Ms: latency(0.95),
    p99Ms: latency(0.99),
    heapMb: Math.min(...each('nodejs_heap_size_used_bytes')) / 1e6,
    rssMb: (percentile(each('process_resident_memory_bytes'), 0.5) ?? 0) / 1e6,
    storeMb: (percentile(each('emoscope_store_memory_bytes'), 0.5) ?? 0) / 1e6,
    fds: percentile(each('process_open_fds'), 0.5) ?? 0,
    handles: percentile(each('nodejs_active_resources_total'), 0.5) ?? 0,
    loopP99Ms: 1000 * Math.max(...each('nodejs_eventloop_lag_p99_seconds')),
    apiP95Ms: percentile(rhythm.answerMs, 0.95),
    subscribers: total(after, 'emoscope_socket_subscribers'),
    eventsLost: subscribersAfter.lost - subscribersBefore.lost,
    reports: rhythm.reportSeconds.length,
    worstReportSeconds: percentile(rhythm.reportSeconds, 1),
    queuesOverfull: Math.max(...readings.map(overfullQueues)),
    load: loadavg()[0] ?? 0,
  };
};

export const SOAK_COLUMNS: readonly Column<SoakMinute>[] = [
  { heading: 'minute', digits: 0, read: (row) => row.minute },
  { heading: 'analysed/s', digits: 1, read: (row) => row.analysedPerSecond },
  { heading: 'dropped %', digits: 2, read: (row) => row.droppedPercent },
  { heading: 'p50 ms', digits: 0, read: (row) => row.p50Ms },
  { heading: 'p95 ms', digits: 0, read: (row) => row.p95Ms },
  { heading: 'p99 ms', digits: 0, read: (row) => row.p99Ms },
  { heading: 'heap MB', digits: 1, read: (row) => row.heapMb },
  { heading: 'RSS MB', digits: 0, read: (row) => row.rssMb },
  { heading: 'store MB', digits: 0, read: (row) => row.storeMb },
  { heading: 'fds', digits: 0, read: (row) => row.fds },
  { heading: 'handles', digits: 0, read: (row) => row.handles },
  { heading: 'loop p99 ms', digits: 1, read: (row) => row.loopP99Ms },
  { heading: 'API p95 ms', digits: 0, read: (row) => row.apiP95Ms },
  { heading: 'subscribers', digits: 0, read: (row) => row.subscribers },
  { heading: 'events lost', digits: 0, read: (row) => row.eventsLost },
  { heading: 'reports', digits: 0, read: (row) => row.reports },
  { heading: 'worst report s', digits: 2, read: (row) => row.worstReportSeconds },
  { heading: 'load', digits: 1, read: (row) => row.load },
];

/** What must not rise over a soak, and by how much would be too much: a share of the median, and at least so many units. */
export const SOAK_TRENDS: readonly (Omit<TrendRule, 'warmup'> & {
  readonly name: string;
  readonly unit: string;
  readonly read: (row: SoakMinute) => number | null;
})[] = [
  // The database caches its file up to a limit of its own (`store.memoryLimitMb`), so that alone may grow with the file.
  { name: 'RSS without the store', unit: 'MB', read: (row) => row.rssMb - row.storeMb, maxGrowthShare: 0.1, floor: 30 },
  { name: 'heap', unit: 'MB', read: (row) => row.heapMb, maxGrowthShare: 0.15, floor: 10 },
  { name: 'open files', unit: '', read: (row) => row.fds, maxGrowthShare: 0.05, floor: 4 },
  { name: 'handles', unit: '', read: (row) => row.handles, maxGrowthShare: 0.05, floor: 4 },
  { name: 'latency p95', unit: 'ms', read: (row) => row.p95Ms, maxGrowthShare: 0.3, floor: 30 },
  { name: 'event-loop delay p99', unit: 'ms', read: (row) => row.loopP99Ms, maxGrowthShare: 0.5, floor: 20 },
  { name: 'API answer p95', unit: 'ms', read: (row) => row.apiP95Ms, maxGrowthShare: 0.5, floor: 50 },
  { name: 'dropped', unit: 'points', read: (row) => row.droppedPercent, maxGrowthShare: 0.3, floor: 3 },
];

/** Minutes left out before trends are judged: a sixth of the run, two at least. */
export const warmupMinutes = (minutes: number): number => Math.max(2, Math.floor(minutes / 6));

/** The judgement on every figure that must not rise. */
export const soakTrends = (
  rows: readonly SoakMinute[],
  warmup: number,
): readonly (Trend & { readonly name: string; readonly unit: string })[] =>
  SOAK_TRENDS.map(({ name, unit, read, maxGrowthShare, floor }) => {
    const series = rows.flatMap((row) => read(row) ?? []);
    return { name, unit, ...judgeTrend(series, { warmup, maxGrowthShare, floor }) };
  });
