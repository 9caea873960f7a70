import type { DuckDBValue } from '@duckdb/node-api';
import { grouped } from '../../../runtime/grouped.js';
import { LONG_STAY_MS } from '../../../contracts/sample.js';
import type { Role } from '../../../contracts/role.js';
import type { Covered } from '../../../contracts/cell.js';
import type { Period } from '../../../contracts/period.js';

/** Values of a statement's parameters, named as they are added. */
export class Values {
  readonly named: Record<string, DuckDBValue> = {};
  private count = 0;

  /** The placeholder of a value. */
  add(value: DuckDBValue): string {
    const name = `p${String(this.count)}`;
    this.count += 1;
    this.named[name] = value;
    return `$${name}`;
  }

  /** Placeholders of several values, for IN. */
  list(values: readonly DuckDBValue[]): string {
    return values.map((value) => this.add(value)).join(', ');
  }
}

/** Which streams, roles and zone; absent or empty means all. */
export interface KeyFilter {
  readonly streams?: readonly string[] | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly zoneId?: string | undefined;
  readonly within?: readonly Covered[] | undefined;
}

/** The condition on stream, role and zone; always begins with AND or is empty. */
export const keyCondition = ({ streams = [], roles = [], zoneId }: KeyFilter, values: Values): string =>
  [
    streams.length > 0 ? ` AND stream IN (${values.list(streams)})` : '',
    roles.length > 0 ? ` AND role IN (${roles.map((role) => `${values.add(role)}::role`).join(', ')})` : '',
    zoneId === undefined ? '' : ` AND zone = ${values.add(zoneId)}`,
  ].join('');

/** The same instants in as few intervals as can be: a question with a condition for each of hundreds takes seconds. */
const joined = (spans: readonly Period[]): readonly Period[] => {
  const whole: { fromTs: number; toTs: number }[] = [];
  for (const { fromTs, toTs } of [...spans].sort((a, b) => a.fromTs - b.fromTs)) {
    const last = whole.at(-1);
    if (last !== undefined && fromTs <= last.toTs) last.toTs = Math.max(last.toTs, toTs);
    else whole.push({ fromTs, toTs });
  }
  return whole;
};

/** The condition that a row lies in one of the intervals of its stream and role; begins with AND or is empty. */
export const withinCondition = ({ within }: KeyFilter, time: string, values: Values): string => {
  if (within === undefined) return '';
  const chains = grouped(within, ({ streamId, role }) => JSON.stringify([streamId, role]));
  const conditions = [...chains.values()].map((spans) => {
    const [{ streamId, role }] = spans as readonly [Covered];
    const times = joined(spans).map(({ fromTs, toTs }) => `${time} >= ${ms(fromTs)} AND ${time} < ${ms(toTs)}`);
    return `stream = ${values.add(streamId)} AND role = ${values.add(role)}::role AND (${times.join(' OR ')})`;
  });
  return ` AND (${conditions.length === 0 ? 'false' : conditions.map((text) => `(${text})`).join(' OR ')})`;
};

/** The condition that a visit belongs to the flow: who stays for half an hour does not, sellers are always there. */
export const inFlow = (dwell: string): string => `(role = 'seller' OR ${dwell} < ${LONG_STAY_MS})`;

/** Whole milliseconds as a literal: the engine skips blocks by literal bounds only. */
export const ms = (ts: number): string => String(Math.ceil(ts));
