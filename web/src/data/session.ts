import type { Language } from '../../../src/contracts/language.js';
import { signal } from '@preact/signals';
import type { AccountRole, Permission } from '../../../src/contracts/service/account-role.js';
import type { Session as SessionView } from '../../../src/contracts/service/session.js';
import { keepLanguageHere, language, settleLanguage } from '../i18n/i18n.js';
import { ApiError } from './api-error.js';
import { call, setCsrfToken } from './api.js';

export { sessionLost } from './api.js';

export type { AccountRole, Permission };

/** Who is looking. */
export interface Session {
  readonly name: string;
  readonly role: AccountRole;
  /** Whether there is an account that keeps what this person chooses. */
  readonly hasAccount: boolean;
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

const take = (answer: SessionView): void => {
  const { open, actor, role, permissions, csrfToken } = answer;
  setCsrfToken(csrfToken);
  settleLanguage(answer.language, answer.siteLanguage);
  const hasAccount = actor?.startsWith('user:') === true;
  sessionState.value =
    role === null
      ? { kind: 'anonymous' }
      : { kind: 'known', session: { name: (actor ?? '').replace(/^\w+:/, ''), role, hasAccount, open, permissions } };
};

/** Sign-ins so far: what was asked before one says nothing about after it. */
let logins = 0;

/** Asks the service who we are; an answer that a sign-in overtook is dropped. */
export const loadSession = async (): Promise<void> => {
  const before = logins;
  try {
    const answer = await call<SessionView>('/session');
    if (before === logins) take(answer);
  } catch (error) {
    if (before !== logins) return;
    sessionState.value =
      error instanceof ApiError && error.status === 401 ? { kind: 'anonymous' } : { kind: 'unreachable' };
  }
};

/** Throws `ApiError` when the name or password is wrong or there were too many attempts. */
export const login = async (name: string, password: string): Promise<void> => {
  const answer = await call<SessionView>('/auth/login', { method: 'POST', body: { name, password } });
  logins += 1;
  take(answer);
};

/** Changes the language of the dashboard at once, and keeps it in the account, or without one in this browser. */
export const chooseLanguage = (value: Language): void => {
  const state = sessionState.value;
  language.value = value;
  if (state.kind !== 'known' || !state.session.hasAccount) keepLanguageHere(value);
  // A service that cannot keep it now says so at the next thing asked of it; the page is in the language all the same.
  else void call('/session', { method: 'PATCH', body: { language: value } }).catch(() => undefined);
};

export const logout = async (): Promise<void> => {
  await call('/auth/logout', { method: 'POST' });
  await loadSession();
};
