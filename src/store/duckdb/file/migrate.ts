import type { DuckDBConnection } from '@duckdb/node-api';
import { EmoscopeError } from '../../../runtime/errors.js';
import { MIGRATIONS } from '../migrations/index.js';
import { selectRows } from '../sql/select.js';

/** Version of the schema this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.reduce((newest, { version }) => Math.max(newest, version), 0);

/** The schema version of an open database, 0 for an empty one; throws STORE_CORRUPT for somebody else's database. */
export const schemaVersion = async (connection: DuckDBConnection): Promise<number> => {
  const tables = await selectRows(
    connection,
    `SELECT table_name AS name FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary`,
  );
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === 'schema_versions')) {
    throw new EmoscopeError('STORE_CORRUPT', 'The file is a database, but not one of EmoScope');
  }
  const [row] = await selectRows(
    connection,
    'SELECT coalesce(max(version), 0)::INTEGER AS version FROM schema_versions',
  );
  return Number(row?.['version'] ?? 0);
};

/** Brings the schema up to `target`, each version in one transaction; throws STORE_TOO_NEW when it is beyond that. */
export const migrate = async (connection: DuckDBConnection, target = SCHEMA_VERSION): Promise<number> => {
  const from = await schemaVersion(connection);
  if (from > target) {
    throw new EmoscopeError(
      'STORE_TOO_NEW',
      `The database has schema version ${from}; this program knows versions up to ${target}`,
    );
  }
  for (const { version, name, sql } of MIGRATIONS) {
    if (version <= from || version > target) continue;
    await connection.run('BEGIN');
    try {
      await connection.run(
        'CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER NOT NULL, name VARCHAR NOT NULL)',
      );
      await connection.run(sql);
      await connection.run('INSERT INTO schema_versions VALUES ($1, $2)', [version, name]);
      await connection.run('COMMIT');
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
  return from;
};
