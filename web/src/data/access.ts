import type { AccountRole } from '../../../src/contracts/service/account-role.js';
import { call } from './api.js';

export interface User {
  readonly name: string;
  readonly role: AccountRole;
  readonly createdTs: number;
}

export interface Key extends User {
  readonly id: string;
}

export const loadUsers = async (signal: AbortSignal): Promise<readonly User[]> =>
  (await call<{ items: readonly User[] }>('/users', { signal })).items;

export const addUser = (user: { name: string; password: string; role: AccountRole }): Promise<unknown> =>
  call('/users', { method: 'POST', body: user });

/** A new password or role; what is left out stays. */
export const changeUser = (name: string, change: { password?: string; role?: AccountRole }): Promise<unknown> =>
  call(`/users/${encodeURIComponent(name)}`, { method: 'PATCH', body: change });

export const removeUser = (name: string): Promise<unknown> =>
  call(`/users/${encodeURIComponent(name)}`, { method: 'DELETE' });

export const loadKeys = async (signal: AbortSignal): Promise<readonly Key[]> =>
  (await call<{ items: readonly Key[] }>('/keys', { signal })).items;

/** The token is told this once. */
export const addKey = (key: { name: string; role: AccountRole }): Promise<{ readonly token: string }> =>
  call('/keys', { method: 'POST', body: key });

export const removeKey = (id: string): Promise<unknown> =>
  call(`/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
