import { z } from 'zod';
import { ACCOUNT_ROLES, PERMISSIONS } from './account-role.js';
import { LANGUAGES } from '../language.js';

/** Who is asking, and what they may do. */
export const session = z
  .object({
    open: z.boolean().describe('No accounts exist: whoever is on this machine is admin. Show a banner.'),
    authenticated: z.boolean(),
    actor: z.string().nullable(),
    role: z.enum(ACCOUNT_ROLES).nullable(),
    permissions: z.array(z.enum(PERMISSIONS)),
    language: z.enum(LANGUAGES).nullable().describe('Of the dashboard, as this account chose it.'),
    siteLanguage: z.enum(LANGUAGES).nullable().describe('Of the site; null: left to the browser.'),
    csrfToken: z.string().nullable().describe('Send as x-csrf-token with every POST, PUT, PATCH and DELETE.'),
  })
  .meta({ id: 'Session' });

export type Session = z.infer<typeof session>;
