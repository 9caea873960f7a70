import { z } from 'zod';
import { durationMs } from '../time/duration.js';
import { DAY_MS } from '../time/units.js';

/** Most characters of what a person types. */
export const LONGEST_NAME = 200;
export const LONGEST_PATH = 4096;
export const LONGEST_URL = 2000;
/** A stream, or stream/zone: an id, a slash and an id. */
export const LONGEST_VIEW = 127;

/** At most `longestMs`: what waits for longer than 24 days would not wait at all, since timers count in 32 bits. */
export const duration = (fallback: string, about: string, longestMs = 200 * 365 * DAY_MS) =>
  z
    .string()
    .max(12, { abort: true })
    .regex(/^\d+(ms|s|m|h|d|y)$/, {
      error: 'expected a duration such as 500ms, 10s, 15m, 12h, 30d or 5y',
      abort: true,
    })
    .refine((text) => durationMs(text) <= longestMs, `expected at most ${String(longestMs / DAY_MS)} days`)
    .default(fallback)
    .describe(about);

/** What streams, zones and points are called by programs. */
export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i, 'expected letters, digits, "-" or "_", at most 63 characters');

/** An address, or a network in CIDR notation. */
export const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
