import type { DuckDBConnection } from '@duckdb/node-api';
import { FRAME_SUMS } from '../../contracts/me1-sums.js';
import type { FrameCount } from '../../contracts/sample.js';
import type { StoreBatch } from '../ports/row-sink.js';
import type { Portion } from '../write-buffer.js';
import { BURSTS, CONTACTS, FRAMES, HELD, SAMPLES, TRACKS } from './columns.js';
import { GivenOut } from './given-out.js';
import { numberOf, selectRows, sumOf, textOf } from './select.js';
import { columnNames as names, Stage } from './stage.js';

/** Commits that a repeated batch is recognised within: an hour of two a second. */
const REMEMBERED_COMMITS = 7200;

/** Moves portions into the tables, one transaction each, and recognises what is there already. */
export class Writer {
  /** Batch id → commit. */
  private readonly known = new Map<string, number>();
  private doubtful: number | null = null;
  private readonly stages: Readonly<ReturnType<typeof stagesOf>>;

  private constructor(
    private readonly connection: DuckDBConnection,
    private seq: number,
    /** What has been given out already. */
    readonly given: GivenOut,
  ) {
    this.stages = stagesOf(connection);
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
    const contacts = batches.flatMap((batch) => batch.contacts ?? []);
    const lastContacts = [...new Map(contacts.map((contact) => [contact.id, contact])).values()];
    const tracks = batches.flatMap((batch) => batch.tracks ?? []);
    const lastTracks = [...new Map(tracks.map((track) => [`${track.trackId} ${track.role}`, track])).values()];
    const { stages, given } = this;
    await stages.samples.fill(given.samples(batches.flatMap((batch) => batch.samples ?? [])));
    await stages.frames.fill(given.frames(perSecond(batches.flatMap((batch) => batch.frames ?? []))));
    await stages.tracks.fill(given.tracks(lastTracks));
    await stages.contacts.fill(given.contacts(lastContacts));
    await stages.bursts.fill(
      lastContacts.flatMap(({ id, bursts }) => bursts.map((burst) => ({ ...burst, contactId: id }))),
    );
    await stages.held.fill(heldOf(batches).fresh);
  }

  /** What moves the staged rows into their tables, in order. */
  private moves(seq: number, batches: readonly StoreBatch[]): string[] {
    const { samples, frames, tracks, contacts, bursts, held } = this.stages;
    const { decided } = heldOf(batches);
    return [
      ...when(samples, [this.insertSamples(seq, batches)]),
      ...when(frames, [
        `INSERT INTO frames (seq, ${names(FRAMES)}) SELECT ${seq}, ${names(FRAMES)} FROM ${frames.name}`,
      ]),
      ...when(tracks, [
        // What was given out is not replaced: a later summary of such a visit would show by the difference.
        `DELETE FROM ${tracks.name} USING tracks t WHERE ${tracks.name}.withheld AND t.track = ${tracks.name}.track
          AND t.role = ${tracks.name}.role AND NOT t.withheld
          AND t.start_ts >= (SELECT min(start_ts) FROM ${tracks.name})`,
        `DELETE FROM tracks USING ${tracks.name} s WHERE tracks.track = s.track AND tracks.role = s.role
          AND tracks.start_ts >= (SELECT min(start_ts) FROM ${tracks.name})`,
        `INSERT INTO tracks (seq, ${names(TRACKS)}) SELECT ${seq}, ${names(TRACKS)} FROM ${tracks.name}`,
      ]),
      ...when(contacts, [
        // A contact that is judged again keeps its place among the figures.
        `UPDATE ${contacts.name} SET withheld = c.withheld FROM contacts c WHERE c.id = ${contacts.name}.id`,
        `DELETE FROM bursts WHERE contact IN (SELECT id FROM ${contacts.name})`,
        `DELETE FROM contacts WHERE id IN (SELECT id FROM ${contacts.name})`,
        `INSERT INTO contacts (seq, ${names(CONTACTS)}) SELECT ${seq}, ${names(CONTACTS)} FROM ${contacts.name}`,
      ]),
      ...when(bursts, [
        `INSERT INTO bursts (seq, ${names(BURSTS)}) SELECT ${seq}, ${names(BURSTS)} FROM ${bursts.name}`,
      ]),
      ...(decided.length > 0 ? [`DELETE FROM held WHERE key IN (${decided.map(quoted).join(', ')})`] : []),
      ...when(held, [`INSERT INTO held (${names(HELD)}) SELECT ${names(HELD)} FROM ${held.name}`]),
    ];
  }

  /** A face is measured once per frame, so (stream, role, track, ts) seen before is a repetition. */
  private insertSamples(seq: number, batches: readonly StoreBatch[]): string {
    let fromTs = Infinity;
    let toTs = -Infinity;
    for (const { samples = [] } of batches) {
      for (const { ts } of samples) {
        if (ts < fromTs) fromTs = ts;
        if (ts > toTs) toTs = ts;
      }
    }
    // Literal bounds let the engine skip every block of the table outside them.
    return `INSERT INTO samples (seq, ${names(SAMPLES)})
      SELECT ${seq}, ${names(SAMPLES)} FROM ${this.stages.samples.name} s
      WHERE NOT EXISTS (
        SELECT 1 FROM samples k WHERE k.ts BETWEEN ${Math.floor(fromTs)} AND ${Math.ceil(toTs)}
          AND k.ts = s.ts AND k.stream = s.stream AND k.role = s.role AND k.track = s.track)
      QUALIFY row_number() OVER (PARTITION BY stream, role, track, ts) = 1
      ORDER BY ts`;
  }

  private async rollBack(): Promise<void> {
    await this.connection.run('ROLLBACK').catch(() => undefined);
    for (const stage of Object.values(this.stages)) stage.forget();
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Frames held by these batches and not decided by them, and the keys of those that earlier commits hold. */
const heldOf = (batches: readonly StoreBatch[]) => {
  const held = new Map(batches.flatMap((batch) => batch.held ?? []).map((rows) => [rows.key, rows]));
  const decided = batches.flatMap((batch) => batch.decided ?? []).filter((key) => !held.delete(key));
  return { fresh: [...held.values()], decided };
};

const addedFrames = (a: FrameCount, b: FrameCount): FrameCount => ({
  ...a,
  ...Object.fromEntries(FRAME_SUMS.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)])),
});

/** One row per second and place of what the frames of a commit counted. */
const perSecond = (frames: readonly FrameCount[]): FrameCount[] => {
  const rows = new Map<string, FrameCount>();
  for (const frame of frames) {
    const key = JSON.stringify([frame.ts, frame.streamId, frame.role, frame.zoneId]);
    const known = rows.get(key);
    rows.set(key, known === undefined ? frame : addedFrames(known, frame));
  }
  return [...rows.values()];
};

/** The statements, and the one that empties the stage after them, where it holds rows. */
const when = <T>(stage: Stage<T>, statements: readonly string[]): readonly string[] =>
  stage.count > 0 ? [...statements, stage.emptySql] : [];

/** What marks a commit as made, and forgets those that no repeated batch can belong to any more. */
const noted = (seq: number): readonly string[] => [
  `INSERT INTO commits VALUES (${seq}, NULL)`,
  `DELETE FROM commits WHERE seq < ${seq - REMEMBERED_COMMITS}`,
];

const stagesOf = (connection: DuckDBConnection) => ({
  samples: new Stage(connection, SAMPLES),
  frames: new Stage(connection, FRAMES),
  tracks: new Stage(connection, TRACKS),
  contacts: new Stage(connection, CONTACTS),
  bursts: new Stage(connection, BURSTS),
  held: new Stage(connection, HELD),
});
