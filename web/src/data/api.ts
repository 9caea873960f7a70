import { signal } from '@preact/signals';
import { language, t } from '../i18n/i18n.js';
import { ApiError } from './api-error.js';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** Set when the service answers that the session is gone. */
export const sessionLost = signal(0);

/** Where the dashboard lies on its host, such as `/` or behind a proxy `/emoscope/`. */
export const BASE = new URL('.', document.baseURI).pathname;

let csrfToken: string | null = null;

/** The token that changing requests carry; comes with the session. */
export const setCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

/** Address under the API prefix with its query; empty values are left out. */
export const apiUrl = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    const text = typeof value === 'object' ? value.join(',') : String(value);
    if (text !== '') search.set(key, text);
  }
  const tail = search.toString();
  return `${BASE}api/v1${path}${tail === '' ? '' : `?${tail}`}`;
};

interface Options {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** One page of a list; `nextCursor` asks for the next one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** One call of the REST API; throws `ApiError`. */
export const call = async <Answer>(path: string, options: Options = {}): Promise<Answer> => {
  const response = await send(path, options);
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 204 || !type.includes('json')) return undefined as Answer;
  return (await response.json()) as Answer;
};

/** The same for an answer that is text. */
export const callText = async (path: string, options: Options = {}): Promise<string> =>
  (await send(path, options)).text();

const send = async (path: string, options: Options): Promise<Response> => {
  const method = options.method ?? 'GET';
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language.value };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== null) headers['x-csrf-token'] = csrfToken;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'UNREACHABLE', t('error.UNREACHABLE'));
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && !path.startsWith('/auth/')) sessionLost.value += 1;
  throw problem;
};

const problemOf = async (response: Response): Promise<ApiError> => {
  try {
    const body = (await response.json()) as { code?: string; message?: string; details?: unknown };
    return new ApiError(response.status, body.code ?? 'UNKNOWN', body.message ?? response.statusText, body.details);
  } catch {
    return new ApiError(response.status, 'UNKNOWN', t('error.UNKNOWN', { status: response.status }));
  }
};
