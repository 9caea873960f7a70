import type { ContactPoint } from '../../../src/contracts/contact.js';
import { call, type Page } from './api.js';

export interface NamedPoint extends ContactPoint {
  readonly name?: string;
}

export const loadPoints = async (signal?: AbortSignal): Promise<readonly NamedPoint[]> =>
  (await call<Page<NamedPoint>>('/contact-points', { signal })).items;

export const addPoint = (point: {
  readonly id: string;
  readonly name?: string;
  readonly seller: string;
  readonly customer: string;
}): Promise<unknown> => call('/contact-points', { method: 'POST', body: point });

export const removePoint = (id: string): Promise<unknown> =>
  call(`/contact-points/${encodeURIComponent(id)}`, { method: 'DELETE' });
