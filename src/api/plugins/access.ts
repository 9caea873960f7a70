import cookie from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { missingRole, rolesWith } from '../../contracts/account-role.js';
import type { AuditEntry } from '../../contracts/audit.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { routeAccess, type Access } from '../auth/access.js';
import { may, type AccountRole, type Identity } from '../auth/roles.js';
import type { Api, ApiContext } from '../context.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** null: nobody we know (only on public routes). */
    identity: Identity | null;
    /** Thing an audited act is about, where the path does not say it. */
    auditTarget: string | null;
  }
}

/** Pictures without end. */
const LIVE_PICTURES = '/api/v1/streams/:id/live.mjpg';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const rowOf = (request: FastifyRequest): Access | undefined =>
  routeAccess(request.method, request.routeOptions.url ?? '');

const assertAllowed = (request: FastifyRequest, access: Access, exporters: readonly AccountRole[]): void => {
  if (access.needs === 'public') return;
  if (request.identity === null)
    throw new EmoscopeError('UNAUTHENTICATED', {
      ru: 'Войдите или пришлите ключ API.',
      en: 'Log in, or send an API key.',
    });
  if (!may(request.identity.role, access.needs, exporters)) {
    if (access.needs === 'export') throw new EmoscopeError('FORBIDDEN', EXPORT_OFF);
    const { role } = request.identity;
    const details = { needs: rolesWith(access.needs), role };
    throw new EmoscopeError('FORBIDDEN', missingRole(role, access.needs), { details });
  }
};

const EXPORT_OFF = {
  ru: 'Отметки по строкам получают только роли из privacy.sampleExport; по умолчанию никто.',
  en: 'Samples row by row are given to the roles named in privacy.sampleExport alone; by default to nobody.',
};

/** Who asks for what, written once per audited request. */
export const auditEntry = (
  request: FastifyRequest,
  now: number,
  entry: Pick<AuditEntry, 'kind' | 'action' | 'target' | 'outcome'>,
): AuditEntry => ({
  ts: now,
  ...entry,
  actor: request.identity?.actor ?? 'anonymous',
  address: request.frontage.clientAddress,
  requestId: request.id,
});

/** Identifies every caller, holds each route to its row of the access table, and writes the audit log. */
export const installAccess = async (app: Api, context: ApiContext): Promise<void> => {
  const { authenticator, connections, config, ports, clock } = context;
  await app.register(cookie);
  app.decorateRequest('identity', null);
  app.decorateRequest('auditTarget', null);

  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      if (method !== 'OPTIONS' && routeAccess(method, route.url) === undefined) {
        throw new Error(`no access rule for ${method} ${route.url}`);
      }
    }
  });

  app.addHook('onRequest', async (request, reply) => {
    const access = rowOf(request);
    const caller = { headers: request.headers, peerAddress: request.socket.remoteAddress ?? '' };
    const cookieValue = request.cookies[authenticator.cookieName(request.frontage)];
    const identify = () => authenticator.identify({ ...caller, cookie: cookieValue });
    request.identity = await identify();
    if (access === undefined) return;
    assertAllowed(request, access, config.privacy.sampleExport);
    if (SAFE_METHODS.has(request.method) && request.identity !== null && access.needs !== 'public') {
      const kind = request.routeOptions.url === LIVE_PICTURES ? 'picture' : 'answer';
      const { identity, raw } = request;
      connections.assertRoom(kind, identity);
      const done = connections.add({ kind, identity, identify, close: () => raw.destroy() });
      reply.raw.once('close', done);
    }
    if (SAFE_METHODS.has(request.method) || request.identity?.via === 'key') return;
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

  app.addHook('onResponse', async (request, reply) => {
    const access = rowOf(request);
    if (access?.audit == null || access.action === null) return;
    const { id, name } = request.params as { id?: string; name?: string };
    const target = request.auditTarget ?? id ?? name ?? null;
    const status = reply.statusCode;
    const outcome = status < 400 ? 'allowed' : status < 500 ? 'refused' : 'failed';
    ports.audit.append(
      auditEntry(request, clock.now(), { kind: access.audit, action: access.action, target, outcome }),
    );
  });
};
