import type { AuditKind } from '../../contracts/service/audit.js';
import { addressesOf, type ReportOffer } from '../../reporting/offer.js';
import { may, type AccountRole, type Permission } from './roles.js';

/** What one route or live event needs, and under which heading its use is audited. */
export interface Access {
  readonly needs: Permission | 'public' | 'device';
  /** Whether a paired device may, too; where it `needs` one, nobody else may. */
  readonly isForDevices?: true;
  /** null: not audited. */
  readonly audit: AuditKind | null;
  /** Verb in the audit log; null when not audited. */
  readonly action: string | null;
  /** Its beginning is on disk before anything happens, and it is refused when that cannot be; else it is noted afterwards. */
  readonly isNotedFirst: boolean;
}

/** What an account may have permission for. */
type Permitted = Access & { readonly needs: Permission };

const open: Access = { needs: 'public', audit: null, action: null, isNotedFirst: false };
const allow = (needs: Permission): Permitted => ({ needs, audit: null, action: null, isNotedFirst: false });
const admin = (action: string): Access => ({
  needs: 'administer',
  audit: 'administration',
  action,
  isNotedFirst: true,
});
/** What an administrator needs to see what is wrong, and what takes a right away: also while the disk is full. */
const adminAlways = (action: string): Access => ({ ...admin(action), isNotedFirst: false });
const personal = (needs: Permission, action: string): Permitted => ({
  needs,
  audit: 'personal-data',
  action,
  isNotedFirst: true,
});
/** For a paired device and nobody else. */
const deviceAlone: Access = { ...open, needs: 'device', isForDevices: true };
/** What a person who stands in the shop tells: who told it is on disk before it counts. */
const told = (action: string): Access => ({ ...admin(action), needs: 'count' });
const security = (action: string): Access => ({ needs: 'public', audit: 'security', action, isNotedFirst: false });

/** Who may call what, by method and route. */
export type AccessTable = Readonly<Record<string, Access>>;

/**
 * The table of who may call what, but for the reports. A route that is not listed does not start; `GET` covers `HEAD`.
 * Pictures and live views are listed as `view`: without the permission `faces` they are drawn silhouettes, and looks at
 * faces are audited by the route itself, since only it knows which of the two was shown.
 */
const ROUTES: AccessTable = {
  'GET /healthz': open,
  'GET /readyz': open,
  'GET /metrics': allow('view'),
  'GET /': open,
  'GET /kiosk': open,
  'GET /*': open,

  'GET /api/v1/openapi.json': open,
  'GET /docs': open,
  'GET /docs/*': open,

  'GET /api/v1/session': open,
  'PATCH /api/v1/session': allow('view'),
  'POST /api/v1/auth/login': security('auth.login'),
  'POST /api/v1/auth/logout': security('auth.logout'),

  'GET /api/v1/info': allow('view'),
  'GET /api/v1/models': allow('view'),
  'GET /api/v1/status': allow('view'),
  'GET /api/v1/streams': allow('view'),
  'GET /api/v1/streams/:id': allow('view'),
  'GET /api/v1/streams/:id/snapshot.jpg': allow('view'),
  'GET /api/v1/streams/:id/live.mjpg': allow('view'),
  'POST /api/v1/streams': admin('streams.add'),
  'PATCH /api/v1/streams/:id': admin('streams.patch'),
  'DELETE /api/v1/streams/:id': admin('streams.remove'),
  'POST /api/v1/streams/:id/probe': admin('streams.probe'),
  'POST /api/v1/probe': admin('streams.probe'),

  'GET /api/v1/contact-points': allow('view'),
  'POST /api/v1/contact-points': admin('contact-points.add'),
  'PUT /api/v1/contact-points/:id': admin('contact-points.put'),
  'DELETE /api/v1/contact-points/:id': admin('contact-points.remove'),

  'GET /api/v1/backup': personal('administer', 'store.backup'),

  'GET /api/v1/metrics/series': allow('view'),
  'GET /api/v1/happy-index': allow('view'),
  'GET /api/v1/reports': allow('view'),
  'GET /api/v1/reports/shifts': allow('analyse'),
  'GET /api/v1/contacts': personal('contacts', 'contacts.list'),
  'GET /api/v1/contacts/:id': personal('contacts', 'contacts.read'),
  'GET /api/v1/spot-checks': allow('count'),
  'POST /api/v1/spot-checks': told('spot-checks.add'),
  'DELETE /api/v1/spot-checks/:id': told('spot-checks.remove'),
  'GET /api/v1/places': allow('view'),
  'POST /api/v1/places': admin('places.add'),
  'PUT /api/v1/places/:id': admin('places.put'),
  'DELETE /api/v1/places/:id': admin('places.remove'),
  'GET /api/v1/factors': allow('view'),
  'POST /api/v1/factors': admin('factors.add'),
  'PUT /api/v1/factors/:id': admin('factors.put'),
  'DELETE /api/v1/factors/:id': admin('factors.remove'),
  // Names of people at work: for those who enter what they did.
  'GET /api/v1/employees': allow('count'),
  'POST /api/v1/employees': admin('employees.add'),
  'PUT /api/v1/employees/:id': admin('employees.put'),
  'DELETE /api/v1/employees/:id': admin('employees.remove'),
  // Each fact keeps where it came from itself; a line of the audit log for each press would bury the others.
  'POST /api/v1/observations': { ...allow('count'), isForDevices: true },
  'GET /api/v1/samples/export': personal('export', 'samples.export'),

  'GET /api/v1/notice': allow('view'),
  'GET /api/v1/privacy/report': adminAlways('privacy.report'),
  'GET /api/v1/audit': adminAlways('audit.read'),
  'GET /api/v1/log': adminAlways('log.read'),

  'GET /api/v1/users': adminAlways('users.list'),
  'POST /api/v1/users': admin('users.add'),
  'PATCH /api/v1/users/:name': admin('users.change'),
  'DELETE /api/v1/users/:name': adminAlways('users.remove'),
  'GET /api/v1/keys': adminAlways('keys.list'),
  'POST /api/v1/keys': admin('keys.add'),
  'DELETE /api/v1/keys/:id': adminAlways('keys.remove'),
  'GET /api/v1/devices': adminAlways('devices.list'),
  'POST /api/v1/devices': admin('devices.add'),
  'DELETE /api/v1/devices/:id': adminAlways('devices.remove'),
  // Without an account: whoever has the PIN of the last ten minutes.
  'POST /api/v1/devices/pair': security('devices.pair'),
  'GET /api/v1/device': deviceAlone,
  'GET /api/v1/webhooks': adminAlways('webhooks.list'),
  'POST /api/v1/webhooks': admin('webhooks.add'),
  'DELETE /api/v1/webhooks/:id': adminAlways('webhooks.remove'),
  'GET /api/v1/webhooks/dead-letters': adminAlways('webhooks.dead-letters'),
  'POST /api/v1/webhooks/dead-letters/:id/retry': admin('webhooks.retry'),
};

/** The whole table, with each report as its own line of the registry has it. */
export const accessTable = (reports: readonly ReportOffer[]): AccessTable => ({
  ...ROUTES,
  ...Object.fromEntries(
    reports.flatMap((report) => {
      const access = report.isPersonal ? personal(report.needs, `reports.${report.kind}`) : allow(report.needs);
      return addressesOf(report).map((address) => [`GET ${address}`, access]);
    }),
  ),
});

/** Live events by name; `subscribe` and `unsubscribe` are what clients send, the rest is what they get. */
export const LIVE_ACCESS = {
  subscribe: allow('view'),
  unsubscribe: allow('view'),
  faces: personal('faces', 'live.faces'),
  metrics: allow('view'),
  'contact:start': personal('contacts', 'live.contacts'),
  'contact:update': personal('contacts', 'live.contacts'),
  'contact:end': personal('contacts', 'live.contacts'),
  'happy-index': allow('contacts'),
  status: allow('view'),
  door: allow('view'),
} as const satisfies Readonly<Record<string, Permitted>>;

export type LiveEventName = keyof typeof LIVE_ACCESS;
/** Live events that clients get. */
export type ToldName = Exclude<LiveEventName, 'subscribe' | 'unsubscribe'>;

/** Whether a role may send or get this live event. */
export const mayLive = (role: AccountRole, event: LiveEventName): boolean => {
  return may(role, LIVE_ACCESS[event].needs);
};

/** The table's row for a route as Fastify names it; `/docs/*` covers its subtree; undefined when nobody wrote a row. */
export const routeAccess = (table: AccessTable, method: string, url: string): Access | undefined => {
  const path = url.startsWith('/docs/') ? '/docs/*' : url;
  return table[`${method === 'HEAD' ? 'GET' : method} ${path}`];
};
