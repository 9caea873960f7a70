import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LANGUAGES } from '../../contracts/language.js';
import { session, type Session } from '../../contracts/service/session.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { may, PERMISSIONS, type AccountRole, type Identity, type Permission } from '../auth/roles.js';
import { SESSION_MAX_MS } from '../auth/sessions.js';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';

const credentials = z.strictObject({ name: z.string().min(1).max(64), password: z.string().min(1).max(1000) });

/** Logging in and out, and who one is. */
export const sessionRoutes = (app: Api, context: ApiContext): void => {
  const { accounts, authenticator, sessions, throttle, config } = context;
  const permissionsOf = (role: AccountRole): Permission[] =>
    PERMISSIONS.filter((permission) => may(role, permission, config.privacy.sampleExport));
  const cookieOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict' as const,
  };
  /** Encrypted up to the browser, by us or by a proxy in front: then the cookie is too. */
  const cookieOf = ({ frontage }: FastifyRequest) => ({
    name: authenticator.cookieName(frontage),
    secure: frontage.isSecure,
  });

  const accountOf = (identity: Identity | null): string | null =>
    identity?.via === 'session' ? identity.actor.replace(/^user:/, '') : null;
  const viewOf = (identity: Identity | null): Session => ({
    open: authenticator.isOpen,
    authenticated: identity !== null,
    actor: identity?.actor ?? null,
    role: identity?.role ?? null,
    permissions: identity === null ? [] : permissionsOf(identity.role),
    language: accounts.find(accountOf(identity) ?? '')?.language ?? null,
    siteLanguage: config.site.language === 'auto' ? null : config.site.language,
    csrfToken: identity?.csrfToken ?? null,
  });

  app.get(
    '/api/v1/session',
    { schema: { tags: ['access'], summary: 'Who am I', response: { 200: session, ...problems } } },
    (request) => viewOf(request.identity),
  );

  app.patch(
    '/api/v1/session',
    {
      schema: {
        tags: ['access'],
        summary: 'Keep the language of the dashboard in my account',
        body: z.strictObject({ language: z.enum(LANGUAGES).nullable() }),
        response: { 200: session, ...problems },
      },
    },
    async ({ identity, body }) => {
      const name = accountOf(identity);
      if (name === null) {
        throw new EmoscopeError('CONFLICT', {
          ru: 'Язык хранится в учётной записи, а здесь вошли без неё.',
          en: 'The language is kept in an account, and you came without one.',
        });
      }
      await accounts.changeUser(name, body);
      return viewOf(identity);
    },
  );

  app.post(
    '/api/v1/auth/login',
    {
      schema: {
        tags: ['access'],
        summary: 'Open a session',
        body: credentials,
        response: { 200: session, ...problems },
      },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      const waitMs = throttle.waitMs(name, request.frontage.clientAddress);
      if (waitMs > 0) {
        reply.header('retry-after', Math.ceil(waitMs / 1000));
        throw new EmoscopeError('RATE_LIMITED', {
          ru: 'Слишком много попыток. Подождите минуту и попробуйте снова.',
          en: 'Too many failed logins; try again later.',
        });
      }
      throttle.charge(name, request.frontage.clientAddress);
      const user = await accounts.authenticate(name, password);
      if (user === null)
        throw new EmoscopeError('UNAUTHENTICATED', {
          ru: 'Имя или пароль не подходят.',
          en: 'The name or the password is wrong.',
        });
      throttle.forgive(name, request.frontage.clientAddress);
      const { name: cookieName, secure } = cookieOf(request);
      const previous = request.cookies[cookieName];
      if (previous !== undefined) sessions.close(previous);
      const { token, session: opened } = sessions.open(user.name, user.stamp);
      request.identity = { actor: `user:${user.name}`, role: user.role, via: 'session', csrfToken: opened.csrfToken };
      reply.setCookie(cookieName, token, { ...cookieOptions, secure, maxAge: SESSION_MAX_MS / 1000 });
      return viewOf(request.identity);
    },
  );

  app.post(
    '/api/v1/auth/logout',
    { schema: { tags: ['access'], summary: 'End this session', response: { 204: z.null(), ...problems } } },
    async (request, reply) => {
      const { name: cookieName, secure } = cookieOf(request);
      const token = request.cookies[cookieName];
      if (token !== undefined) sessions.close(token);
      reply.clearCookie(cookieName, { ...cookieOptions, secure });
      return reply.status(204).send(null);
    },
  );
};
