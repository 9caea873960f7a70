import type { PointSummary, ToldContact, Verdict } from '../../../src/contracts/contact.js';
import { call, type Page } from './api.js';
import type { ReportPeriod } from '../values/period.js';

/** A contact as the list shows it: without its curve. */
export type ContactLine = Omit<ToldContact, 'curve'>;

export const loadFigures = async (period: ReportPeriod, signal: AbortSignal): Promise<readonly PointSummary[]> =>
  (await call<Page<PointSummary>>('/happy-index', { query: { ...period }, signal })).items;

export const loadContacts = (
  point: string,
  period: ReportPeriod,
  verdict: Verdict | null,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<ContactLine>> =>
  call('/contacts', { query: { points: point, ...period, verdict, cursor, limit: 25 }, signal });

export const loadContact = (id: string, signal: AbortSignal): Promise<ToldContact> =>
  call(`/contacts/${encodeURIComponent(id)}`, { signal });
