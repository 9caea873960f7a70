import type { DuckDBConnection } from '@duckdb/node-api';
import type { HeldRows, StoreBatch } from '../ports/row-sink.js';
import type { Portion } from '../write-buffer.js';
import { GivenOut } from './given-out.js';
import { HELD } from './held-columns.js';
import { REGISTERED_KINDS } from './row-kinds/registry.js';
import type { StagedKind } from './row-kinds/row-kind.js';
import { columnNames } from './row-kinds/table-columns.js';
import { numberOf, selectRows, sumOf, textOf } from './sql/select.js';
import { Stage } from './stage.js';

/** Commits that a repeated batch is recognised within: an hour of two a second. */
const REMEMBERED_COMMITS = 7200;

/** Moves portions into the tables, one transaction each, and recognises what is there already. */
export class Writer {
  /** Batch id → commit. */
  private readonly known = new Map<string, number>();
  private doubtful: number | null = null;
  private readonly kinds: readonly StagedKind[];
  private readonly held: Stage<HeldRows>;

  private constructor(
    private readonly connection: DuckDBConnection,
    private seq: number,
    /** What has been given out already. */
    readonly given: GivenOut,
  ) {
    this.kinds = REGISTERED_KINDS.map(({ stage }) => stage(connection));
    this.held = new Stage(connection, HELD);
  }

  /** `previous` is the writer of a database that had to be opened anew. */
  static async create(connection: DuckDBConnection, previous?: Writer): Promise<Writer> {
    const [row] = await selectRows(
      connection,
      `SELECT greatest((SELECT coalesce(max(seq), 0) FROM commits), (SELECT rolled_seq FROM rollup_state)) AS seq`,
    );
    const given = await GivenOut.read(connection);
    const writer = new Writer(connection, sumOf(row, 'seq'), given);
    for (const known of await selectRows(connection, 'SELECT batch, seq FROM commits WHERE batch IS NOT NULL')) {
      writer.known.set(textOf(known, 'batch'), numberOf(known, 'seq'));
    }
    if (previous !== undefined) writer.doubtful = previous.doubtful;
    return writer;
  }

  /** The number of the newest commit. */
  get lastSeq(): number {
    return this.seq;
  }

  /** Whether a batch of this name has been committed lately. */
  has(batchId: string): boolean {
    return this.known.has(batchId);
  }

  /** Stores a portion in one transaction; on an error nothing of it is stored. */
  async commit(portion: Portion, nowTs: number): Promise<void> {
    if (await this.wasCommitted()) return;
    const seq = this.seq + 1;
    const fresh = this.withoutKnown(portion.batches);
    await this.connection.run('BEGIN');
    try {
      await this.stage(fresh);
      for (const { kind, fromTs, toTs, rows } of portion.losses) {
        await this.connection.run('INSERT INTO losses VALUES ($1, $2, $3, $4, $5, $6)', [
          BigInt(Math.round(nowTs)),
          kind,
          BigInt(Math.round(fromTs)),
          BigInt(Math.round(toTs)),
          BigInt(rows),
          'STORE_WRITE',
        ]);
      }
      for (const { id } of fresh)
        if (id !== undefined) await this.connection.run('INSERT INTO commits VALUES ($1, $2)', [BigInt(seq), id]);
      // As one script: every single statement would cost a change of threads and leave a result to the collector.
      await this.connection.run([...this.moves(seq, fresh), ...noted(seq)].join(';\n'));
    } catch (error) {
      await this.rollBack();
      throw error;
    }
    try {
      await this.connection.run('COMMIT');
    } catch (error) {
      // A COMMIT that fails may still have reached the disk; the next attempt looks before it writes again.
      this.doubtful = seq;
      await this.rollBack();
      throw error;
    }
    this.remember(fresh, seq);
  }

  private async wasCommitted(): Promise<boolean> {
    if (this.doubtful === null) return false;
    const rows = await selectRows(this.connection, 'SELECT 1 FROM commits WHERE seq = $seq LIMIT 1', {
      seq: BigInt(this.doubtful),
    });
    if (rows.length > 0) this.seq = this.doubtful;
    this.doubtful = null;
    return rows.length > 0;
  }

  private withoutKnown(batches: readonly StoreBatch[]): readonly StoreBatch[] {
    const seen = new Set<string>();
    return batches.filter(({ id }) => {
      if (id === undefined) return true;
      if (this.known.has(id) || seen.has(id)) return false;
      seen.add(id);
      return true;
    });
  }

  private remember(batches: readonly StoreBatch[], seq: number): void {
    this.seq = seq;
    for (const { id } of batches) if (id !== undefined) this.known.set(id, seq);
    for (const [id, at] of this.known) {
      if (at >= seq - REMEMBERED_COMMITS) break;
      this.known.delete(id);
    }
  }

  private async stage(batches: readonly StoreBatch[]): Promise<void> {
    for (const kind of this.kinds) await kind.fill(batches, this.given);
    await this.held.fill(heldOf(batches).fresh);
  }

  /** What moves the staged rows into their tables, in order. */
  private moves(seq: number, batches: readonly StoreBatch[]): readonly string[] {
    const { held } = this;
    const { decided } = heldOf(batches);
    const names = columnNames(HELD);
    return [
      ...this.kinds.flatMap((kind) => kind.moves(seq)),
      ...(decided.length > 0 ? [`DELETE FROM held WHERE key IN (${decided.map(quoted).join(', ')})`] : []),
      ...(held.count > 0 ? [`INSERT INTO held (${names}) SELECT ${names} FROM ${held.name}`, held.emptySql] : []),
    ];
  }

  private async rollBack(): Promise<void> {
    await this.connection.run('ROLLBACK').catch(() => undefined);
    for (const kind of this.kinds) kind.forget();
    this.held.forget();
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Frames held by these batches and not decided by them, and the keys of those that earlier commits hold. */
const heldOf = (batches: readonly StoreBatch[]) => {
  const held = new Map(batches.flatMap((batch) => batch.held ?? []).map((rows) => [rows.key, rows]));
  const decided = batches.flatMap((batch) => batch.decided ?? []).filter((key) => !held.delete(key));
  return { fresh: [...held.values()], decided };
};

/** What marks a commit as made, and forgets those that no repeated batch can belong to any more. */
const noted = (seq: number): readonly string[] => [
  `INSERT INTO commits VALUES (${seq}, NULL)`,
  `DELETE FROM commits WHERE seq < ${seq - REMEMBERED_COMMITS}`,
];
