import type { OwnDevice } from '../../../../src/contracts/service/device.js';
import type { ObservationResult } from '../../../../src/contracts/service/observation-result.js';
import type { Press } from './queue.js';

/** Where the pages lie on their host, such as `/` or behind a proxy `/emoscope/`. */
export const BASE = new URL('.', document.baseURI).pathname;

const PATIENCE_MS = 20_000;

/** What the service answered instead; status 0: nothing, it cannot be reached. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

const codeOf = async (answer: Response): Promise<string> => {
  try {
    return ((await answer.json()) as { code?: string }).code ?? 'UNKNOWN';
  } catch {
    return 'UNKNOWN';
  }
};

const call = async <Answer>(path: string, token: string | null, body?: object): Promise<Answer> => {
  let answer: Response;
  try {
    answer = await fetch(`${BASE}api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      cache: 'no-store',
      credentials: 'omit',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.ok) return (await answer.json()) as Answer;
  } catch {
    throw new Refusal(0, 'UNREACHABLE');
  }
  throw new Refusal(answer.status, await codeOf(answer));
};

/** The token that a PIN gives. Each of these throws `Refusal`. */
export const pair = async (pin: string): Promise<string> =>
  (await call<{ token: string }>('devices/pair', null, { pin })).token;

export const ownDevice = (token: string): Promise<OwnDevice> => call('device', token);

/** What became of each, in the order given. */
export const tell = async (token: string, observations: readonly Press[]): Promise<readonly ObservationResult[]> =>
  (await call<{ results: ObservationResult[] }>('observations', token, { observations })).results;
