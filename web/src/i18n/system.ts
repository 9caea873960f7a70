import type { Entries } from './entry.js';

export const system = {
  'system.title': ['', ''],
} as const satisfies Entries;
