import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Api, ApiContext } from '../context.js';
import type { LiveHub } from '../live/hub.js';
import { ServiceCollector } from './service-collector.js';

/** `GET /metrics`: one registry per app, filled from the ports when it is scraped. */
export const installPrometheus = (app: Api, { ports, logger }: ApiContext, hub: LiveHub): void => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 });
  const requests = new Histogram({
    name: 'emoscope_http_request_duration_seconds',
    help: 'Time from request to answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  });
  new Gauge({
    name: 'emoscope_socket_subscribers',
    help: 'Live subscribers connected.',
    registers: [registry],
    collect() {
      this.set(hub.stats().subscribers);
    },
  });
  const collector = new ServiceCollector(registry);

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    if (route.endsWith('.mjpg')) return;
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    const telemetry = await ports.system.telemetry().catch((error: unknown) => {
      logger.warn({ err: error }, 'telemetry is not available');
      return null;
    });
    collector.take(ports.streams.list(), telemetry, hub.stats());
    return reply.type(registry.contentType).send(await registry.metrics());
  });
};
