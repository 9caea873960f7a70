import type { Clock } from '../runtime/clock.js';
import { EmoscopeError } from '../runtime/errors.js';
import { FaultCounter } from '../runtime/fault-counter.js';
import type { Logger } from '../runtime/logger.js';
import type { StoreBatch } from './ports/row-sink.js';
import { WriteBuffer, type Portion } from './write-buffer.js';

/** A fault of an engine in our words. */
export interface EngineFault {
  /** With one of our codes; the cause keeps the engine's own words. */
  readonly error: EmoscopeError;
  /** The engine has given itself up, so that only opening it again helps. */
  readonly isFatal: boolean;
}

/** What the committer needs of an engine. */
export interface CommitTarget {
  /** Stores a portion whole or not at all; one that was stored although its commit failed is recognised. */
  commit(portion: Portion, nowTs: number): Promise<void>;
  /** Opens the engine anew after it gave itself up. */
  reopen(): Promise<void>;
  faultOf(error: unknown): EngineFault;
}

/** Whether what was to be stored may well be stored later: it is no fault of the rows. */
const isPassing = ({ code }: EmoscopeError): boolean => code === 'STORE_WRITE' || code === 'STORE_MEMORY';

export interface CommitStats {
  readonly lastCommitTs: number | null;
  readonly lastCommitMs: number | null;
  readonly commits: number;
  readonly failedCommits: number;
  readonly reason: string | null;
}

interface Border {
  readonly number: number;
  readonly run: () => Promise<void>;
  readonly refuse: (error: EmoscopeError) => void;
}

/** From the beginning of a commit to that of the next, so that a row is on disk after this and one commit at most. */
const COMMIT_EVERY_MS = 500;
/** Of every beat the disk rests this long, however slow it is. */
const REST_MS = 100;
/** While the disk refuses. */
const RETRY_AFTER_MS = 1000;
const ROWS_PER_COMMIT = 20_000;

/** Carries the buffer to the disk at a steady beat; one commit at a time, in order, with a retry when the disk refuses. */
export class Committer {
  readonly buffer: WriteBuffer;
  private timer: NodeJS.Timeout | null = null;
  private work: Promise<unknown> = Promise.resolve();
  private stopped = false;
  /** What is to happen between two commits, in order. */
  private borders: Border[] = [];
  private needsReopen = false;
  /** Batches to be committed singly, to find the one that cannot be stored. */
  private oneByOne = 0;
  private stats: CommitStats = {
    lastCommitTs: null,
    lastCommitMs: null,
    commits: 0,
    failedCommits: 0,
    reason: null,
  };
  private readonly faults: FaultCounter;

  constructor(
    private readonly target: CommitTarget,
    private readonly clock: Clock,
    private readonly logger: Logger,
    maxBufferedRows: number,
  ) {
    this.buffer = new WriteBuffer(maxBufferedRows);
    this.faults = new FaultCounter(60_000, (fault, count) =>
      this.logger.error({ fault, count }, 'store: cannot write'),
    );
  }

  get state(): CommitStats {
    return this.stats;
  }

  start(): void {
    this.schedule(COMMIT_EVERY_MS);
  }

  append(batch: StoreBatch): void {
    this.buffer.push(batch);
  }

  /** Commits everything that waits now; throws STORE_WRITE when the disk refuses, STORE_MEMORY when there is no memory for it. */
  flush(): Promise<void> {
    return this.exclusive(async () => {
      const mark = this.buffer.mark();
      for (const next of this.dueBorders()) await next.run();
      if (this.buffer.empty && !this.needsReopen) return;
      do await this.commitOnce();
      while (!this.buffer.passed(mark));
      for (const next of this.dueBorders()) await next.run();
    });
  }

  /**
   * Runs `job` when all that was appended before this call is committed (or given up) and nothing that is appended after
   * it: later rows wait for the job, so it must be short. Waits for as long as the disk refuses.
   */
  atBorder<T>(job: () => Promise<T>): Promise<T> {
    const number = this.buffer.drawBorder();
    const done = new Promise<T>((resolve, reject) => {
      this.borders.push({ number, run: () => job().then(resolve, reject), refuse: reject });
    });
    // At once; a disk that refuses is tried again at the next beat.
    this.flush().catch(() => undefined);
    return done;
  }

  /** Hears of a fault elsewhere; a fatal one has the database opened anew at the next beat. */
  noteFault(error: unknown): void {
    this.needsReopen ||= this.target.faultOf(error).isFatal;
  }

  /** Runs other work of the writing connection between two commits. */
  exclusive<T>(job: () => Promise<T>): Promise<T> {
    const result = this.work.then(job);
    this.work = result.catch(() => undefined);
    return result;
  }

  /** Ends the beat and tries a last time; what the disk refuses is counted as lost. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    try {
      await this.flush();
    } catch (error) {
      this.buffer.abandon();
      this.logger.error(
        { err: this.target.faultOf(error).error, lost: this.buffer.lost },
        'store: rows lost at the end',
      );
    }
    for (const { refuse } of this.borders.splice(0))
      refuse(new EmoscopeError('STORE_CLOSED', 'The store has been stopped'));
  }

  /** One after another the borders that everything before them has reached; they are not waited for any more. */
  private *dueBorders(): Generator<Border> {
    for (;;) {
      const [next] = this.borders;
      if (next === undefined || !this.buffer.reached(next.number)) return;
      this.borders.shift();
      yield next;
    }
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      const startedMs = this.clock.monotonic();
      this.flush().then(
        () => this.schedule(Math.max(REST_MS, COMMIT_EVERY_MS - (this.clock.monotonic() - startedMs))),
        () => this.schedule(RETRY_AFTER_MS),
      );
    }, delayMs);
    this.timer.unref();
  }

  /** Rows that can never be stored (not a number, an unknown role) must not hold up the rest: they are found and given up. */
  private isolate(batches: number, fault: EmoscopeError): void {
    if (batches > 1) {
      this.buffer.putBack();
      this.oneByOne = batches;
      return;
    }
    this.buffer.giveUpTaken();
    this.oneByOne = Math.max(0, this.oneByOne - 1);
    this.faults.add(`a batch was refused: ${fault.message}`);
    this.logger.debug({ err: fault }, 'store: batch refused');
  }

  private async commitOnce(): Promise<void> {
    const startedMs = this.clock.monotonic();
    // Looked for right before the rows are taken: one may be drawn at any await, with rows behind it.
    for (const next of this.dueBorders()) await next.run();
    const portion = this.buffer.take(this.oneByOne > 0 ? 1 : ROWS_PER_COMMIT);
    try {
      if (this.needsReopen) {
        await this.target.reopen();
        this.needsReopen = false;
      }
      await this.target.commit(portion, this.clock.now());
    } catch (error) {
      const { error: fault, isFatal } = this.target.faultOf(error);
      if (!isPassing(fault) && !isFatal && portion.batches.length > 0) {
        this.isolate(portion.batches.length, fault);
        return;
      }
      this.buffer.putBack();
      this.needsReopen ||= isFatal;
      this.faults.add(fault.message);
      this.stats = { ...this.stats, failedCommits: this.stats.failedCommits + 1, reason: fault.message };
      throw isPassing(fault)
        ? fault
        : new EmoscopeError('STORE_WRITE', 'The database cannot be written', { cause: error });
    }
    this.buffer.committed();
    this.oneByOne = Math.max(0, this.oneByOne - 1);
    if (this.stats.reason !== null) this.logger.info({ lost: this.buffer.lost }, 'store: writing again');
    this.stats = {
      ...this.stats,
      lastCommitTs: this.clock.now(),
      lastCommitMs: this.clock.monotonic() - startedMs,
      commits: this.stats.commits + 1,
      reason: null,
    };
  }
}
