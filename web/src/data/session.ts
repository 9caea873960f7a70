import { signal } from '@preact/signals';
import { ApiError, call, setCsrfToken } from './api.js';

export type AccountRole = 'viewer' | 'operator' | 'analyst' | 'admin';
export type Permission = 'view' | 'faces' | 'contacts' | 'analyse' | 'export' | 'administer';

/** Who is looking. */
export interface Session {
  readonly name: string;
  readonly role: AccountRole;
  /** Loopback without accounts: everyone is `admin`. */
  readonly open: boolean;
  /** What the service would allow; used to hide what it would refuse. */
  readonly permissions: readonly Permission[];
}

export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'known'; readonly session: Session };

export const sessionState = signal<SessionState>({ kind: 'unknown' });

export const may = (permission: Permission): boolean => {
  const state = sessionState.value;
  return state.kind === 'known' && state.session.permissions.includes(permission);
};

interface SessionAnswer {
  readonly open: boolean;
  readonly actor: string | null;
  readonly role: AccountRole | null;
  readonly permissions: readonly Permission[];
  readonly csrfToken: string | null;
}

const take = ({ open, actor, role, permissions, csrfToken }: SessionAnswer): void => {
  setCsrfToken(csrfToken);
  sessionState.value =
    role === null
      ? { kind: 'anonymous' }
      : { kind: 'known', session: { name: (actor ?? '').replace(/^\w+:/, ''), role, open, permissions } };
};

/** Sign-ins so far: what was asked before one says nothing about after it. */
let logins = 0;

/** Asks the service who we are; an answer that a sign-in overtook is dropped. */
export const loadSession = async (): Promise<void> => {
  const before = logins;
  try {
    const answer = await call<SessionAnswer>('/session');
    if (before === logins) take(answer);
  } catch (error) {
    if (before !== logins) return;
    sessionState.value =
      error instanceof ApiError && error.status === 401 ? { kind: 'anonymous' } : { kind: 'unreachable' };
  }
};

/** Throws `ApiError` when the name or password is wrong or there were too many attempts. */
export const login = async (name: string, password: string): Promise<void> => {
  const answer = await call<SessionAnswer>('/auth/login', { method: 'POST', body: { name, password } });
  logins += 1;
  take(answer);
};

export const logout = async (): Promise<void> => {
  await call('/auth/logout', { method: 'POST' });
  await loadSession();
};
