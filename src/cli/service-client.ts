import { createWriteStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { Config } from '../config/schema.js';
import type { ObservationInput } from '../contracts/observation.js';
import type { ObservationResult } from '../contracts/service/observation-result.js';
import { ERROR_CODES, EmoscopeError, type ErrorCode } from '../runtime/errors.js';
import { makeThenMove } from '../runtime/files/make-then-move.js';
import type { CliContext } from './context.js';
import { pinnedFetch } from './pinned-fetch.js';

const addressOf = ({ server }: Config): string => {
  const anywhere = ['0.0.0.0', '::'].includes(server.host);
  const host = anywhere ? 'localhost' : server.host.includes(':') ? `[${server.host}]` : server.host;
  return `${server.tls === undefined ? 'http' : 'https'}://${host}:${server.port}`;
};

interface Problem {
  readonly code?: string;
  readonly message?: string;
}

const asError = (problem: Problem): EmoscopeError => {
  const code = problem.code !== undefined && problem.code in ERROR_CODES ? (problem.code as ErrorCode) : 'INTERNAL';
  return new EmoscopeError(code, problem.message ?? 'The service refused the request.');
};

/** Over TLS the service is known by its certificate, which may be for a name that this machine does not go by. */
const askService = (
  context: CliContext,
  config: Config,
  path: string,
  signal: AbortSignal | null = null,
  body?: string,
): Promise<Response> => {
  const key = context.env['EMOSCOPE_API_KEY'];
  const headers: Record<string, string> = {
    'accept-language': context.language,
    ...(key === undefined ? {} : { 'x-api-key': key }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { body };
  const url = new URL(path, addressOf(config));
  const { tls } = config.server;
  const asked =
    tls === undefined
      ? fetch(url, { headers, signal, ...(body === undefined ? {} : { method: 'POST', body }) })
      : pinnedFetch({ url, certFile: tls.cert, headers, signal, ...sent });
  return asked.catch((cause: unknown) => {
    if (cause instanceof EmoscopeError) throw cause;
    throw new EmoscopeError(
      'STORE_LOCKED',
      `Another process holds the database, and no service answers at ${addressOf(config)}.`,
      { cause },
    );
  });
};

/**
 * The report from the service that holds the store. With accounts an API key of role analyst is needed in
 * EMOSCOPE_API_KEY. Throws the service's own error, or STORE_LOCKED when no service answers.
 */
export const fetchReport = async (
  context: CliContext,
  config: Config,
  kind: string,
  query: Readonly<Record<string, string>>,
): Promise<unknown> => {
  const path = `/api/v1/reports/${kind}?${new URLSearchParams(query).toString()}`;
  const response = await askService(context, config, path);
  const body: unknown = await response.json();
  if (!response.ok) throw asError(body as Problem);
  return body;
};

const LONGEST_PAUSE_S = 60;

/**
 * Tells facts to the service that holds the store; waits where it asks for slower requests. With accounts an API key of role
 * operator is needed in EMOSCOPE_API_KEY. Throws the service's own error, or STORE_LOCKED when no service answers.
 */
export const tellFacts = async (
  context: CliContext,
  config: Config,
  facts: readonly ObservationInput[],
): Promise<readonly ObservationResult[]> => {
  for (;;) {
    const body = JSON.stringify({ observations: facts });
    const response = await askService(context, config, '/api/v1/observations', null, body);
    const answer = (await response.json()) as Problem & { readonly results: readonly ObservationResult[] };
    if (response.ok) return answer.results;
    if (response.status !== 429) throw asError(answer);
    const asked = Number(response.headers.get('retry-after') ?? 1);
    await setTimeout(1000 * Math.min(LONGEST_PAUSE_S, Number.isFinite(asked) ? Math.max(1, asked) : 1));
  }
};

const SUPPORT_PAGES = ['/readyz', '/api/v1/streams', '/api/v1/models', '/api/v1/log', '/metrics'];
const SUPPORT_TIMEOUT_MS = 10_000;

/** What a running service says about itself, page by page; a page that it does not give says why. Never throws. */
export const askForSupport = async (context: CliContext, config: Config): Promise<Record<string, unknown>> => {
  const pages = SUPPORT_PAGES.map(async (path) => {
    try {
      const response = await askService(context, config, path, AbortSignal.timeout(SUPPORT_TIMEOUT_MS));
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return [path, isJson ? (JSON.parse(text) as unknown) : text.split('\n')] as const;
    } catch {
      return [path, { unavailable: `no service answers at ${addressOf(config)}` }] as const;
    }
  });
  return Object.fromEntries(await Promise.all(pages));
};

/** Asks the service that holds the store for a backup and saves it; throws CONFLICT where the file exists, the service's own error or STORE_LOCKED. */
export const requestBackup = async (context: CliContext, config: Config, file: string): Promise<void> => {
  if (existsSync(file)) throw new EmoscopeError('CONFLICT', 'The backup file exists already');
  const response = await askService(context, config, '/api/v1/backup');
  const { body } = response;
  if (!response.ok || body === null) throw asError((await response.json()) as Problem);
  await makeThenMove('backup', file, (part) =>
    pipeline(Readable.fromWeb(body), createWriteStream(part, { flags: 'wx', mode: 0o600 })),
  );
};
