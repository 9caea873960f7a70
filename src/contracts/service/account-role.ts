import type { Bilingual } from '../bilingual.js';
import { ACCOUNT_ROLE_WORDS } from '../words.js';

/** Who may do what: viewer < operator, analyst < admin. */
export const ACCOUNT_ROLES = ['viewer', 'operator', 'analyst', 'admin'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** The permission that a route, an event or a page needs. */
export const PERMISSIONS = ['view', 'faces', 'contacts', 'count', 'analyse', 'export', 'administer'] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTS: Readonly<Record<AccountRole, readonly Permission[]>> = {
  viewer: ['view'],
  operator: ['view', 'faces', 'contacts', 'count'],
  analyst: ['view', 'analyse'],
  admin: ['view', 'faces', 'contacts', 'count', 'analyse', 'administer'],
};

/** Whether a role carries a permission; rows one by one (`export`) are for the configured roles alone. */
export const may = (role: AccountRole, permission: Permission, exporters: readonly AccountRole[] = []): boolean =>
  permission === 'export' ? exporters.includes(role) : GRANTS[role].includes(permission);

/** The roles that carry a permission. */
export const rolesWith = (permission: Permission): readonly AccountRole[] =>
  ACCOUNT_ROLES.filter((role) => may(role, permission));

/** What a role that lacks a permission is told: which roles have it, and which one it is. */
export const missingRole = (role: AccountRole, needs: Permission): Bilingual => {
  const words = rolesWith(needs).map((enough) => ACCOUNT_ROLE_WORDS[enough]);
  const own = ACCOUNT_ROLE_WORDS[role];
  return {
    ru: `Нужна роль: ${words.map(({ ru }) => ru).join(' или ')}. Ваша роль: ${own.ru}.`,
    en: `This needs the role: ${words.map(({ en }) => en).join(' or ')}. Your role: ${own.en}.`,
  };
};
