import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
} from 'fastify';
import type { RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from '../config/schema.js';
import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import type { AccessTable } from './auth/access.js';
import type { Accounts } from './auth/accounts.js';
import type { Authenticator } from './auth/authenticator.js';
import type { OpenConnections } from './auth/open-connections.js';
import type { LoginThrottle } from './auth/login-throttle.js';
import type { Sessions } from './auth/sessions.js';
import type { Devices } from './devices/devices.js';
import type { Disclosure } from '../disclosure/disclosure.js';
import type { LocalTime } from '../time/local-time.js';
import type { ContactPointsPort } from './contacts/contact-points-port.js';
import type { ContactsPort } from './contacts/contacts-port.js';
import type { LivePort } from './live/live-port.js';
import type { TelemetryPort } from './plugins/telemetry-port.js';
import type { BackupPort } from './reports/backup-port.js';
import type { ExportPort } from './reports/export-port.js';
import type { FiguresPort } from './reports/figures-port.js';
import type { ReportsPort } from './reports/reports-port.js';
import type { ObservationsPort } from './observations/observations-port.js';
import type { RegistersPort } from './registers/registers-port.js';
import type { AuditPort } from './routes/audit-port.js';
import type { HealthPort } from './routes/health-port.js';
import type { PrivacyDocumentsPort } from './routes/privacy-documents-port.js';
import type { SystemPort } from './routes/system-port.js';
import type { SpotChecksPort } from './spot-checks/spot-checks-port.js';
import type { PicturesPort } from './streams/pictures-port.js';
import type { StreamsPort } from './streams/streams-port.js';
import type { Webhooks } from './webhooks/webhooks.js';

/** Everything the API needs from the rest of the service. */
export interface Ports {
  readonly streams: StreamsPort;
  readonly pictures: PicturesPort;
  readonly contactPoints: ContactPointsPort;
  readonly reports: ReportsPort;
  readonly figures: FiguresPort;
  readonly contacts: ContactsPort;
  readonly spotChecks: SpotChecksPort;
  readonly registers: RegistersPort;
  readonly observations: ObservationsPort;
  readonly exports: ExportPort;
  readonly backup: BackupPort;
  readonly audit: AuditPort;
  readonly system: SystemPort;
  readonly privacyDocuments: PrivacyDocumentsPort;
  readonly health: HealthPort;
  readonly telemetry: TelemetryPort;
  readonly live: LivePort;
}

/** What every route and plugin of one app shares. */
export interface ApiContext {
  readonly config: Config;
  readonly ports: Ports;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Of the site. */
  readonly localTime: LocalTime;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly throttle: LoginThrottle;
  readonly authenticator: Authenticator;
  /** Who may call what. */
  readonly access: AccessTable;
  readonly connections: OpenConnections;
  readonly disclosure: Disclosure;
  readonly devices: Devices;
  readonly webhooks: Webhooks;
}

/** A Fastify instance whose routes take their types from zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
