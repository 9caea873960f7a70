import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EmoscopeError, type ErrorCode } from '../../runtime/errors.js';
import { redact, redactDeep } from '../../runtime/redact.js';
import { askedLanguage, type AskedLanguage } from '../asked-language.js';
import type { Api } from '../context.js';
import { statusOf } from '../error-status.js';
import { meaningOf, reasonOf } from '../error-words.js';
import type { Problem } from '../schemas/problem.js';
import { isPageRequest, pageAddress } from './dashboard.js';

const codeForStatus = (status: number): ErrorCode => {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 404) return 'NOT_FOUND';
  if (status === 413) return 'PAYLOAD_TOO_LARGE';
  if (status === 429) return 'RATE_LIMITED';
  return status >= 400 && status < 500 ? 'VALIDATION' : 'INTERNAL';
};

const russian = z.locales.ru().localeError;

/** The validator's sentence in Russian, from what it says about the value; the English one where it has none. */
const inRussian = (issue: { keyword: string; message?: string; params: Record<string, unknown> }): string => {
  const translated = russian({ ...issue.params, code: issue.keyword, path: [], input: undefined } as never);
  return (typeof translated === 'string' ? translated : translated?.message) ?? issue.message ?? '';
};

const validationDetails = (error: unknown, language: AskedLanguage): unknown =>
  hasZodFastifySchemaValidationErrors(error)
    ? error.validation.slice(0, 50).map((issue) => ({
        path: issue.instancePath,
        message: redact(language === 'ru' ? inRussian(issue) : (issue.message ?? '')).slice(0, 500),
      }))
    : undefined;

/** The status and body that a thrown value becomes; nothing internal goes into a 5xx. */
const problemOf = (error: unknown, language: AskedLanguage): { readonly status: number; readonly body: Problem } => {
  if (error instanceof EmoscopeError) {
    const status = statusOf(error.code);
    if (status >= 500) return { status, body: { code: error.code, message: meaningOf(error.code, language) } };
    const details = error.details === undefined ? {} : { details: redactDeep(error.details) };
    return { status, body: { code: error.code, message: redact(reasonOf(error, language)), ...details } };
  }
  const details = validationDetails(error, language);
  if (details !== undefined)
    return { status: 400, body: { code: 'VALIDATION', message: meaningOf('VALIDATION', language), details } };
  const status = (error as Partial<FastifyError> | null)?.statusCode ?? 500;
  const code = codeForStatus(status);
  return { status: code === 'INTERNAL' ? 500 : status, body: { code, message: meaningOf(code, language) } };
};

const languageOf = (request: FastifyRequest): AskedLanguage => askedLanguage(request.headers['accept-language']);

/** Whether nobody waits for the answer any more, and the work for it was ended for that reason. */
const hasLeft = (error: unknown, { raw }: FastifyReply): boolean =>
  raw.destroyed && error instanceof DOMException && error.name === 'AbortError';

/** One shape for every error answer; faults of ours are logged under the request id. A browser's unknown page gets the dashboard. */
export const installErrors = (app: Api, hasDashboard: boolean): void => {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.debug({ method, route: routeOptions.url ?? 'unmatched', status: reply.statusCode, ms }, 'request');
  });
  app.setErrorHandler((error, request, reply) => {
    if (hasLeft(error, reply)) {
      request.log.debug('the client left before the answer');
      return reply;
    }
    const language = languageOf(request);
    const { status, body } = problemOf(error, language);
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return reply;
    }
    return reply
      .status(status)
      .header('content-language', language)
      .type('application/json')
      .serializer(JSON.stringify)
      .send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    if (hasDashboard && isPageRequest(request.method, request.url, request.headers.accept)) {
      return reply.header('cache-control', 'no-cache').redirect(pageAddress(request.url));
    }
    const body: Problem = { code: 'NOT_FOUND', message: meaningOf('NOT_FOUND', languageOf(request)) };
    return reply.status(404).type('application/json').serializer(JSON.stringify).send(body);
  });
};
