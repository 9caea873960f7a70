import type { Place } from '../../../../src/contracts/place.js';
import { call } from '../api.js';

/** What a site is made of, besides cameras and contact points. */
export type Register = 'places' | 'factors' | 'employees';

/** One line of a register; only places have more than a name. */
export type Entry = Place;

export const loadRegister = async (register: Register, signal?: AbortSignal): Promise<readonly Entry[]> =>
  (await call<{ items: readonly Entry[] }>(`/${register}`, { signal })).items;

export const addEntry = (register: Register, entry: Entry): Promise<unknown> =>
  call(`/${register}`, { method: 'POST', body: entry });

export const putEntry = (register: Register, { id, ...fields }: Entry): Promise<unknown> =>
  call(`/${register}/${encodeURIComponent(id)}`, { method: 'PUT', body: fields });

export const removeEntry = (register: Register, id: string): Promise<unknown> =>
  call(`/${register}/${encodeURIComponent(id)}`, { method: 'DELETE' });
