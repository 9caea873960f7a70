import type { HealthPort } from '../../api/routes/health-port.js';
import type { ServiceCheck } from '../../contracts/service/service-check.js';
import type { InferenceService } from '../../inference/engine/service.js';
import type { Upkeep } from '../../store/ports/upkeep.js';

interface HealthSources {
  readonly inference: InferenceService;
  readonly store: Pick<Upkeep, 'health'>;
}

const readiness = ({ inference, store }: HealthSources): Record<string, ServiceCheck> => {
  const health = store.health();
  const info = inference.info();
  const { available } = inference.stats().engine;
  return {
    models: available
      ? { ok: true, detail: `${info.engine} on ${info.device}` }
      : { ok: false, detail: 'no inference thread can be started' },
    store: {
      ok: health.state === 'ok',
      detail: health.reason ?? (health.state === 'ok' ? 'writable' : health.state),
    },
  };
};

/** Whether the models are warm and the store is writable. */
export const createHealthPort = (sources: HealthSources): HealthPort => ({
  readiness: () => Promise.resolve(readiness(sources)),
});
