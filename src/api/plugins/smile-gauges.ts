import { Gauge, type Registry } from 'prom-client';
import type { MetricsEvent } from '../../contracts/events.js';
import { AUDIENCE_OF, FACE_ROLE_OF, type Audience } from '../../contracts/role.js';
import type { ApiContext } from '../context.js';

interface Sums {
  samples: number;
  absolute: number;
  visitors: number;
  smiling: number;
}

/** Today's figures of each audience, as anybody may see them: whole cells, sellers as configured, never of fewer than k. */
const sumsOf = (
  streams: MetricsEvent['streams'],
  { ports, disclosure }: Pick<ApiContext, 'ports' | 'disclosure'>,
): [Audience, Sums][] => {
  const audiences = new Map<Audience, Sums>();
  for (const [id, { today }] of Object.entries(streams)) {
    const status = ports.streams.get(id);
    const role = status === null ? null : FACE_ROLE_OF[status.role];
    if (role === null) continue;
    const audience = AUDIENCE_OF[role];
    const sums = audiences.get(audience) ?? { samples: 0, absolute: 0, visitors: 0, smiling: 0 };
    sums.samples += today.samples;
    sums.absolute += today.absolute;
    sums.visitors += today.visitors;
    sums.smiling += (today.smilingPersons ?? 0) * today.visitors;
    audiences.set(audience, sums);
  }
  return [...audiences].filter(([, { samples, visitors }]) => samples > 0 && visitors >= disclosure.kAnonymity);
};

/** Smile-Index of today per audience. The gauges follow the live figures and are gone while there are none to be told. */
export const installSmileGauges = (registry: Registry, context: ApiContext): (() => void) => {
  const { ports, disclosure } = context;
  let streams: MetricsEvent['streams'] = {};
  const gauge = (name: string, help: string, valueOf: (sums: Sums) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['audience'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [audience, sums] of sumsOf(streams, context)) this.set({ audience }, valueOf(sums));
      },
    });
  };
  gauge(
    'emoscope_smile_index',
    'Share of the samples of today with Happiness of at least T (reading face), 0-1, by audience; absent for fewer than k visitors.',
    ({ absolute, samples }) => absolute / samples,
  );
  gauge(
    'emoscope_smiling_persons',
    'Share of the visitors of today who smiled (reading person), 0-1, by audience; absent for fewer than k visitors.',
    ({ smiling, visitors }) => smiling / visitors,
  );
  const nothing = (): void => undefined;
  return ports.live.listen({
    metrics: (event, released = null) => {
      ({ streams } = disclosure.metrics(disclosure.released(event, released), released));
    },
    history: nothing,
    faces: nothing,
    contactStart: nothing,
    contactUpdate: nothing,
    contactEnd: nothing,
    happyIndex: nothing,
    happyIndexReleased: nothing,
    status: nothing,
    door: nothing,
  });
};
