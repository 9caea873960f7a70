import type { Entries } from './entry.js';

export const contact = {
  'contact.title': ['', ''],
} as const satisfies Entries;
