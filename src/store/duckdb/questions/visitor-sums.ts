import type { DuckDBConnection } from '@duckdb/node-api';
import type { CellLevel } from '../../../contracts/cell.js';
import { EMOTIONS, type Emotion } from '../../../contracts/emotion.js';
import { AGE_BUCKETS, type AgeBucket } from '../../../contracts/me1.js';
import { AGE_YEARS, GENDER_RANGES } from '../../../contracts/figures/me1-sums.js';
import type { Role } from '../../../contracts/role.js';
import type {
  AdultDay,
  AdultGroup,
  SortedVisits,
  ValueSums,
  VisitorDay,
  VisitorPlace,
} from '../../../contracts/figures/visitor-sums.js';
import type { Gender } from '../../../contracts/figures/gender.js';
import type { VisitorQuery, VisitorSums } from '../../ports/visit-reader.js';
import { chosen } from './cells-query.js';
import { checkPeriod } from '../../question-checks.js';
import { inFlow, keyCondition, ms, Values, withinCondition } from '../sql/filter.js';
import {
  numberOf,
  selectChunks,
  selectRows,
  streamChunks,
  sumOf,
  textOf,
  textOrNull,
  type Row,
} from '../sql/select.js';
import { inSnapshot } from '../sql/snapshot.js';
import { conditionSql } from '../sql/sum-sql.js';
import { DAY_MS, HOUR_MS } from '../../../time/units.js';

const HIGHEST = `greatest(${EMOTIONS.join(', ')})`;
/** The expression with the highest mean; of equal ones the first in the product's order. */
const DOMINANT = `CASE ${EMOTIONS.map((emotion) => `WHEN ${emotion} = ${HIGHEST} THEN '${emotion}'`).join(' ')} END`;
const GENDER = `CASE WHEN gender IS NULL THEN 'undetermined' WHEN ${conditionSql({ of: 'gender', ...GENDER_RANGES.male })} THEN 'male' ELSE 'female' END`;
const AGE_GROUP = `CASE ${AGE_BUCKETS.map((bucket) => `WHEN ${conditionSql({ of: 'age', ...AGE_YEARS[bucket] })} THEN '${bucket}'`).join(' ')} ELSE 'undetermined' END`;

/** Visitors of the filter, who stay for less than half an hour. */
const came = (query: VisitorQuery, values: Values): string =>
  `NOT withheld AND start_ts >= ${ms(query.fromTs)} AND start_ts < ${ms(query.toTs)} AND ${inFlow('dwell_ms')}
   ${keyCondition(query, values)}${withinCondition(query, 'start_ts', values)}`;

const adult = ({ adultAge }: VisitorQuery): string => ` AND (age IS NULL OR age >= ${adultAge})`;

/** The local day's number of a visitor's arrival. */
const dayOf = ({ offsets }: VisitorQuery): string => {
  const at = (offsetMs: number): string => `(start_ts + ${offsetMs}) // ${DAY_MS}`;
  const [first, ...later] = offsets;
  const cases = later.toReversed().map((one) => `WHEN start_ts >= ${ms(one.fromTs)} THEN ${at(one.offsetMs)}`);
  const start = at(first?.offsetMs ?? 0);
  return cases.length === 0 ? start : `CASE ${cases.join(' ')} ELSE ${start} END`;
};

const sumsSql = (column: string): string =>
  `sum(${column})::DOUBLE AS ${column}_sum, sum(${column}::DOUBLE * ${column})::DOUBLE AS ${column}_squares,
   max(${column})::DOUBLE AS ${column}_most`;

const valueSums = (row: Row, column: string): ValueSums => ({
  sum: sumOf(row, `${column}_sum`),
  squares: sumOf(row, `${column}_squares`),
  most: sumOf(row, `${column}_most`),
});

const placeOf = (row: Row): VisitorPlace => ({
  streamId: textOf(row, 'stream'),
  role: textOf(row, 'role') as Role,
  zoneId: textOrNull(row, 'zone'),
});

/** By stream, role, zone and day, in order of the first arrival. */
const visitorDays = async (connection: DuckDBConnection, query: VisitorQuery): Promise<readonly VisitorDay[]> => {
  const values = new Values();
  const rows = await selectRows(
    connection,
    `SELECT stream, role::VARCHAR AS role, zone, ${dayOf(query)} AS day, count(*) AS visitors,
       count(*) FILTER (glances > 0) AS lookers, ${['dwell_ms', 'attention_ms', 'glances', 'mood'].map(sumsSql).join(', ')}
     FROM tracks WHERE ${came(query, values)} GROUP BY ALL ORDER BY min(start_ts), stream, role, zone`,
    values.named,
  );
  return rows.map((row) => ({
    ...placeOf(row),
    day: numberOf(row, 'day'),
    visitors: numberOf(row, 'visitors'),
    lookers: numberOf(row, 'lookers'),
    dwellMs: valueSums(row, 'dwell_ms'),
    attentionMs: valueSums(row, 'attention_ms'),
    glances: valueSums(row, 'glances'),
    mood: valueSums(row, 'mood'),
  }));
};

/** Unions stand in each of these hours that they touch, so that visitors find theirs by equality: a join in order of time sorts them. */
const SLOT_MS = HOUR_MS;

/**
 * How visitors of a table `came` are joined to the unions of cells that they came in, each with its number; all of them to one
 * where nothing is guarded.
 */
const inUnions = ({ guard }: VisitorQuery, level: CellLevel) => {
  if (guard === undefined) return { tables: '', join: '', union: '0' };
  return {
    tables: `${chosen({ ...guard, kind: 'view', level })},
      unions AS (SELECT id AS u_stream, role::role AS u_role, from_ts AS u_from, to_ts AS u_to, row_number() OVER () AS u_number FROM inside),
      slots AS (SELECT *, unnest(range(u_from // ${SLOT_MS}, (u_to - 1) // ${SLOT_MS} + 1)) AS u_slot FROM unions), `,
    join: `JOIN slots ON stream = u_stream AND role = u_role AND start_ts // ${SLOT_MS} = u_slot AND start_ts >= u_from AND start_ts < u_to`,
    union: 'u_number',
  };
};

const adultDays = async (connection: DuckDBConnection, query: VisitorQuery): Promise<readonly AdultDay[]> => {
  const values = new Values();
  const { tables, join, union } = inUnions(query, 'wide');
  const enough = (sex: Gender): string => {
    const known = `coalesce(sum(aged) FILTER (sex = '${sex}'), 0)`;
    return `(${known} = 0 OR ${known} >= ${query.guard?.minVisitors ?? 1})`;
  };
  const added = ['age_sum', 'age_squares'].map((name) => `sum(${name}) AS ${name}`).join(', ');
  const rows = await selectRows(
    connection,
    `WITH ${tables}came AS (
       SELECT stream, role, start_ts, ${dayOf(query)} AS day, ${GENDER} AS sex, age FROM tracks
       WHERE ${came(query, values)}${adult(query)}),
     parts AS (
       SELECT stream, role, day, sex, ${union} AS part, count(*) AS visitors, count(age) AS aged, ${sumsSql('age')}
       FROM came ${join} GROUP BY ALL),
     fair AS (SELECT part, ${enough('male')} AND ${enough('female')} AS by_gender FROM parts GROUP BY part)
     SELECT stream, role::VARCHAR AS role, day, sex, by_gender, sum(visitors) AS visitors, sum(aged) AS aged, ${added},
       max(age_most) AS age_most
     FROM parts JOIN fair USING (part) GROUP BY ALL ORDER BY ALL`,
    values.named,
  );
  return rows.map((row) => ({
    streamId: textOf(row, 'stream'),
    role: textOf(row, 'role') as Role,
    day: numberOf(row, 'day'),
    gender: textOf(row, 'sex') as Gender,
    byGender: row['by_gender'] === true,
    visitors: numberOf(row, 'visitors'),
    aged: numberOf(row, 'aged'),
    ageYears: valueSums(row, 'age'),
  }));
};

const adultGroups = async (connection: DuckDBConnection, query: VisitorQuery): Promise<readonly AdultGroup[]> => {
  const values = new Values();
  const { tables, join, union } = inUnions(query, 'broad');
  const chunks = selectChunks(
    connection,
    `WITH ${tables}came AS (
       SELECT stream, role, start_ts, ${GENDER} AS sex, ${AGE_GROUP} AS age_group, ${DOMINANT} AS dominant FROM tracks
       WHERE ${came(query, values)}${adult(query)})
     SELECT ${union} AS part, sex, age_group, dominant, count(*) AS visitors FROM came ${join} GROUP BY ALL ORDER BY ALL`,
    values.named,
  );
  const groups: AdultGroup[] = [];
  for await (const rows of chunks) {
    for (const row of rows)
      groups.push({
        interval: numberOf(row, 'part'),
        gender: textOf(row, 'sex') as Gender,
        age: textOf(row, 'age_group') as AgeBucket | 'undetermined',
        emotion: textOf(row, 'dominant') as Emotion,
        visitors: numberOf(row, 'visitors'),
      });
  }
  return groups;
};

/** Distinct places of some days. */
const placesOf = (days: readonly VisitorDay[]): readonly VisitorPlace[] => {
  const places = new Map(
    days.map(({ streamId, role, zoneId }) => [JSON.stringify([streamId, role, zoneId]), { streamId, role, zoneId }]),
  );
  return [...places.values()];
};

/** The dwell of every visitor, or the longest look of every one who looked, ascending. */
const sortedVisits = async (
  connection: DuckDBConnection,
  query: VisitorQuery,
  days: readonly VisitorDay[],
): Promise<SortedVisits> => {
  const places = placesOf(days);
  const isLook = query.sorted === 'longest-look';
  const count = days.reduce((sum, { visitors, lookers }) => sum + (isLook ? lookers : visitors), 0);
  const [sorted, placeIndexes, dayNumbers] = [new Float64Array(count), new Uint16Array(count), new Int32Array(count)];
  if (count === 0) return { places, values: sorted, placeOf: placeIndexes, days: dayNumbers };
  const values = new Values();
  const list = places.map(
    ({ streamId, role, zoneId }, index) =>
      `(${values.add(streamId)}, ${values.add(role)}, ${values.add(zoneId ?? '')}, ${index})`,
  );
  const chunks = streamChunks(
    connection,
    `SELECT ${isLook ? 'longest_look_ms' : 'dwell_ms'}::DOUBLE AS value, place::INTEGER AS place, (${dayOf(query)})::INTEGER AS day
     FROM tracks JOIN (SELECT col0 AS p_stream, col1::role AS p_role, col2 AS p_zone, col3 AS place FROM (VALUES ${list.join(', ')}))
       ON stream = p_stream AND role = p_role AND coalesce(zone, '') = p_zone
     WHERE ${came(query, values)}${isLook ? ' AND glances > 0' : ''} ORDER BY value`,
    values.named,
  );
  let at = 0;
  for await (const chunk of chunks) {
    const [value, place, day] = [0, 1, 2].map((column) => chunk.getColumnVector(column));
    for (let row = 0; row < chunk.rowCount; row += 1, at += 1) {
      sorted[at] = value?.getItem(row) as number;
      placeIndexes[at] = place?.getItem(row) as number;
      dayNumbers[at] = day?.getItem(row) as number;
    }
  }
  return { places, values: sorted, placeOf: placeIndexes, days: dayNumbers };
};

/** Sums over the visitors of a period, all of one state of the store. */
export const visitorSums = (connection: DuckDBConnection, query: VisitorQuery): Promise<VisitorSums> => {
  checkPeriod(query);
  return inSnapshot(connection, async () => {
    const days = await visitorDays(connection, query);
    return {
      days,
      adults: await adultDays(connection, query),
      groups: await adultGroups(connection, query),
      sorted: await sortedVisits(connection, query, days),
    };
  });
};
