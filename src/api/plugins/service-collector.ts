import { Gauge, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client';
import { SHORTFALLS, STREAM_STATES, type StreamStatus } from '../../contracts/stream.js';
import type { LiveStats } from '../live/hub.js';
import type { HistogramData } from '../../contracts/service/telemetry.js';
import type { QueueLevel, Telemetry } from '../../contracts/service/telemetry.js';

type Labels = Record<string, string>;
type Row = readonly [Labels, number];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  rows: readonly { readonly metricName?: string; readonly labels: Labels; readonly value: number }[];
}

/** Families whose values come ready-made from elsewhere, in the form the registry prints. */
export class ServiceCollector {
  private readonly families = new Map<string, Family>();

  constructor(private readonly registry: Registry) {}

  /** Replaces every value by what the service says now. */
  take(streams: readonly StreamStatus[], telemetry: Telemetry | null, live: LiveStats): void {
    for (const family of this.families.values()) family.rows = [];
    this.streams(streams);
    this.scalar('emoscope_socket_faces_lost_total', 'Live faces events given up.', 'counter', [[{}, live.facesLost]]);
    this.scalar(
      'emoscope_socket_disconnects_total',
      'Subscribers cut off because they flooded the service.',
      'counter',
      [[{}, live.cutOff]],
    );
    this.scalar(
      'emoscope_socket_events_withheld_total',
      'Live events not sent to a subscriber that is behind or asked for fewer, by event and reason.',
      'counter',
      live.withheld.map(({ event, reason, count }): Row => [{ event, reason }, count]),
    );
    this.scalar('emoscope_socket_packets_waiting_max', 'Packets that wait for the slowest subscriber.', 'gauge', [
      [{}, live.mostPacketsWaiting],
    ]);
    if (telemetry === null) return;
    this.store(telemetry);
    this.queues(telemetry.queues);
    this.histograms('emoscope_frame_latency_seconds', 'Frame arrival to sample.', 'stream', telemetry.latencySeconds);
    this.histograms('emoscope_stage_duration_seconds', 'Time of one run of a stage.', 'stage', telemetry.stageSeconds);
    this.histograms('emoscope_batch_size', 'Items per run of a stage.', 'stage', telemetry.batchSizes);
    this.scalar(
      'emoscope_door_people',
      'People a counter has counted today, by direction; inside: in without out, which drifts.',
      'gauge',
      Object.entries(telemetry.doors).flatMap(([stream, counts]) =>
        Object.entries(counts).map(([direction, value]): Row => [{ stream, direction }, value]),
      ),
    );
    this.record('emoscope_faces_total', 'Recognised faces.', 'counter', 'stream', telemetry.faces);
    this.scalar(
      'emoscope_faces_rejected_total',
      'Faces the quality gate refused, by reason.',
      'counter',
      Object.entries(telemetry.rejected).flatMap(([stream, reasons]) =>
        Object.entries(reasons).map(([reason, value]): Row => [{ stream, reason }, value]),
      ),
    );
  }

  private store({ storeRows, storeRowsLost, store }: Telemetry): void {
    this.record('emoscope_store_rows', 'Rows per table.', 'gauge', 'table', storeRows);
    const single = (name: string, help: string, type: 'counter' | 'gauge', value: number): void =>
      this.scalar(name, help, type, [[{}, value]]);
    single('emoscope_store_rows_lost_total', 'Rows that could not be written.', 'counter', storeRowsLost);
    single('emoscope_store_commits_total', 'Commits that reached the disk.', 'counter', store.commits);
    single('emoscope_store_failed_commits_total', 'Commits that the disk refused.', 'counter', store.failedCommits);
    single(
      'emoscope_store_last_commit_seconds',
      'How long the last commit took.',
      'gauge',
      store.lastCommitSeconds ?? 0,
    );
    single('emoscope_store_file_bytes', 'Size of the database file.', 'gauge', store.fileBytes);
    single('emoscope_store_wal_bytes', 'Size of the write-ahead log.', 'gauge', store.walBytes);
    single('emoscope_store_free_bytes', 'Room left on the disk of the database.', 'gauge', store.freeBytes);
    single(
      'emoscope_store_memory_bytes',
      'Memory of the database: cached blocks and rows not yet in the file; at most store.memoryLimitMb.',
      'gauge',
      store.memoryBytes,
    );
  }

  private queues(queues: Telemetry['queues']): void {
    const column = (pick: (level: QueueLevel) => number): Readonly<Record<string, number>> =>
      Object.fromEntries(Object.entries(queues).map(([name, level]) => [name, pick(level)]));
    this.record(
      'emoscope_queue_items',
      'Items in a bounded queue.',
      'gauge',
      'queue',
      column(({ items }) => items),
    );
    this.record(
      'emoscope_queue_capacity_items',
      'The most items a bounded queue holds.',
      'gauge',
      'queue',
      column(({ capacity }) => capacity),
    );
  }

  private streams(streams: readonly StreamStatus[]): void {
    const each = (value: (stream: StreamStatus) => number): Row[] =>
      streams.map((stream) => [{ stream: stream.id }, value(stream)]);
    this.scalar(
      'emoscope_stream_fps',
      'Analysed frames per second.',
      'gauge',
      each(({ fps }) => fps),
    );
    this.scalar(
      'emoscope_stream_target_fps',
      'Frames per second asked for.',
      'gauge',
      each((s) => s.targetFps),
    );
    this.scalar(
      'emoscope_stream_frames_total',
      'Decoded frames.',
      'counter',
      each((s) => s.framesIn),
    );
    this.scalar(
      'emoscope_stream_analysed_frames_total',
      'Analysed frames.',
      'counter',
      each((s) => s.framesAnalysed),
    );
    this.scalar(
      'emoscope_stream_reconnects_total',
      'Reconnects.',
      'counter',
      each((s) => s.reconnects),
    );
    this.scalar(
      'emoscope_stream_last_frame_timestamp_seconds',
      'Capture time of the last frame.',
      'gauge',
      each((s) => (s.lastFrameTs ?? 0) / 1000),
    );
    this.scalar(
      'emoscope_stream_drops_total',
      'Frames that never became a result, by reason.',
      'counter',
      streams.flatMap(({ id, drops }) =>
        Object.entries(drops).map(([reason, value]): Row => [{ stream: id, reason }, value]),
      ),
    );
    this.scalar(
      'emoscope_stream_shortfall',
      '1 while fewer frames than asked for are analysed, by reason.',
      'gauge',
      streams.flatMap(({ id, shortfall }) =>
        SHORTFALLS.map((reason): Row => [{ stream: id, reason }, reason === shortfall ? 1 : 0]),
      ),
    );
    this.scalar(
      'emoscope_stream_still_picture_seconds',
      'For how long every picture has been the same; 0 while they change.',
      'gauge',
      each(({ stillSinceTs, lastFrameTs }) =>
        stillSinceTs === null || lastFrameTs === null ? 0 : (lastFrameTs - stillSinceTs) / 1000,
      ),
    );
    this.scalar(
      'emoscope_stream_state',
      '1 for the state the stream is in.',
      'gauge',
      streams.flatMap(({ id, state }) =>
        STREAM_STATES.map((name): Row => [{ stream: id, state: name }, name === state ? 1 : 0]),
      ),
    );
  }

  private record(
    name: string,
    help: string,
    type: 'counter' | 'gauge',
    label: string,
    values: Readonly<Record<string, number>>,
  ): void {
    this.scalar(
      name,
      help,
      type,
      Object.entries(values).map(([key, value]): Row => [{ [label]: key }, value]),
    );
  }

  private scalar(name: string, help: string, type: 'counter' | 'gauge', rows: readonly Row[]): void {
    this.family(name, help, type).rows = rows.map(([labels, value]) => ({ labels, value }));
  }

  private histograms(name: string, help: string, label: string, data: Readonly<Record<string, HistogramData>>): void {
    this.family(name, help, 'histogram').rows = Object.entries(data).flatMap(([key, histogram]) => {
      const labels = { [label]: key };
      const buckets = histogram.bounds.map((bound, index) => ({
        metricName: `${name}_bucket`,
        labels: { ...labels, le: String(bound) },
        value: histogram.counts[index] ?? 0,
      }));
      return [
        ...buckets,
        { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: histogram.count },
        { metricName: `${name}_sum`, labels, value: histogram.sum },
        { metricName: `${name}_count`, labels, value: histogram.count },
      ];
    });
  }

  private family(name: string, help: string, type: Family['type']): Family {
    const known = this.families.get(name);
    if (known !== undefined) return known;
    const family: Family = { name, help, type, rows: [] };
    this.families.set(name, family);
    const get = (): Promise<MetricObjectWithValues<MetricValue<string>>> =>
      Promise.resolve({ name, help, type, aggregator: 'sum', values: [...family.rows] } as never);
    this.registry.registerMetric(Object.assign(Object.create(Gauge.prototype) as Gauge, { name, get }));
    return family;
  }
}
