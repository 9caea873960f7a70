import type { TelemetryPort } from '../../api/plugins/telemetry-port.js';
import type { Telemetry } from '../../contracts/service/telemetry.js';
import type { InferenceService } from '../../inference/engine/service.js';
import type { ReportRenderer } from '../../reporting/rendering/report-renderer.js';
import type { Upkeep } from '../../store/ports/upkeep.js';
import type { Monitor } from '../camera/monitor.js';

interface TelemetrySources {
  readonly monitor: Monitor;
  readonly inference: InferenceService;
  readonly store: Pick<Upkeep, 'health'>;
  readonly renderer: ReportRenderer;
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const queues = ({ inference, renderer, store }: TelemetrySources): Telemetry['queues'] => {
  const { working, maxWorking, waiting, maxWaiting } = inference.stats().frames;
  const { pending, maxPendingRows } = store.health();
  return {
    'frames-in-work': { items: working, capacity: maxWorking },
    'frames-waiting': { items: waiting, capacity: maxWaiting },
    'store-rows': { items: sum(pending), capacity: maxPendingRows },
    reports: { items: renderer.waiting, capacity: renderer.maxWaiting },
  };
};

const telemetry = (sources: TelemetrySources): Telemetry => {
  const { monitor, inference, store } = sources;
  const streams = monitor.all().map((runtime) => [runtime.config.id, runtime.telemetry()] as const);
  const stages = Object.entries(inference.stats().engine.stages);
  const health = store.health();
  const pick = <Value>(read: (one: (typeof streams)[number][1]) => Value): Record<string, Value> =>
    Object.fromEntries(streams.map(([id, one]) => [id, read(one)]));
  return {
    latencySeconds: pick(({ latency }) => latency),
    faces: pick(({ faces }) => faces),
    rejected: pick(({ rejected }) => rejected),
    stageSeconds: Object.fromEntries(stages.map(([name, stage]) => [name, stage.seconds])),
    batchSizes: Object.fromEntries(stages.map(([name, stage]) => [name, stage.batchSizes])),
    doors: Object.fromEntries(monitor.doors().map(({ streamId, ts: _now, ...counts }) => [streamId, counts])),
    storeRows: health.stored,
    storeRowsLost: sum(health.lost),
    store: {
      commits: health.commits,
      failedCommits: health.failedCommits,
      lastCommitSeconds: health.lastCommitMs === null ? null : health.lastCommitMs / 1000,
      fileBytes: health.fileBytes,
      walBytes: health.walBytes,
      freeBytes: health.freeBytes,
      memoryBytes: health.memoryBytes,
    },
    queues: queues(sources),
  };
};

/** The counters of cameras, inference, store and queues. */
export const createTelemetryPort = (sources: TelemetrySources): TelemetryPort => ({
  telemetry: () => Promise.resolve(telemetry(sources)),
});
