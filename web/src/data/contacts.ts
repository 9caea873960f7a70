import type { ContactPoint, PointSummary, ToldContact, Verdict } from '../../../src/contracts/contact.js';
import type { Role } from '../../../src/contracts/role.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { call } from './api.js';
import type { ReportPeriod } from './period.js';

export const VERDICTS = ['happy', 'unhappy', 'indifferent', 'already'] as const satisfies readonly Verdict[];

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface NamedPoint extends ContactPoint {
  readonly name?: string;
}

/** A contact as the list shows it: without its curve. */
export type ContactLine = Omit<ToldContact, 'curve'>;

export interface ZoneShape {
  readonly id: string;
  readonly name?: string;
  readonly role?: Role;
  readonly polygon: readonly (readonly [number, number])[];
}

export interface StreamDetails {
  readonly status: StreamStatus;
  readonly config: {
    readonly id: string;
    readonly url: string;
    readonly zones: readonly ZoneShape[];
    readonly [key: string]: unknown;
  };
}

export const loadPoints = async (signal?: AbortSignal): Promise<readonly NamedPoint[]> =>
  (await call<Page<NamedPoint>>('/contact-points', signal === undefined ? {} : { signal })).items;

export const loadFigures = async (period: ReportPeriod, signal: AbortSignal): Promise<readonly PointSummary[]> =>
  (await call<Page<PointSummary>>('/happy-index', { query: { ...period }, signal })).items;

export const loadContacts = (
  point: string,
  period: ReportPeriod,
  verdict: Verdict | null,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<ContactLine>> =>
  call('/contacts', {
    query: { points: point, ...period, verdict, cursor, limit: 25 },
    ...(signal === undefined ? {} : { signal }),
  });

export const loadContact = (id: string, signal: AbortSignal): Promise<ToldContact> =>
  call(`/contacts/${encodeURIComponent(id)}`, { signal });

export const loadStream = (id: string, signal: AbortSignal): Promise<StreamDetails> =>
  call(`/streams/${encodeURIComponent(id)}`, { signal });
