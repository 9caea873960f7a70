import type { Covered } from '../../../contracts/cell.js';
import type { Period } from '../../../contracts/period.js';
import { grouped } from '../../../runtime/grouped.js';
import type { Values } from './filter.js';

/** What joins rows to the stretch of time they lie in, whose label is `bucket`: `FROM rows ${join('ts')}`. Others are left out. */
export type SpanJoin = (time: string) => string;

/** Most equal slots of time that stretches are sorted into. */
const MOST_SLOTS = 40_000;

interface Span extends Period {
  readonly label: number;
}

interface Slots {
  readonly since: number;
  readonly slotMs: number;
}

/** About two slots for each stretch. */
const slotsOf = (spans: readonly Span[]): Slots => {
  const since = spans.reduce((least, { fromTs }) => Math.min(least, Math.ceil(fromTs)), Infinity);
  const end = spans.reduce((most, { toTs }) => Math.max(most, Math.ceil(toTs)), since);
  return { since, slotMs: Math.max(1, Math.ceil((end - since) / Math.min(MOST_SLOTS, 2 * spans.length))) };
};

/**
 * A table of stretches that do not overlap, each in every slot that it touches: rows then find theirs by the equality of a
 * number. That is ten times as fast as looking into lists, and nothing is sorted as it is for a join in order of time.
 */
const tableOf = (spans: readonly Span[], { since, slotMs }: Slots): string => {
  const list = (valueOf: (span: Span) => number): string => `unnest([${spans.map(valueOf).join(', ')}]::BIGINT[])`;
  return `SELECT *, unnest(range((span_from - ${since}) // ${slotMs}, (span_to - 1 - ${since}) // ${slotMs} + 1)) AS span_slot
    FROM (SELECT ${list(({ label }) => label)} AS bucket, ${list(({ fromTs }) => Math.ceil(fromTs))} AS span_from,
      ${list(({ toTs }) => Math.ceil(toTs))} AS span_to) WHERE span_from < span_to`;
};

const inSpan = (time: string, { since, slotMs }: Slots): string =>
  `(${time} - ${since}) // ${slotMs} = span_slot AND ${time} >= span_from AND ${time} < span_to`;

const NOTHING = 'JOIN (SELECT NULL::BIGINT AS bucket) ON false';

/** Rows by the last of some starts, ascending, at or before their time; the last stretch ends with the period. */
export const joinStarts = (starts: readonly number[], { toTs }: Pick<Period, 'toTs'>): SpanJoin => {
  const spans = starts.map((label, index) => ({ label, fromTs: label, toTs: starts[index + 1] ?? toTs }));
  if (spans.length === 0) return () => NOTHING;
  const slots = slotsOf(spans);
  return (time) => `JOIN (${tableOf(spans, slots)}) ON ${inSpan(time, slots)}`;
};

/** Rows by the interval of their stream and role that holds their time. */
export const joinIntervals = (
  intervals: readonly (Covered & { readonly label: number })[],
  values: Values,
): SpanJoin => {
  if (intervals.length === 0) return () => NOTHING;
  const slots = slotsOf(intervals);
  const tables = [...grouped(intervals, ({ streamId, role }) => `${role} ${streamId}`).values()].map((own) => {
    const [{ streamId, role }] = own as readonly [(typeof own)[number]];
    return `SELECT ${values.add(streamId)} AS span_stream, ${values.add(role)}::role AS span_role, * FROM (${tableOf(own, slots)})`;
  });
  return (time) =>
    `JOIN (${tables.join(' UNION ALL ')}) ON stream = span_stream AND role = span_role AND ${inSpan(time, slots)}`;
};
