import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Api, ApiContext } from '../context.js';
import type { LiveHub } from '../live/hub.js';
import { installSmileGauges } from './smile-gauges.js';
import { ServiceCollector } from './service-collector.js';

const REPORT_ROUTES: Readonly<Record<string, string>> = {
  '/api/v1/reports/me1': 'me1',
  '/api/v1/reports/comparison': 'comparison',
  '/api/v1/reports/questions': 'questions',
  '/api/v1/reports/visitors': 'visitors',
  '/api/v1/reports/contacts': 'contacts',
  '/api/v1/reports/counts': 'counts',
  '/api/v1/reports/shifts': 'shifts',
  '/api/v1/samples/export': 'samples',
};

/** `GET /metrics`: one registry per app, filled from the ports when it is scraped. */
export const installPrometheus = (app: Api, context: ApiContext, hub: LiveHub): void => {
  const { ports, logger } = context;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 });
  const requests = new Histogram({
    name: 'emoscope_http_request_duration_seconds',
    help: 'Time from request to answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const reports = new Histogram({
    name: 'emoscope_report_duration_seconds',
    help: 'Time from asking for a report to its last byte, by report and format.',
    labelNames: ['report', 'format'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
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
  const stopGauges = installSmileGauges(registry, context);
  app.addHook('onClose', () => {
    stopGauges();
    return Promise.resolve();
  });

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    if (route.endsWith('.mjpg')) return;
    const seconds = reply.elapsedTime / 1000;
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    const report = REPORT_ROUTES[route];
    if (report === undefined || reply.statusCode !== 200) return;
    const { format = 'json' } = request.query as { format?: string };
    reports.observe({ report, format }, seconds);
  });

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    const telemetry = await ports.telemetry.telemetry().catch((error: unknown) => {
      logger.warn({ err: error }, 'telemetry is not available');
      return null;
    });
    collector.take(ports.streams.list(), telemetry, hub.stats());
    return reply.type(registry.contentType).send(await registry.metrics());
  });
};
