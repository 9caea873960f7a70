import { ROLES_WITH, type AccountRole, type Permission } from '../../contracts/service/account-role.js';

export { ACCOUNT_ROLES, PERMISSIONS, type AccountRole, type Permission } from '../../contracts/service/account-role.js';

/** Who is asking. */
export interface Identity {
  /** As written to the audit log: `user:anna`, `key:till-display`, `loopback`. */
  readonly actor: string;
  readonly role: AccountRole;
  readonly via: 'session' | 'key' | 'loopback';
  /** What an unsafe request of this session must carry in `x-csrf-token`; null unless `via` is `session`. */
  readonly csrfToken: string | null;
}

/** Whether a role carries a permission; rows one by one (`export`) are for the configured roles alone. */
export const may = (role: AccountRole, permission: Permission, exporters: readonly AccountRole[] = []): boolean =>
  (permission === 'export' ? exporters : ROLES_WITH[permission]).includes(role);
