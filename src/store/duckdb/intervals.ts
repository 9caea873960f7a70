import type { Covered } from '../../contracts/cell.js';
import type { Values } from './filter.js';

/** A join to the last interval of a row's stream and role that begins at or before its time. */
export interface IntervalJoin {
  readonly join: string;
  /** End of the interval, exclusive; rows at or after it lie in none. */
  readonly end: string;
  /** What was given for the interval. */
  readonly label: string;
}

/** Joins rows with `stream` and `role` to intervals, each with a whole number to group by. */
export const intervalJoin = (
  intervals: readonly (Covered & { readonly label: number })[],
  time: string,
  values: Values,
): IntervalJoin => {
  const names = new Map<string, string>();
  const named = (text: string): string => {
    const name = names.get(text) ?? values.add(text);
    names.set(text, name);
    return name;
  };
  const rows = intervals.map(
    ({ streamId, role, fromTs, toTs, label }) =>
      `(${named(streamId)}, ${named(role)}, ${Math.ceil(fromTs)}, ${Math.ceil(toTs)}, ${label})`,
  );
  const list = rows.length === 0 ? `('', 'customer', 0, 0, 0)` : rows.join(', ');
  return {
    join: `ASOF JOIN (SELECT col0 AS i_stream, col1::role AS i_role, col2::BIGINT AS i_from, col3::BIGINT AS i_to, col4::BIGINT AS i_label
      FROM (VALUES ${list})) ON stream = i_stream AND role = i_role AND ${time} >= i_from`,
    end: 'i_to',
    label: 'i_label',
  };
};
