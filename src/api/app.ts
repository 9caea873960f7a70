import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fastify, LogController, type FastifyBaseLogger } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { resolveTimeZone } from '../config/environment.js';
import type { Config } from '../config/schema.js';
import { COUNTER_ROLE, FACE_ROLE_OF } from '../contracts/role.js';
import { systemClock, type Clock } from '../runtime/clock.js';
import { EmoscopeError } from '../runtime/errors.js';
import type { Logger } from '../runtime/logger.js';
import { LocalTime } from '../time/local-time.js';
import { accessTable } from './auth/access.js';
import { Accounts } from './auth/accounts.js';
import { Authenticator } from './auth/authenticator.js';
import { assertBindable } from './auth/bind.js';
import { OpenConnections } from './auth/open-connections.js';
import { LoginThrottle } from './auth/login-throttle.js';
import { isLoopbackHost } from './auth/origin.js';
import { Proxies } from './auth/proxies.js';
import { Sessions } from './auth/sessions.js';
import type { Api, ApiContext } from './context.js';
import { LiveHub } from './live/hub.js';
import { LiveSocketServer } from './live/socket.js';
import { installAccess } from './plugins/access.js';
import { installDashboard } from './plugins/dashboard.js';
import { listenOn } from './listen.js';
import { installErrors } from './plugins/errors.js';
import { installFrontage } from './plugins/frontage.js';
import { installOpenApi } from './plugins/openapi.js';
import { installPrometheus } from './plugins/prometheus.js';
import { installSecurity } from './plugins/security.js';
import { strictValidator } from './plugins/validation.js';
import { MqttIntake } from './mqtt/mqtt-intake.js';
import { MqttSink } from './mqtt/mqtt-sink.js';
import type { Ports } from './context.js';
import { Disclosure } from '../disclosure/disclosure.js';
import { accountRoutes } from './routes/accounts.js';
import { contactRoutes } from './contacts/contact-routes.js';
import { exportRoutes } from './reports/export-routes.js';
import { healthRoutes } from './routes/health.js';
import { pictureRoutes } from './streams/picture-routes.js';
import { reportRoutes } from './reports/report-routes.js';
import { seriesRoutes } from './reports/series-routes.js';
import { sessionRoutes } from './routes/session.js';
import { observationRoutes } from './observations/observation-routes.js';
import { registerRoutes } from './registers/register-routes.js';
import { spotCheckRoutes } from './spot-checks/spot-check-routes.js';
import { streamRoutes } from './streams/stream-routes.js';
import { statusRoutes } from './routes/status.js';
import { systemRoutes } from './routes/system.js';
import { webhookRoutes } from './routes/webhooks.js';
import { WEBHOOK_EVENTS } from './webhooks/webhook-file.js';
import { deviceRoutes } from './devices/device-routes.js';
import { Devices } from './devices/devices.js';
import { Webhooks } from './webhooks/webhooks.js';
import { webhookSink } from './webhooks/webhook-sink.js';

export interface AppOptions {
  readonly config: Config;
  readonly ports: Ports;
  readonly logger: Logger;
  /** Version of the product, for /api/v1/info and the API document. */
  readonly version: string;
  /** Folder of the built dashboard; absent: API alone. */
  readonly webRoot?: string;
  readonly clock?: Clock;
}

/** The running API: HTTP, live socket, webhooks. */
export interface App {
  readonly fastify: Api;
  /** Starts to listen where the configuration says; gives the address a browser opens. */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /** Tells subscribers, ends connections, frees everything; idempotent. */
  close(): Promise<void>;
}

const REQUEST_ID = /^[\w-]{8,64}$/;

interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

const readCertificate = async (tls: NonNullable<Config['server']['tls']>): Promise<Certificate> => {
  try {
    const [cert, key] = await Promise.all([readFile(tls.cert), readFile(tls.key)]);
    return { cert, key };
  } catch (error) {
    throw new EmoscopeError('CONFIG_INVALID', 'server.tls: the certificate or the key cannot be read.', {
      cause: error,
    });
  }
};

const createServer = (certificate: Certificate | null, logger: Logger): Api => {
  const options = {
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 262_144,
    requestTimeout: 30_000,
    forceCloseConnections: true as const,
    routerOptions: { maxParamLength: 200 },
    genReqId: (request: { headers: Record<string, string | string[] | undefined> }): string => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  };
  if (certificate === null) return fastify(options);
  try {
    return fastify({ ...options, https: { ...certificate, minVersion: 'TLSv1.2' } });
  } catch (error) {
    throw new EmoscopeError('CONFIG_INVALID', 'server.tls: the certificate and the key do not fit each other.', {
      cause: error,
    });
  }
};

const startMqtt = (mqtt: NonNullable<Config['mqtt']>, ports: Ports, logger: Logger): MqttSink =>
  new MqttSink({
    mqtt,
    streams: () => ports.streams.list(),
    points: () => ports.contactPoints.list(),
    logger: logger.child({ sink: 'mqtt' }),
  });

const hearMqtt = (
  mqtt: NonNullable<Config['mqtt']>,
  siteId: string,
  { observations }: Ports,
  clock: Clock,
  logger: Logger,
): MqttIntake => new MqttIntake({ mqtt, siteId, observations, clock, logger: logger.child({ source: 'mqtt' }) });

/**
 * Builds the whole API around the given ports; nothing listens yet. Throws BIND_REFUSED, or CONFIG_INVALID for an
 * unreadable certificate or accounts file.
 */
export const createApp = async (options: AppOptions): Promise<App> => {
  const { config, ports, version, clock = systemClock } = options;
  const logger = options.logger.child({ stage: 'api' });
  const accounts = await Accounts.open(config.server.accounts);
  for (const problem of accounts.problems) logger.error({ problem }, 'the accounts file: an entry is left out');
  assertBindable(config.server, accounts.hasAccounts);
  const sessions = new Sessions(clock);
  const disclosure = new Disclosure(config.privacy, (id) => FACE_ROLE_OF[ports.streams.get(id)?.role ?? COUNTER_ROLE]);
  const proxies = new Proxies(config.server);
  const authenticator = new Authenticator(config.server, accounts, sessions, proxies);
  const connections = new OpenConnections(accounts, sessions, logger);
  const throttle = new LoginThrottle(clock);
  const webhooks = await Webhooks.open({
    path: join(dirname(config.server.accounts), 'webhooks.json'),
    allowPrivate: config.webhooks.allowPrivateAddresses,
    withheld: WEBHOOK_EVENTS.filter((event) => !disclosure.tellsOutside(event, true)),
    logger,
  });
  const devices = await Devices.open({ path: join(dirname(config.server.accounts), 'devices.json'), clock, logger });
  const context: ApiContext = {
    config,
    ports,
    logger,
    clock,
    localTime: new LocalTime(resolveTimeZone(config.site.timeZone)),
    accounts,
    sessions,
    throttle,
    authenticator,
    access: accessTable(ports.reports.offers),
    connections,
    disclosure,
    devices,
    webhooks,
  };

  const { tls, trustProxy } = config.server;
  const app = createServer(tls === undefined ? null : await readCertificate(tls), logger);
  app.setValidatorCompiler(strictValidator);
  app.setSerializerCompiler(serializerCompiler);
  const hub = new LiveHub({ ports, disclosure, clock, logger });
  hub.addSink(webhookSink(webhooks));
  const mqtt = config.mqtt === undefined ? null : startMqtt(config.mqtt, ports, logger);
  if (mqtt !== null) hub.addSink(mqtt.sink);
  const heard = config.mqtt?.observe === true ? hearMqtt(config.mqtt, config.site.id, ports, clock, logger) : null;
  installErrors(app, options.webRoot !== undefined && existsSync(join(options.webRoot, 'index.html')));
  installFrontage(app, proxies);
  await installSecurity(app, config.server, clock);
  await installAccess(app, context);
  await installOpenApi(app, context.access, version);
  installPrometheus(app, context, hub);
  for (const routes of [
    healthRoutes,
    sessionRoutes,
    streamRoutes,
    pictureRoutes,
    seriesRoutes,
    reportRoutes,
    contactRoutes,
    spotCheckRoutes,
    registerRoutes,
    observationRoutes,
    deviceRoutes,
    exportRoutes,
    accountRoutes,
    webhookRoutes,
  ]) {
    routes(app, context);
  }
  statusRoutes(app, context, hub);
  systemRoutes(app, context, version);
  await installDashboard(app, options.webRoot);
  await app.ready();
  await hub
    .resume()
    .catch((error: unknown) => logger.warn({ err: error }, 'contacts of the last minutes are not replayed'));

  const socket = new LiveSocketServer(app.server, hub, context);
  const stopListening = ports.live.listen(hub);
  let closing: Promise<void> | null = null;
  return {
    fastify: app,
    listen: async () => {
      if (!isLoopbackHost(config.server.host) && tls === undefined && trustProxy === false) {
        logger.warn('passwords and figures cross the network unencrypted; set server.tls');
      }
      await listenOn(app, config.server);
      const { port } = app.server.address() as AddressInfo;
      const { host } = config.server;
      const name = ['0.0.0.0', '::', '127.0.0.1'].includes(host)
        ? 'localhost'
        : host.includes(':')
          ? `[${host}]`
          : host;
      return { url: `${tls === undefined ? 'http' : 'https'}://${name}:${port}/`, port };
    },
    close: () => {
      closing ??= (async () => {
        stopListening();
        connections.stop();
        await Promise.all([socket.close(), webhooks.close(), mqtt?.close(), heard?.close(), devices.close()]);
        await app.close();
      })();
      return closing;
    },
  };
};
