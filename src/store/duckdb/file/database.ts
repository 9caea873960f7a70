import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { access, chmod, constants, mkdir, open, stat, statfs, type FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { EmoscopeError } from '../../../runtime/errors.js';
import { applyGuard, dropGuard, saveGuard } from './checkpoint-guard.js';
import { cutDamagedLog } from './damaged-log.js';
import { isTornBlock, storeError } from './faults.js';
import { migrate } from './migrate.js';
import { numberOf, selectRows } from '../sql/select.js';

/** Where the database lives and what it may use. */
export interface DatabaseOptions {
  /** File, or `:memory:`. */
  readonly path: string;
  readonly memoryLimitMb: number;
  /** Threads of one query; default: up to four cores. */
  readonly threads?: number;
}

/** The file, its log, and the room its disk has left; zeros in memory. */
export interface FileSizes {
  readonly fileBytes: number;
  readonly walBytes: number;
  readonly freeBytes: number;
}

/** Attached to an instance while a writer has it, since file locks do not hold within one process. */
const WRITER_MARK = 'emoscope_writer';

/** An open, migrated database: one connection for writing, the rest for reading. */
export class Database {
  private closed = false;

  private constructor(
    readonly path: string,
    private readonly instance: DuckDBInstance,
    readonly writer: DuckDBConnection,
    /** Bytes of a damaged log that had to be given up on opening. */
    readonly cutLogBytes: number,
    private readonly file: FileHandle | null,
  ) {}

  /** Opens or creates and migrates; throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW, STORE_WRITE. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const { path } = options;
    if (path !== ':memory:') await prepareFile(path);
    let instance: DuckDBInstance;
    let cutLogBytes = 0;
    try {
      instance = await openInstance(options);
    } catch (error) {
      const tornBlock = isTornBlock(error) && (await applyGuard(path));
      cutLogBytes = tornBlock ? 0 : await cutDamagedLog(path, error);
      if (!tornBlock && cutLogBytes === 0) throw storeError(error);
      instance = await openInstance(options).catch((again: unknown) => {
        throw storeError(again);
      });
    }
    let connection: DuckDBConnection | undefined;
    try {
      connection = await instance.connect();
      await connection.run(`ATTACH ':memory:' AS ${WRITER_MARK}`).catch((error: unknown) => {
        throw new EmoscopeError('STORE_LOCKED', 'This process has the database open for writing already', {
          cause: error,
        });
      });
      await connection.run("SET TimeZone = 'UTC'");
      await migrate(connection);
      if (path === ':memory:') return new Database(path, instance, connection, cutLogBytes, null);
      await dropGuard(path);
      // Held as long as the database: closing any handle of a file lets go of the lock that an open database has on it.
      return new Database(path, instance, connection, cutLogBytes, await open(path, 'r'));
    } catch (error) {
      connection?.closeSync();
      instance.closeSync();
      throw storeError(error);
    }
  }

  connect(): Promise<DuckDBConnection> {
    return this.instance.connect();
  }

  /** Writes the log into the file; a no-op while a transaction elsewhere forbids it. */
  async checkpoint(): Promise<void> {
    await this.guardCheckpoint();
    await this.writer.run('CHECKPOINT');
    await dropGuard(this.path);
  }

  /** Puts aside what a torn checkpoint would destroy. */
  async guardCheckpoint(): Promise<void> {
    if (this.file === null) return;
    const blocks = await selectRows(this.writer, 'SELECT block_id FROM pragma_metadata_info()');
    await saveGuard(
      this.path,
      this.file,
      blocks.map((row) => numberOf(row, 'block_id')).filter((id) => id >= 0 && id < 2 ** 40),
    );
  }

  async fileSizes(): Promise<FileSizes> {
    if (this.path === ':memory:') return { fileBytes: 0, walBytes: 0, freeBytes: 0 };
    const size = (path: string) =>
      stat(path).then(
        (info) => info.size,
        () => 0,
      );
    const free = await statfs(this.path).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => 0,
    );
    return { fileBytes: await size(this.path), walBytes: await size(`${this.path}.wal`), freeBytes: free };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.writer.closeSync();
    this.instance.closeSync();
    await this.file?.close();
  }
}

const openInstance = ({ path, memoryLimitMb, threads }: DatabaseOptions): Promise<DuckDBInstance> => {
  const settings = {
    memory_limit: `${memoryLimitMb}MB`,
    threads: String(threads ?? Math.min(4, availableParallelism())),
    // Nothing is ever fetched or loaded at run time.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // The writer checkpoints by itself, so that a COMMIT fails only when its own rows cannot be written.
    checkpoint_threshold: '1TB',
    preserve_insertion_order: 'false',
    ...(path === ':memory:' ? {} : { temp_directory: `${path}.tmp` }),
  };
  return path === ':memory:' ? DuckDBInstance.create(path, settings) : DuckDBInstance.fromCache(path, settings);
};

/** The folder exists, and a file that is there is neither empty rubbish nor something else than a file. */
const prepareFile = async (path: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const info = await stat(path).catch(() => null);
    if (info === null) return;
    if (!info.isFile()) throw new EmoscopeError('STORE_CORRUPT', 'The database path is not a file');
    // Never opened here: closing any handle of a file lets go of the lock that an open database has on it.
    await access(path, constants.R_OK | constants.W_OK);
    // Files of versions before were readable by others. Somebody else's file keeps its permissions.
    await chmod(path, 0o600).catch(() => undefined);
    await chmod(`${path}.wal`, 0o600).catch(() => undefined);
  } catch (error) {
    throw storeError(error);
  }
};
