import { z } from 'zod';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Period } from '../../contracts/period.js';
import type { periodQuery } from '../../contracts/query.js';
import type { LocalTime } from '../../time/local-time.js';
import { readExactMoment } from '../../time/read-moment.js';
import { DAY_MS } from '../../time/units.js';

/** Id of a stream, zone, point, contact, key or webhook in a path. */
export const idParams = z.object({ id: z.string().min(1).max(128) });

const LONGEST_PERIOD_MS = 20 * 366 * DAY_MS;

/** The period of a query; default: the last 24 hours up to now. Throws PERIOD_INVALID. */
export const periodOf = (query: z.output<typeof periodQuery>, now: number, zone: LocalTime): Period => {
  const toTs = query.to === undefined ? now : readExactMoment(query.to, zone);
  const fromTs = query.from === undefined ? toTs - DAY_MS : readExactMoment(query.from, zone);
  if (toTs <= fromTs)
    throw new EmoscopeError('PERIOD_INVALID', {
      ru: 'Период пуст или перевёрнут: начало должно быть раньше конца.',
      en: 'The period is empty or reversed: "from" must be before "to".',
    });
  if (toTs - fromTs > LONGEST_PERIOD_MS)
    throw new EmoscopeError('PERIOD_INVALID', {
      ru: 'Период не длиннее 20 лет.',
      en: 'A period is at most 20 years long.',
    });
  return { fromTs, toTs };
};

export const pageQuery = z.object({
  cursor: z.string().max(400).optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(50).describe('Items per page.'),
});

/** An opaque cursor around plain JSON. */
export const encodeCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The value inside a cursor; throws VALIDATION for one that we did not make. */
export const decodeCursor = <T>(cursor: string | undefined, schema: z.ZodType<T>): T | null => {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (error) {
    throw new EmoscopeError(
      'VALIDATION',
      { ru: 'Такой страницы списка нет.', en: 'The cursor is not one of ours.' },
      { cause: error },
    );
  }
};
