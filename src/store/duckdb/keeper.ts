import type { Clock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import type { MaintenanceResult } from '../port.js';
import { ClockSteps } from '../../runtime/clock-steps.js';
import { judgeClock, PROVING_DAYS, type ClockDoubt, type ClockJudgement } from '../clock-doubt.js';
import type { Committer } from './committer.js';
import type { Database } from './database.js';
import { dropStrays, expire, newestSampleTs, recordedDays } from './retention.js';
import { compactRollups, rollUp } from './rollup.js';
import type { Writer } from './writer.js';

/** How long rows are kept. */
export interface Retention {
  readonly samplesMs: number;
  readonly rollupsMs: number;
  /** `newest`: age is counted back from the newest sample, so that a run over old recordings keeps what it reads. */
  readonly from: 'now' | 'newest';
}

/** When the log is folded into the file. */
export interface LogFolding {
  readonly limitBytes: number;
  readonly lookEveryMs: number;
  /** Room the disk must have beyond twice the log: a fold that runs out of room costs opening the file anew. */
  readonly spareBytes: number;
}

/**
 * Folding beyond 4 MiB, five minutes of eight busy cameras, bounds the time a restart needs to replay the log, and the
 * rows that DuckDB holds in memory until they are folded.
 */
export const LOG_FOLDING: LogFolding = {
  limitBytes: 4 * 1024 * 1024,
  lookEveryMs: 5000,
  spareBytes: 32 * 1024 * 1024,
};

/** What upkeep works on; the database changes when it had to be opened anew. */
export interface Kept {
  readonly committer: Committer;
  database(): Database;
  writer(): Writer;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ROLL_EVERY_MS = MINUTE_MS;
const JUDGED_FOR_MS = 10 * MINUTE_MS;
/** A clock that was set wrong by a year would have everything expire; this is the time to notice and set it right. */
const DISTRUST_MS = 24 * HOUR_MS;

const SAID: Readonly<Record<ClockDoubt['kind'], string>> = {
  ahead:
    'store: the clock is weeks after the rows before it: until rows were recorded under it on ' +
    `${PROVING_DAYS} days, nothing expires by it`,
  behind: 'store: the clock is before the newest rows',
};

const isoOf = (ts: number): string => new Date(ts).toISOString();

/** Upkeep of the file: rollups every minute, retention and compaction every hour, the log folded in when it has grown. */
export class Keeper {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly clockSteps: ClockSteps;
  private judged = { wallTs: -Infinity, monotonicMs: -Infinity };
  private readonly openedMs: number;
  private lastExpiryMs = -Infinity;
  private distrusting = false;
  /** What the rows said against the clock when they were last looked at. */
  doubt: ClockDoubt | null = null;

  constructor(
    private readonly kept: Kept,
    private readonly retention: Retention,
    private readonly folding: LogFolding,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly afterRound: () => Promise<void>,
  ) {
    this.clockSteps = new ClockSteps(clock);
    this.openedMs = clock.monotonic();
  }

  start(): void {
    this.every(ROLL_EVERY_MS, () => this.round(this.trustsClock(), true));
    this.every(this.folding.lookEveryMs, () => this.foldLog());
  }

  stop(): void {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
  }

  /** Everything at once. */
  async maintain(): Promise<MaintenanceResult> {
    this.lastExpiryMs = -Infinity;
    return this.round(true, false);
  }

  /**
   * Looks whether the stored rows speak against the clock, and says so where that is new. Weeks without rows are said by
   * the upkeep alone: whoever opens an old file for a report has not set the clock wrong.
   */
  async judge(): Promise<ClockJudgement> {
    const now = this.clock.now();
    const judgement =
      this.retention.from === 'newest'
        ? { doubt: null, straysFromTs: null }
        : judgeClock(await this.kept.committer.exclusive(() => recordedDays(this.kept.database().writer)), now);
    if (judgement.doubt?.kind !== this.doubt?.kind && judgement.doubt?.kind !== 'ahead') this.say(judgement.doubt);
    this.doubt = judgement.doubt;
    this.judged = { wallTs: now, monotonicMs: this.clock.monotonic() };
    return judgement;
  }

  /** The newest judgement, where no other can have come since: days of years are read for it. */
  async currentDoubt(): Promise<ClockDoubt | null> {
    const { judged, clock } = this;
    const ageMs = clock.monotonic() - judged.monotonicMs;
    const isSet = Math.abs(clock.now() - judged.wallTs - ageMs) > MINUTE_MS;
    if (isSet || ageMs > JUDGED_FOR_MS) await this.judge();
    return this.doubt;
  }

  private say(doubt: ClockDoubt | null): void {
    const clock = isoOf(this.clock.now());
    if (doubt === null) this.logger.info({ clock }, 'store: the clock agrees with the rows again');
    else this.logger.warn({ clock, row: isoOf(doubt.rowTs) }, SAID[doubt.kind]);
  }

  private trustsClock(): boolean {
    const trusted = this.clockSteps.sinceSetMs() > DISTRUST_MS;
    if (trusted === this.distrusting) {
      this.distrusting = !trusted;
      this.logger.warn(trusted ? 'store: rows expire again' : 'store: the clock was set; nothing expires for a day');
    }
    return trusted;
  }

  /** `doubting`: rows that speak against the clock keep it from letting them expire. */
  private async round(mayExpire: boolean, doubting: boolean): Promise<MaintenanceResult> {
    const { committer } = this.kept;
    const startedMs = this.clock.monotonic();
    const rolledSamples = await this.catchUp();
    let expired = { samples: 0, rollups: 0 };
    if (mayExpire && startedMs - this.lastExpiryMs >= HOUR_MS) {
      this.lastExpiryMs = startedMs;
      const now = await this.referenceTs(doubting);
      await committer.exclusive(() => compactRollups(this.kept.database().writer, now - 26 * HOUR_MS, now - HOUR_MS));
      expired = await committer.exclusive(() =>
        expire(this.kept.database().writer, {
          samplesBeforeTs: now - this.retention.samplesMs,
          rollupsBeforeTs: now - this.retention.rollupsMs,
        }),
      );
      if (expired.samples + expired.rollups > 0) {
        await this.checkpoint();
        this.logger.info(expired, 'store: rows expired');
      }
    }
    await this.afterRound();
    return {
      rolledSamples,
      expiredSamples: expired.samples,
      expiredRollups: expired.rollups,
      durationMs: this.clock.monotonic() - startedMs,
    };
  }

  /** The time that age is counted back from. */
  private async referenceTs(doubting: boolean): Promise<number> {
    const now = this.clock.now();
    if (this.retention.from === 'now') {
      if (!doubting) return now;
      const { doubt, straysFromTs } = await this.judge();
      if (doubt !== null) this.say(doubt);
      const isSettled = this.clock.monotonic() - this.openedMs > DISTRUST_MS;
      if (straysFromTs !== null && isSettled) await this.dropStrays(straysFromTs);
      return doubt?.kind === 'ahead' ? doubt.rowTs : now;
    }
    const newest = await this.kept.committer.exclusive(() => newestSampleTs(this.kept.database().writer));
    return Math.min(now, newest ?? now);
  }

  private async dropStrays(fromTs: number): Promise<void> {
    const rows = await this.kept.committer.exclusive(async () => {
      const { writer } = this.kept.database();
      const gone = await dropStrays(writer, fromTs);
      await this.kept.writer().given.readAgain(writer);
      return gone;
    });
    this.logger.warn(
      { rows, from: isoOf(fromTs) },
      'store: rows that a clock set wrong had put into the future are gone',
    );
  }

  /** In steps, so that commits pass in between. */
  private async catchUp(): Promise<number> {
    let rolled = 0;
    for (;;) {
      const step = await this.kept.committer.exclusive(() =>
        rollUp(this.kept.database().writer, this.kept.writer().lastSeq),
      );
      rolled += step.samples;
      if (step.done) return rolled;
    }
  }

  private async foldLog(): Promise<void> {
    const { walBytes, freeBytes } = await this.kept.database().fileSizes();
    if (walBytes <= this.folding.limitBytes || freeBytes < 2 * walBytes + this.folding.spareBytes) return;
    if (this.kept.committer.state.reason === null) await this.checkpoint();
  }

  /** Fails while a reader needs the old state; the next look tries again. */
  private checkpoint(): Promise<void> {
    return this.kept.committer
      .exclusive(() => this.kept.database().checkpoint())
      .catch((error: unknown) => {
        this.kept.committer.noteFault(error);
        this.logger.debug({ err: error }, 'store: checkpoint put off');
      });
  }

  private every(ms: number, work: () => Promise<unknown>): void {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      work()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'store: upkeep put off'))
        .finally(() => (running = false));
    }, ms);
    timer.unref();
    this.timers.push(timer);
  }
}
