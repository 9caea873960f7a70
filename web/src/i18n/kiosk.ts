import type { Entries } from './entry.js';

export const kiosk = {
  'kiosk.title': ['', ''],
} as const satisfies Entries;
