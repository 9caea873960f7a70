import type { DuckDBConnection } from '@duckdb/node-api';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copiesFolder, makeOwnFolder } from '../../../runtime/files/own-folder.js';
import type { ExportFile, ExportQuery } from '../../ports/visit-reader.js';
import { SAMPLES } from '../row-kinds/samples.js';
import { checkPeriod } from '../../question-checks.js';
import { keyCondition, ms, Values } from '../sql/filter.js';

const FORMATS = {
  csv: "FORMAT csv, HEADER, DELIMITER ','",
  // Small row groups bound what the writer holds in memory.
  parquet: 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000',
} as const;

const TIMES = {
  csv: "strftime(make_timestamp(ts * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')",
  parquet: 'make_timestamp(ts * 1000)',
} as const;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Rows fit to leave the house: a visitor counts as a minor by the age of the visit's summary, or of the samples while
 * there is none; streams and roles that rest on too few visitors are left out whole.
 */
const exportSql = (query: ExportQuery, values: Values): string => {
  const names = SAMPLES.columns.map(([name]) => name);
  const where = `ts >= ${ms(query.fromTs)} AND ts < ${ms(query.toTs)}${keyCondition(query, values)}`;
  return `
    WITH part AS (SELECT ${names.join(', ')} FROM samples WHERE ${where}),
    visits AS (SELECT stream, role, track, avg(age) AS age FROM part GROUP BY stream, role, track),
    known AS (
      SELECT track, role, any_value(age) AS known_age FROM tracks
      WHERE track IN (SELECT track FROM visits) GROUP BY track, role),
    kept AS (
      SELECT stream, role, track FROM visits LEFT JOIN known USING (track, role)
      WHERE coalesce(coalesce(known_age, age) >= ${query.minorsAge}, true)),
    shown AS (SELECT stream, role FROM kept GROUP BY stream, role HAVING count(*) >= ${query.kAnonymity})
    SELECT ${TIMES[query.format]} AS time_utc, ${names.join(', ')}
    FROM part SEMI JOIN kept USING (stream, role, track) SEMI JOIN shown USING (stream, role)
    ORDER BY ts, stream, role, track`;
};

/**
 * Writes the samples to a file that has no name by the time it is read, so that a slow reader holds no transaction and a
 * vanished one leaves nothing behind. Minors and small groups are left out.
 */
export const exportSamples = async (
  connection: DuckDBConnection,
  databasePath: string,
  query: ExportQuery,
): Promise<ExportFile> => {
  checkPeriod(query);
  const folder = await makeOwnFolder(copiesFolder(databasePath), 'export');
  try {
    const path = join(folder, `samples.${query.format}`);
    const values = new Values();
    const sql = `COPY (${exportSql(query, values)}) TO ${quoted(path)} (${FORMATS[query.format]})`;
    const result = await connection.run(sql, values.named);
    const file = await open(path, 'r');
    const { size } = await file.stat();
    return { stream: file.createReadStream(), bytes: size, rows: result.rowsChanged };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
