/** Who may do what: viewer < operator, analyst < admin. */
export const ACCOUNT_ROLES = ['viewer', 'operator', 'analyst', 'admin'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** What a route or event asks of the caller. */
export const PERMISSIONS = ['view', 'faces', 'contacts', 'analyse', 'export', 'administer'] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTS: Readonly<Record<AccountRole, readonly Permission[]>> = {
  viewer: ['view'],
  operator: ['view', 'faces', 'contacts'],
  analyst: ['view', 'analyse'],
  admin: ['view', 'faces', 'contacts', 'analyse', 'administer'],
};

/** Whether a role carries a permission; rows one by one (`export`) are for the configured roles alone. */
export const may = (role: AccountRole, permission: Permission, exporters: readonly AccountRole[] = []): boolean =>
  permission === 'export' ? exporters.includes(role) : GRANTS[role].includes(permission);

/** Who is asking. */
export interface Identity {
  /** As written to the audit log: `user:anna`, `key:till-display`, `loopback`. */
  readonly actor: string;
  readonly role: AccountRole;
  readonly via: 'session' | 'key' | 'loopback';
  /** What an unsafe request of this session must carry in `x-csrf-token`; null unless `via` is `session`. */
  readonly csrfToken: string | null;
}
