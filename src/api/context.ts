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
import type { Disclosure } from '../disclosure/disclosure.js';
import type { LocalTime } from '../time/local-time.js';
import type { Ports } from './ports.js';
import type { Webhooks } from './webhooks/webhooks.js';

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
