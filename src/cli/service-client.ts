import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReportModel } from '../api/ports.js';
import type { Config } from '../config/schema.js';
import { ERROR_CODES, EmoscopeError, type ErrorCode } from '../runtime/errors.js';
import type { CliContext } from './context.js';

interface Request {
  readonly kind: ReportModel['kind'];
  readonly fromTs: number;
  readonly toTs: number;
  readonly streams: readonly string[];
  readonly threshold: number;
  readonly smileIndex: string;
}

const addressOf = ({ server }: Config): string => {
  const anywhere = ['0.0.0.0', '::'].includes(server.host);
  const host = anywhere ? 'localhost' : server.host.includes(':') ? `[${server.host}]` : server.host;
  return `${server.tls === undefined ? 'http' : 'https'}://${host}:${server.port}`;
};

const queryOf = ({ fromTs, toTs, streams, threshold, smileIndex, kind }: Request): URLSearchParams => {
  const query = new URLSearchParams({ from: String(fromTs), to: String(toTs) });
  if (streams.length > 0) query.set('streams', streams.join(','));
  if (kind === 'me1') {
    query.set('threshold', String(threshold));
    query.set('smileIndex', smileIndex);
  }
  return query;
};

interface Problem {
  readonly code?: string;
  readonly message?: string;
}

const asError = (problem: Problem): EmoscopeError => {
  const code = problem.code !== undefined && problem.code in ERROR_CODES ? (problem.code as ErrorCode) : 'INTERNAL';
  return new EmoscopeError(code, problem.message ?? 'The service refused the request.');
};

const askService = (context: CliContext, config: Config, path: string): Promise<Response> => {
  const key = context.env['EMOSCOPE_API_KEY'];
  return fetch(`${addressOf(config)}${path}`, key === undefined ? {} : { headers: { 'x-api-key': key } }).catch(
    (cause: unknown) => {
      throw new EmoscopeError(
        'STORE_LOCKED',
        `Another process holds the database, and no service answers at ${addressOf(config)}.`,
        { cause },
      );
    },
  );
};

/**
 * The report from the service that holds the store. With accounts an API key of role analyst is needed in
 * EMOSCOPE_API_KEY. Throws the service's own error, or STORE_LOCKED when no service answers.
 */
export const fetchReport = async (context: CliContext, config: Config, request: Request): Promise<ReportModel> => {
  const response = await askService(context, config, `/api/v1/reports/${request.kind}?${queryOf(request).toString()}`);
  const body: unknown = await response.json();
  if (!response.ok) throw asError(body as Problem);
  return { kind: request.kind, model: body } as ReportModel;
};

/** Asks the service that holds the store for a backup and saves it; throws the service's own error or STORE_LOCKED. */
export const requestBackup = async (context: CliContext, config: Config, file: string): Promise<void> => {
  const response = await askService(context, config, '/api/v1/backup');
  if (!response.ok || response.body === null) throw asError((await response.json()) as Problem);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
};
