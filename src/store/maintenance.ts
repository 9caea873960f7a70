import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import type { MaintenanceResult } from './ports/upkeep.js';
import { ClockSteps } from '../runtime/clock-steps.js';
import { judgeClock, PROVING_DAYS, type ClockDoubt, type ClockJudgement, type RecordedDay } from './clock-doubt.js';
import { Beats } from './beats.js';
import type { Committer } from './committer.js';
import { HOUR_MS, MINUTE_MS } from '../time/units.js';

/** How long rows are kept. */
export interface Retention {
  readonly samplesMs: number;
  readonly rollupsMs: number;
  /** `newest`: age is counted back from the newest sample, so that a run over old recordings keeps what it reads. */
  readonly from: 'now' | 'newest';
}

/** What is kept, epoch ms: rows before these have expired. */
export interface Expiry {
  readonly samplesBeforeTs: number;
  readonly rollupsBeforeTs: number;
}

/** What upkeep asks of an engine; each runs between two commits. */
export interface KeptEngine {
  /** Every day (UTC) with frames or samples, rolled up or not, in order. */
  recordedDays(): Promise<readonly RecordedDay[]>;
  /** Capture time of the newest sample, or null. */
  newestSampleTs(): Promise<number | null>;
  /** Adds the next commits to the rollups, each exactly once; `done` when the newest is in. */
  rollUp(): Promise<{ readonly samples: number; readonly done: boolean }>;
  /** Merges the several rows of a minute that later runs added, for minutes in [`fromTs`, `toTs`). */
  compactRollups(fromTs: number, toTs: number): Promise<void>;
  /** Removes what has expired; gives the rows gone. */
  expire(expiry: Expiry): Promise<{ readonly samples: number; readonly rollups: number }>;
  /** Removes what a clock that was ahead has left, from `fromTs` on; gives the rows gone. */
  dropStrays(fromTs: number): Promise<number>;
}

/** What happens after a round of upkeep. */
export interface AfterUpkeep {
  /** Many rows have gone: their room is given back. */
  readonly expired: () => Promise<void>;
  readonly everyRound: () => Promise<void>;
}

const ROLL_EVERY_MS = MINUTE_MS;
const JUDGED_FOR_MS = 10 * MINUTE_MS;
/** A clock that was set wrong by a year would have everything expire; this is the time to notice and set it right. */
const DISTRUST_MS = 24 * HOUR_MS;

const DOUBT_WORDS: Readonly<Record<ClockDoubt['kind'], string>> = {
  ahead:
    'store: the clock is weeks after the rows before it: until rows were recorded under it on ' +
    `${PROVING_DAYS} days, nothing expires by it`,
  behind: 'store: the clock is before the newest rows',
};

const isoOf = (ts: number): string => new Date(ts).toISOString();

/** The rhythm of upkeep: rollups every minute, retention and compaction every hour, unless the clock is in doubt. */
export class Maintenance {
  private readonly beats: Beats;
  private readonly clockSteps: ClockSteps;
  private judged = { wallTs: -Infinity, monotonicMs: -Infinity };
  private readonly openedMs: number;
  private lastExpiryMs = -Infinity;
  private distrusting = false;
  /** What the rows said against the clock when they were last looked at. */
  doubt: ClockDoubt | null = null;

  constructor(
    private readonly engine: KeptEngine,
    private readonly committer: Committer,
    private readonly retention: Retention,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly after: AfterUpkeep,
  ) {
    this.beats = new Beats(logger);
    this.clockSteps = new ClockSteps(clock);
    this.openedMs = clock.monotonic();
  }

  start(): void {
    this.beats.every(ROLL_EVERY_MS, () => this.round(this.trustsClock(), true));
  }

  stop(): void {
    this.beats.stop();
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
        : judgeClock(await this.alone(() => this.engine.recordedDays()), now);
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
    else this.logger.warn({ clock, row: isoOf(doubt.rowTs) }, DOUBT_WORDS[doubt.kind]);
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
    const startedMs = this.clock.monotonic();
    const rolledSamples = await this.catchUp();
    let expired = { samples: 0, rollups: 0 };
    if (mayExpire && startedMs - this.lastExpiryMs >= HOUR_MS) {
      this.lastExpiryMs = startedMs;
      const now = await this.referenceTs(doubting);
      const expiry = {
        samplesBeforeTs: now - this.retention.samplesMs,
        rollupsBeforeTs: now - this.retention.rollupsMs,
      };
      await this.alone(() => this.engine.compactRollups(now - 26 * HOUR_MS, now - HOUR_MS));
      expired = await this.alone(() => this.engine.expire(expiry));
      if (expired.samples + expired.rollups > 0) {
        await this.after.expired();
        this.logger.info(expired, 'store: rows expired');
      }
    }
    await this.after.everyRound();
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
    const newest = await this.alone(() => this.engine.newestSampleTs());
    return Math.min(now, newest ?? now);
  }

  private async dropStrays(fromTs: number): Promise<void> {
    const rows = await this.alone(() => this.engine.dropStrays(fromTs));
    this.logger.warn(
      { rows, from: isoOf(fromTs) },
      'store: rows that a clock set wrong had put into the future are gone',
    );
  }

  /** In steps, so that commits pass in between. */
  private async catchUp(): Promise<number> {
    let rolled = 0;
    for (;;) {
      const step = await this.alone(() => this.engine.rollUp());
      rolled += step.samples;
      if (step.done) return rolled;
    }
  }

  /** Runs work of the engine between two commits. */
  private alone<T>(job: () => Promise<T>): Promise<T> {
    return this.committer.exclusive(job);
  }
}
