import type { Entries } from './entry.js';

export const reports = {
  'reports.title': ['', ''],
} as const satisfies Entries;
