import type { Entries } from './entry.js';

export const cameras = {
  'cameras.title': ['', ''],
} as const satisfies Entries;
