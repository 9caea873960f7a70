import type { DuckDBConnection } from '@duckdb/node-api';
import type { CountSums } from '../../../contracts/figures/count-sums.js';
import type { Counter, Direction, Observation } from '../../../contracts/observation.js';
import { EmoscopeError } from '../../../runtime/errors.js';
import type { CountQuery, ObservationFilter } from '../../ports/observation-reader.js';
import { checkPeriod } from '../../question-checks.js';
import { ms, Values } from '../sql/filter.js';
import { labelAt } from '../sql/intervals.js';
import { uuidLiteral } from '../sql/uuid.js';
import { numberOf, selectRows, textOf, textOrNull, type Row } from '../sql/select.js';

const anyOf = (column: string, wanted: readonly string[] | undefined, values: Values): string =>
  wanted === undefined || wanted.length === 0 ? '' : ` AND ${column} IN (${values.list(wanted)})`;

const counted = ({ fromTs, toTs }: ObservationFilter | CountQuery): string =>
  `NOT superseded AND ts >= ${ms(fromTs)} AND ts < ${ms(toTs)}`;

const factOf = (row: Row): Observation => {
  const device = textOrNull(row, 'device');
  return {
    ...(JSON.parse(textOf(row, 'content')) as object),
    id: textOf(row, 'id'),
    rev: numberOf(row, 'rev'),
    ts: numberOf(row, 'ts'),
    receivedTs: numberOf(row, 'received_ts'),
    siteId: textOf(row, 'site'),
    placeId: textOf(row, 'place'),
    ...(device === null ? {} : { deviceId: device }),
    source: textOf(row, 'source'),
    kind: textOf(row, 'kind'),
  } as Observation;
};

/** Facts one by one, in order of time. */
export const listObservations = async (
  connection: DuckDBConnection,
  filter: ObservationFilter & { readonly limit: number },
): Promise<readonly Observation[]> => {
  checkPeriod(filter);
  const values = new Values();
  const rows = await selectRows(
    connection,
    `SELECT * REPLACE (id::VARCHAR AS id) FROM observations
     WHERE ${counted(filter)}${anyOf('place', filter.places, values)}${anyOf('kind', filter.kinds, values)}
     ORDER BY ts, id LIMIT ${Math.max(0, Math.floor(filter.limit))}`,
    values.named,
  );
  return rows.map(factOf);
};

/** Every revision of these ids; ids that ascend with time are found in a few blocks of the table. */
export const listRevisions = async (
  connection: DuckDBConnection,
  ids: readonly string[],
): Promise<readonly Observation[]> => {
  const sorted = ids.map((id) => id.toLowerCase()).sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const rows = await selectRows(
    connection,
    `SELECT * REPLACE (id::VARCHAR AS id) FROM observations
     WHERE id BETWEEN ${uuidLiteral(first)} AND ${uuidLiteral(last)}
       AND id IN (SELECT unnest([${sorted.map(uuidLiteral).join(', ')}]))`,
  );
  return rows.map(factOf);
};

const checkStarts = ({ fromTs, bucketStarts }: CountQuery): void => {
  const [first] = bucketStarts;
  const ascending = bucketStarts.every((start, n) => n === 0 || start > (bucketStarts[n - 1] ?? start));
  if (first !== undefined && first <= fromTs && ascending && bucketStarts.every(Number.isInteger)) return;
  throw new EmoscopeError('PERIOD_INVALID', 'Buckets begin on whole milliseconds, ascending, at or before the period');
};

/** Sums of counts by bucket, place, counter, employee and direction. */
export const countSums = async (connection: DuckDBConnection, query: CountQuery): Promise<readonly CountSums[]> => {
  checkPeriod(query);
  checkStarts(query);
  const values = new Values();
  const edges = query.bucketStarts.map((start) => ({ fromTs: start, label: start }));
  const rows = await selectRows(
    connection,
    `SELECT ${labelAt(edges, 'ts')} AS bucket, place, counter, employee,
       json_extract_string(content, '$.direction') AS direction, sum(amount)::DOUBLE AS n, count(*) AS facts
     FROM observations
     WHERE ${counted(query)} AND kind = 'count'${anyOf('place', query.places, values)}${anyOf('counter', query.counters, values)}
     GROUP BY ALL ORDER BY bucket, place, counter, employee NULLS FIRST, direction NULLS FIRST`,
    values.named,
  );
  return rows.map((row) => ({
    ts: numberOf(row, 'bucket'),
    placeId: textOf(row, 'place'),
    counter: textOf(row, 'counter') as Counter,
    employeeId: textOrNull(row, 'employee'),
    direction: textOrNull(row, 'direction') as Direction | null,
    n: numberOf(row, 'n'),
    facts: numberOf(row, 'facts'),
  }));
};
