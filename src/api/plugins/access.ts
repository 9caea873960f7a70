import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { finished } from 'node:stream';
import { MISSING_ROLE, ROLES_WITH } from '../../contracts/service/account-role.js';
import type { AuditAct, AuditOutcome, AuditSink } from '../../contracts/service/audit.js';
import { hideAddress } from '../../runtime/address/hide-address.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { routeAccess, type Access } from '../auth/access.js';
import { bearer } from '../auth/authenticator.js';
import { may, type AccountRole, type Identity } from '../auth/roles.js';
import type { Api, ApiContext } from '../context.js';
import type { StoredDevice } from '../devices/device-file.js';
import { isDeviceToken } from '../devices/devices.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** null: nobody we know (only on public routes). */
    identity: Identity | null;
    /** The paired device that asks; `identity` is null then. */
    device: StoredDevice | null;
    /** Whether an act of the audit log has been begun for this request. */
    hasBegun: boolean;
  }
}

/** Pictures without end. */
const LIVE_PICTURES = '/api/v1/streams/:id/live.mjpg';
const WEBHOOKS = '/api/v1/webhooks';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const assertAllowed = (request: FastifyRequest, access: Access, exporters: readonly AccountRole[]): void => {
  if (request.device !== null) {
    if (access.isForDevices === true) return;
    throw new EmoscopeError('FORBIDDEN', {
      ru: 'Устройство может сообщать факты о своём месте и узнавать свои настройки, больше ничего.',
      en: 'A device may tell facts of its own place and ask for its settings, and nothing else.',
    });
  }
  if (access.needs === 'public') return;
  if (request.identity === null)
    throw new EmoscopeError('UNAUTHENTICATED', {
      ru: 'Войдите или пришлите ключ API.',
      en: 'Log in, or send an API key.',
    });
  if (access.needs === 'device')
    throw new EmoscopeError('FORBIDDEN', {
      ru: 'Это для подключённых устройств: у них своё средство доступа.',
      en: 'This is for paired devices, which have a credential of their own.',
    });
  if (!may(request.identity.role, access.needs, exporters)) {
    if (access.needs === 'export') throw new EmoscopeError('FORBIDDEN', EXPORT_OFF);
    const { role } = request.identity;
    const details = { needs: ROLES_WITH[access.needs], role };
    throw new EmoscopeError('FORBIDDEN', MISSING_ROLE[access.needs][role], { details });
  }
};

const EXPORT_OFF = {
  ru: 'Отметки по строкам получают только роли из privacy.sampleExport; по умолчанию никто.',
  en: 'Samples row by row are given to the roles named in privacy.sampleExport alone; by default to nobody.',
};

/** Who asks for what, as the audit log names it. */
export const actOf = (request: FastifyRequest, act: Pick<AuditAct, 'kind' | 'action' | 'target'>): AuditAct => ({
  ...act,
  actor: request.device === null ? (request.identity?.actor ?? 'anonymous') : `device:${request.device.name}`,
  address: request.frontage.clientAddress,
  requestId: request.id,
});

const outcomeOf = (status: number): AuditOutcome => (status < 400 ? 'allowed' : status < 500 ? 'refused' : 'failed');

/**
 * Has the beginning of an act on disk before anything is given, and notes its end when the answer is out or cut off. A view
 * without end is finished whenever it ends. Throws AUDIT_WRITE.
 */
export const beginAct = async (
  sink: AuditSink,
  request: FastifyRequest,
  reply: FastifyReply,
  act: Pick<AuditAct, 'kind' | 'action' | 'target'> & { readonly isEndless?: boolean },
): Promise<void> => {
  const { isEndless = false, ...named } = act;
  const open = await sink.begin(actOf(request, named));
  request.hasBegun = true;
  finished(reply.raw, (error) => {
    const wasCut = error != null && !isEndless;
    open.end(wasCut ? 'aborted' : 'finished', outcomeOf(reply.raw.statusCode));
  });
};

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

/** The longest name of a thing that an entry keeps. */
const LONGEST_TARGET = 200;

/** What a request is about: named by its path, its body or its query. */
const targetOf = ({ params, body, query, routeOptions }: FastifyRequest): string | null => {
  const { id: pathId, name: pathName } = (params ?? {}) as { id?: string; name?: string };
  const { id, name, url } = (body ?? {}) as { id?: unknown; name?: unknown; url?: unknown };
  const { streams } = (query ?? {}) as { streams?: unknown };
  // The path of a webhook is a secret more often than not.
  const shown = routeOptions.url === WEBHOOKS ? originOf : hideAddress;
  const address = typeof url === 'string' ? shown(url) : null;
  const asked = Array.isArray(streams) ? streams.join(',') : streams;
  const named = [pathId, pathName, id, name, address, asked].find((value) => typeof value === 'string' && value !== '');
  return typeof named === 'string' ? named.slice(0, LONGEST_TARGET) : null;
};

/** Identifies every caller, holds each route to its row of the access table, and has audited acts recorded. */
export const installAccess = async (app: Api, context: ApiContext): Promise<void> => {
  const { authenticator, connections, config, devices, ports, access: table } = context;
  const rowOf = (request: FastifyRequest): Access | undefined =>
    routeAccess(table, request.method, request.routeOptions.url ?? '');
  await app.register(cookie);
  app.decorateRequest('identity', null);
  app.decorateRequest('device', null);
  app.decorateRequest('hasBegun', false);

  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      if (method !== 'OPTIONS' && routeAccess(table, method, route.url) === undefined) {
        throw new Error(`no access rule for ${method} ${route.url}`);
      }
    }
  });

  app.addHook('onRequest', async (request, reply) => {
    const access = rowOf(request);
    const caller = { headers: request.headers, peerAddress: request.socket.remoteAddress ?? '' };
    const cookieValue = request.cookies[authenticator.cookieName(request.frontage)];
    const identify = () => authenticator.identify({ ...caller, cookie: cookieValue });
    const token = bearer(request.headers);
    if (token !== null && isDeviceToken(token)) {
      request.device = devices.deviceOf(token);
      if (request.device === null)
        throw new EmoscopeError('UNAUTHENTICATED', {
          ru: 'Устройство отключено или не подключено.',
          en: 'This device is revoked, or was never paired.',
        });
    } else request.identity = await identify();
    if (access === undefined) return;
    assertAllowed(request, access, config.privacy.sampleExport);
    if (SAFE_METHODS.has(request.method) && request.identity !== null && access.needs !== 'public') {
      const kind = request.routeOptions.url === LIVE_PICTURES ? 'picture' : 'answer';
      const { identity, raw } = request;
      connections.assertRoom(kind, identity);
      const done = connections.add({ kind, identity, identify, close: () => raw.destroy() });
      reply.raw.once('close', done);
    }
    if (SAFE_METHODS.has(request.method) || request.identity?.via === 'key' || request.device !== null) return;
    if (authenticator.isForeign(caller)) {
      throw new EmoscopeError('FORBIDDEN', {
        ru: 'Запрос пришёл с чужой страницы.',
        en: 'This request comes from a page of another origin.',
      });
    }
    if (request.identity?.via === 'session' && request.headers['x-csrf-token'] !== request.identity.csrfToken) {
      throw new EmoscopeError('FORBIDDEN', {
        ru: 'Нет заголовка x-csrf-token или он неверен; его даёт GET /api/v1/session. Обновите страницу.',
        en: 'The header x-csrf-token is missing or wrong; GET /api/v1/session gives it.',
      });
    }
  });

  /** The audited act that a request is, or null. */
  const namedAct = (request: FastifyRequest): Pick<AuditAct, 'kind' | 'action' | 'target'> | null => {
    const access = rowOf(request);
    if (access?.audit == null || access.action === null) return null;
    return { kind: access.audit, action: access.action, target: targetOf(request) };
  };

  app.addHook('preHandler', async (request, reply) => {
    const act = namedAct(request);
    if (act !== null && rowOf(request)?.isNotedFirst === true) await beginAct(ports.audit, request, reply, act);
  });

  app.addHook('onResponse', async (request, reply) => {
    const act = namedAct(request);
    if (act !== null && !request.hasBegun) ports.audit.note(actOf(request, act), outcomeOf(reply.statusCode));
  });
};
