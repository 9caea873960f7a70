import type { DuckDBConnection } from '@duckdb/node-api';
import {
  CELL_LEVELS,
  FACE_SIZE_STEPS_PX,
  type Cell,
  type CellChain,
  type CellLevel,
  type CellSpan,
  type Covered,
} from '../../../contracts/cell.js';
import type { Role } from '../../../contracts/role.js';
import type { ArrivalQuery, ArrivalRow, CellQuery, NewCell } from '../../ports/cell-ledger.js';
import { checkPeriod } from '../../question-checks.js';
import { inFlow, ms, Values } from '../sql/filter.js';
import { grouped } from '../../../runtime/grouped.js';
import { safeSizesOf } from './face-sizes.js';
import { chainKey } from '../given-out.js';
import { inTransaction } from '../upkeep/rollup.js';
import { numberOf, numberOrNull, selectChunks, selectRows, textOf, textOrNull, type Row } from '../sql/select.js';
import { readHorizon } from '../sql/snapshot.js';

const chainOf = (row: Row): CellChain => ({
  kind: textOf(row, 'kind') as CellChain['kind'],
  id: textOf(row, 'id'),
  role: textOf(row, 'role') === '' ? null : (textOf(row, 'role') as Role),
});

const cellOf = (row: Row): Cell => ({
  ...chainOf(row),
  level: levelOf(row),
  fromTs: numberOf(row, 'from_ts'),
  toTs: numberOf(row, 'to_ts'),
  visitors: numberOf(row, 'visitors'),
  known: numberOf(row, 'known'),
  parted: row['parted'] === true,
  sizes: FACE_SIZE_STEPS_PX.filter((_, bit) => (numberOf(row, 'sizes') & (1 << bit)) !== 0),
  k: numberOf(row, 'k'),
});

const bitsOf = (sizes: readonly number[]): number =>
  FACE_SIZE_STEPS_PX.reduce<number>((bits, step, bit) => (sizes.includes(step) ? bits | (1 << bit) : bits), 0);

const levelOf = (row: Row): CellLevel => CELL_LEVELS[numberOf(row, 'level')] ?? 'cell';

/** Visits and contacts that began after the last cell of their chain, by minute. */
export const arrivals = async (
  connection: DuckDBConnection,
  { adultAge, sinceTs, limit }: ArrivalQuery,
): Promise<readonly ArrivalRow[]> => {
  const found: ArrivalRow[] = [];
  // Years of them come at once, and between two parts everything else has its turn.
  const parts = selectChunks(
    connection,
    `WITH ends AS (SELECT kind, id, role, max(to_ts) AS to_ts FROM cells WHERE level = 0 GROUP BY ALL),
     visits AS (
       SELECT 'view' AS kind, stream AS id, role::VARCHAR AS role, zone AS part, start_ts,
         gender IS NOT NULL AND coalesce(age >= ${adultAge}, false) AS is_known FROM tracks
       WHERE ${inFlow('dwell_ms')}
       UNION ALL SELECT 'point', point, '', NULL, start_ts, qualified FROM contacts)
     SELECT kind, id, role, part, start_ts - start_ts % 60000 AS minute, count(*) AS visitors,
       count(*) FILTER (is_known) AS known
     FROM visits LEFT JOIN ends USING (kind, id, role) WHERE start_ts >= greatest(coalesce(to_ts, 0), ${ms(sinceTs)})
     GROUP BY ALL ORDER BY minute, kind, id, role, part LIMIT ${limit}`,
    {},
  );
  for await (const rows of parts) for (const row of rows) found.push(arrivalOf(row));
  return found;
};

const arrivalOf = (row: Row): ArrivalRow => ({
  ...chainOf(row),
  part: textOrNull(row, 'part'),
  minuteTs: numberOf(row, 'minute'),
  visitors: numberOf(row, 'visitors'),
  known: numberOf(row, 'known'),
});

/** The first sample, since `sinceTs`, of those whose visit has no summary yet. */
export const openVisits = async (connection: DuckDBConnection, sinceTs: number) => {
  const rows = await selectRows(
    connection,
    `WITH seen AS (
       SELECT track, stream, role, min(ts) AS ts FROM samples WHERE ts >= ${ms(sinceTs)} GROUP BY track, stream, role)
     SELECT stream AS id, role::VARCHAR AS role, min(ts) AS ts
     FROM seen ANTI JOIN tracks USING (track, role) GROUP BY ALL`,
  );
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    role: textOf(row, 'role') as Role,
    fromTs: numberOf(row, 'ts'),
  }));
};

/** Where the cells of each chain and level end. */
export const cellEnds = async (connection: DuckDBConnection) => {
  const rows = await selectRows(
    connection,
    'SELECT kind, id, role, level, max(to_ts) AS to_ts FROM cells GROUP BY ALL ORDER BY ALL',
  );
  return rows.map((row) => ({ ...chainOf(row), level: levelOf(row), toTs: numberOf(row, 'to_ts') }));
};

/** Whether any of these zones is not among those with enough visitors. */
const isUnsafe = (zones: readonly string[], { safeParts = [] }: NewCell): boolean => {
  const safe = new Set(safeParts.map((part) => part ?? ''));
  return zones.some((zone) => !safe.has(zone));
};

/** Cells in which a zone has samples though it is not among those with enough visitors. */
const unsafeOf = async (connection: DuckDBConnection, cells: readonly NewCell[]): Promise<ReadonlySet<NewCell>> => {
  const chains = grouped(cells, (cell) =>
    cell.parted && cell.kind === 'view' && cell.safeParts !== undefined ? chainKey(cell) : null,
  );
  const unsafe = new Set<NewCell>();
  for (const own of chains.values()) {
    // Mostly every zone of the whole stretch is safe in each cell, which one question tells.
    const zones = await zonesSeen(connection, own);
    for (const cell of own)
      if (isUnsafe(zones, cell) && isUnsafe(await zonesSeen(connection, [cell]), cell)) unsafe.add(cell);
  }
  return unsafe;
};

/** Zones of a chain's rows, '' for those in none, from the start of its first cell to the end of its last. */
const zonesSeen = async (connection: DuckDBConnection, cells: readonly NewCell[]): Promise<readonly string[]> => {
  const [first] = cells;
  const last = cells.at(-1);
  if (first === undefined || last === undefined) return [];
  const values = new Values();
  const chain = `stream = ${values.add(first.id)} AND role = ${values.add(first.role ?? '')}::role`;
  const time = (name: string): string => `${name} >= ${ms(first.fromTs)} AND ${name} < ${ms(last.toTs)}`;
  const rows = await selectRows(
    connection,
    `SELECT DISTINCT coalesce(zone, '') AS zone FROM (
       SELECT zone FROM rollups WHERE ${chain} AND ${time('minute')}
       UNION ALL SELECT zone FROM samples WHERE ${chain} AND ${time('ts')} AND seq > (SELECT rolled_seq FROM rollup_state))`,
    values.named,
  );
  return rows.map((row) => textOf(row, 'zone'));
};

/** Whether a stream and role has faces in a period, also of visits that began before it or have no summary. */
export const hasFaces = async (connection: DuckDBConnection, view: Covered): Promise<boolean> => {
  const values = new Values();
  const chain = `stream = ${values.add(view.streamId)} AND role = ${values.add(view.role)}::role`;
  const time = (name: string): string => `${name} >= ${ms(view.fromTs)} AND ${name} < ${ms(view.toTs)}`;
  const [row = {}] = await selectRows(
    connection,
    `SELECT EXISTS (SELECT 1 FROM rollups WHERE ${chain} AND ${time('minute')})
       OR EXISTS (SELECT 1 FROM samples WHERE ${chain} AND ${time('ts')} AND NOT withheld) AS found`,
    values.named,
  );
  return row['found'] === true;
};

/** Keeps new cells, all or none. */
export const addCells = (connection: DuckDBConnection, cells: readonly NewCell[]): Promise<void> =>
  inTransaction(connection, async () => {
    const unsafe = await unsafeOf(connection, cells);
    const { rawFromTs } = await readHorizon(connection);
    const values = new Values();
    const rows: string[] = [];
    for (const cell of cells) {
      const { kind, id, role, level, fromTs, toTs, visitors, known, parted, k } = cell;
      // Sizes of faces are asked of samples; where these have expired no size is safe, nor ever asked for.
      const isSized = level === 'wide' && kind === 'view' && (rawFromTs === null || fromTs >= rawFromTs);
      const sizes = isSized ? await safeSizesOf(connection, cell) : cell.sizes;
      const names = [kind, id, role ?? ''].map((text) => values.add(text));
      const numbers = [CELL_LEVELS.indexOf(level), ms(fromTs), ms(toTs), visitors, known];
      rows.push(`(${[...names, ...numbers, String(parted && !unsafe.has(cell)), k, bitsOf(sizes)].join(', ')})`);
    }
    if (rows.length > 0) await connection.run(`INSERT INTO cells VALUES ${rows.join(', ')}`, values.named);
  });

/** Cells of the wanted level, or of the first coarser one at which all of a chain have enough visitors. */
export const chosen = ({ kind, level, minVisitors, fromTs, toTs }: CellQuery): string => `
  floors AS (
    SELECT kind, id, role, level,
      min(CASE level WHEN 0 THEN visitors ELSE known END) FILTER (visitors > 0) AS least
    FROM cells WHERE kind = '${kind}' GROUP BY ALL),
  levels AS (
    SELECT kind, id, role, min(level) AS level FROM floors
    WHERE level >= ${CELL_LEVELS.indexOf(level)} AND coalesce(least, ${minVisitors}) >= ${minVisitors} GROUP BY ALL),
  inside AS (
    SELECT cells.* REPLACE (
      parted AND k >= ${minVisitors} AS parted,
      CASE WHEN k >= ${minVisitors} AND from_ts >= coalesce((SELECT raw_from_ts FROM rollup_state), 0)
        THEN sizes ELSE 0 END AS sizes)
    FROM cells SEMI JOIN levels USING (kind, id, role, level)
    WHERE from_ts >= ${ms(fromTs)} AND to_ts <= ${Math.floor(toTs)})`;

/** Whole cells inside a period. */
export const listCells = async (connection: DuckDBConnection, query: CellQuery): Promise<readonly Cell[]> => {
  checkPeriod(query);
  const cells: Cell[] = [];
  const sql = `WITH ${chosen(query)} SELECT * FROM inside ORDER BY kind, id, role, from_ts`;
  for await (const rows of selectChunks(connection, sql, {})) for (const row of rows) cells.push(cellOf(row));
  return cells;
};

/** The length of cells inside a period that a share of them do not exceed, ms; null without any. */
export const cellLength = async (
  connection: DuckDBConnection,
  { share, ...query }: CellQuery & { readonly share: number },
): Promise<number | null> => {
  checkPeriod(query);
  const [row = {}] = await selectRows(
    connection,
    `WITH ${chosen(query)} SELECT quantile_cont(to_ts - from_ts, ${share}) AS length FROM inside`,
  );
  return numberOrNull(row, 'length');
};

/** Cells of a level that lie in no union of the next coarser one yet. */
export const looseCells = async (connection: DuckDBConnection, level: CellLevel): Promise<readonly Cell[]> => {
  const index = CELL_LEVELS.indexOf(level);
  const cells: Cell[] = [];
  const parts = selectChunks(
    connection,
    `WITH ends AS (SELECT kind, id, role, max(to_ts) AS end_ts FROM cells WHERE level = ${index + 1} GROUP BY ALL)
     SELECT cells.* FROM cells LEFT JOIN ends USING (kind, id, role)
     WHERE level = ${index} AND from_ts >= coalesce(end_ts, from_ts) ORDER BY kind, id, role, from_ts`,
    {},
  );
  for await (const rows of parts) for (const row of rows) cells.push(cellOf(row));
  return cells;
};

/** Whole cells inside a period joined per chain and bucket. */
export const cellSpans = async (
  connection: DuckDBConnection,
  query: CellQuery & { readonly bucketStarts: readonly number[] },
): Promise<readonly CellSpan[]> => {
  checkPeriod(query);
  const rows = await selectRows(
    connection,
    `WITH ${chosen(query)}
     SELECT kind, id, role, edge, min(from_ts) AS from_ts, max(to_ts) AS to_ts, sum(visitors)::DOUBLE AS visitors,
       bool_and(parted) AS parted
     FROM inside ASOF JOIN (SELECT unnest([${query.bucketStarts.map(ms).join(', ')}]::BIGINT[]) AS edge) ON from_ts >= edge
     GROUP BY ALL ORDER BY kind, id, role, from_ts`,
  );
  return rows.map((row) => ({
    ...chainOf(row),
    fromTs: numberOf(row, 'from_ts'),
    toTs: numberOf(row, 'to_ts'),
    bucketTs: numberOf(row, 'edge'),
    visitors: numberOf(row, 'visitors'),
    parted: row['parted'] === true,
  }));
};
