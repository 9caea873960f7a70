import type { Check, SystemPort, Telemetry } from '../../api/ports.js';
import type { InferenceService } from '../../inference/service.js';
import type { Store } from '../../store/port.js';
import type { Monitor } from '../monitor.js';

export interface SystemSources {
  readonly monitor: Monitor;
  readonly inference: InferenceService;
  readonly store: Store;
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const readiness = ({ inference, store }: SystemSources): Record<string, Check> => {
  const health = store.health();
  const info = inference.info();
  return {
    models: { ok: true, detail: `${info.engine} on ${info.device}` },
    store: {
      ok: health.state === 'ok',
      detail: health.reason ?? (health.state === 'ok' ? 'writable' : health.state),
    },
  };
};

const telemetry = ({ monitor, inference, store }: SystemSources): Telemetry => {
  const streams = monitor.all().map((runtime) => [runtime.config.id, runtime.telemetry()] as const);
  const stages = Object.entries(inference.stats().engine.stages);
  const health = store.health();
  const pick = <Value>(read: (one: (typeof streams)[number][1]) => Value): Record<string, Value> =>
    Object.fromEntries(streams.map(([id, one]) => [id, read(one)]));
  return {
    latencySeconds: pick(({ latency }) => latency),
    faces: pick(({ faces }) => faces),
    rejected: pick(({ rejected }) => rejected as Record<string, number>),
    stageSeconds: Object.fromEntries(stages.map(([name, stage]) => [name, stage.seconds])),
    batchSizes: Object.fromEntries(stages.map(([name, stage]) => [name, stage.batchSizes])),
    storeRows: health.stored,
    storeRowsLost: sum(health.lost),
  };
};

/** The service about itself: what runs, whether it may take work, its counters. */
export const createSystemPort = (
  sources: SystemSources,
  papers: Pick<SystemPort, 'privacyReport' | 'notice'>,
): SystemPort => ({
  engine: () => sources.inference.info(),
  readiness: () => Promise.resolve(readiness(sources)),
  telemetry: () => Promise.resolve(telemetry(sources)),
  ...papers,
});
