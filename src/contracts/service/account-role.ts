import type { Bilingual } from '../bilingual.js';
import { ACCOUNT_ROLE_WORDS } from '../words.js';

/** Who may do what: viewer < operator, analyst < admin. */
export const ACCOUNT_ROLES = ['viewer', 'operator', 'analyst', 'admin'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** The permission that a route, an event or a page needs. */
export const PERMISSIONS = ['view', 'faces', 'contacts', 'count', 'analyse', 'export', 'administer'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The roles that carry a permission; rows one by one (`export`) are for the configured roles alone. */
export const ROLES_WITH: Readonly<Record<Permission, readonly AccountRole[]>> = {
  view: ACCOUNT_ROLES,
  faces: ['operator', 'admin'],
  contacts: ['operator', 'admin'],
  count: ['operator', 'admin'],
  analyse: ['analyst', 'admin'],
  export: [],
  administer: ['admin'],
};

const each = <Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Readonly<Record<Name, Value>> =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;

const needed = (language: 'ru' | 'en', permission: Permission): string =>
  ROLES_WITH[permission].map((role) => ACCOUNT_ROLE_WORDS[role][language]).join(language === 'ru' ? ' или ' : ' or ');

/** What a role that lacks a permission is told: which roles have it, and which one it is. */
export const MISSING_ROLE: Readonly<Record<Permission, Readonly<Record<AccountRole, Bilingual>>>> = each(
  PERMISSIONS,
  (needs) =>
    each(ACCOUNT_ROLES, (own) => ({
      ru: `Нужна роль: ${needed('ru', needs)}. Ваша роль: ${ACCOUNT_ROLE_WORDS[own].ru}.`,
      en: `This needs the role: ${needed('en', needs)}. Your role: ${ACCOUNT_ROLE_WORDS[own].en}.`,
    })),
);
