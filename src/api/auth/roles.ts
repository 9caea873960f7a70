import type { AccountRole } from '../../contracts/service/account-role.js';

export {
  ACCOUNT_ROLES,
  may,
  PERMISSIONS,
  type AccountRole,
  type Permission,
} from '../../contracts/service/account-role.js';

/** Who is asking. */
export interface Identity {
  /** As written to the audit log: `user:anna`, `key:till-display`, `loopback`. */
  readonly actor: string;
  readonly role: AccountRole;
  readonly via: 'session' | 'key' | 'loopback';
  /** What an unsafe request of this session must carry in `x-csrf-token`; null unless `via` is `session`. */
  readonly csrfToken: string | null;
}
