import type { Config } from '../../config/schema.js';
import type { Cell } from '../../contracts/cell.js';
import type { Period } from '../../contracts/period.js';
import type { Role } from '../../contracts/role.js';
import { ROLES } from '../../contracts/role.js';
import type { TrackSummary } from '../../contracts/sample.js';
import { LONG_STAY_MS } from '../../contracts/sample.js';
import type { CheckGroup } from '../../contracts/service/spot-check.js';
import { closeCheckGroups, fewestTold, touches, type ToldStretch } from '../../disclosure/close-check-groups.js';
import { OPEN_VISIT_MS, unionSizes } from '../../disclosure/policy.js';
import { humanCounts } from '../../metrics/counts/human-counts.js';
import { hasSmiled } from '../../metrics/faces/smile-index.js';
import {
  CHECKS_COUNT_FOR_MS,
  keptChecks,
  type CheckStore,
  type KeptCheck,
} from '../../reporting/spot-checks/kept-checks.js';
import { grouped } from '../../runtime/grouped.js';
import type { Clock } from '../../runtime/clock.js';
import type { CellLedger, CellReader } from '../../store/ports/cell-ledger.js';
import type { RowSink } from '../../store/ports/row-sink.js';
import type { VisitReader } from '../../store/ports/visit-reader.js';
import { DAY_MS } from '../../time/units.js';

export interface CheckGroupMakerOptions {
  readonly store: CheckStore &
    Pick<CellReader, 'cells'> &
    Pick<CellLedger, 'cellEnds'> &
    Pick<VisitReader, 'tracks'> &
    RowSink;
  readonly clock: Pick<Clock, 'now'>;
  readonly config: () => Pick<Config, 'privacy' | 'metrics'>;
}

type Level = CheckGroup['level'];
const LEVELS: readonly Level[] = ['cell', 'wide'];
const VISITOR_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'seller');
/** Cells are looked for this far around a check: few visitors make them long. */
const AROUND_MS = 7 * DAY_MS;
/** Visits around the checks of one camera that are read at once. */
const MOST_VISITS = 100_000;

const smilesAt = ({ happinessHistogram }: TrackSummary, threshold: number): number =>
  happinessHistogram.slice(Math.round(threshold)).reduce((sum, samples) => sum + samples, 0);

/**
 * Makes of checks that wait the groups that may be told (docs/privacy.md), once the time in which they were made is
 * told of. What the camera counted is frozen then: it neither expires before the checks do nor changes with them.
 */
export class CheckGroupMaker {
  private running: Promise<number> | null = null;
  /** Of each camera and level what was waiting and how far was told when it was last looked at. */
  private readonly lookedAt = new Map<string, string>();

  constructor(private readonly options: CheckGroupMakerOptions) {}

  /** Brings the groups up to date; gives how many were made. One run at a time. */
  run(): Promise<number> {
    this.running ??= this.make().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async make(): Promise<number> {
    const { store, clock } = this.options;
    const now = clock.now();
    const { checks, groups } = await keptChecks(store, { fromTs: now - CHECKS_COUNT_FOR_MS, toTs: now + DAY_MS });
    if (checks.length === 0) return 0;
    const ends = await store.cellEnds();
    const made: CheckGroup[] = [];
    for (const [streamId, own] of grouped(checks, ({ fact }) => fact.streamId)) {
      const ofStream = groups.filter((group) => group.streamId === streamId);
      for (const level of LEVELS) {
        const before = ofStream.filter((group) => group.level === level).flatMap((group) => group.checks);
        const known = new Set(before.map(({ id }) => id));
        const waiting = own.filter(({ id, isOverlapping }) => !known.has(id) && !isOverlapping);
        const told = ends.filter((one) => one.id === streamId && one.level === level).map(({ toTs }) => toTs);
        const settled = waiting.filter(({ toTs }) => toTs <= now - OPEN_VISIT_MS).length;
        const state = JSON.stringify([waiting.map(({ id }) => id), told, settled]);
        if (waiting.length === 0 || this.lookedAt.get(`${level} ${streamId}`) === state) continue;
        this.lookedAt.set(`${level} ${streamId}`, state);
        made.push(...(await this.groupsOf(streamId, level, waiting, before)));
      }
    }
    if (made.length === 0) return 0;
    store.append({ checkGroups: made });
    try {
      await store.flush();
    } catch (error) {
      // What waits for the disk is looked at again: the first group of a check that is stored is the one that counts.
      this.lookedAt.clear();
      throw error;
    }
    return made.length;
  }

  private async groupsOf(
    streamId: string,
    level: Level,
    waiting: readonly KeptCheck[],
    before: readonly Period[],
  ): Promise<readonly CheckGroup[]> {
    const { privacy, metrics } = this.options.config();
    const { kAnonymity } = privacy;
    const stretches =
      kAnonymity > 1 ? await this.stretchesOf(streamId, level, [...waiting, ...before]) : this.openStretches(waiting);
    const touched = stretches.filter((stretch) => waiting.some((one) => touches(stretch, one)));
    if (touched.length === 0) return [];
    const visits = await this.visitsIn(streamId, level, touched);
    const rules = kAnonymity > 1 ? rulesAt(level, kAnonymity) : { k: 0, minVisits: 0 };
    const { groups, setAside } = closeCheckGroups({ waiting, grouped: before, stretches, visits }, rules);
    const groupOf = (ids: readonly string[], k: number): CheckGroup => {
      const checks = waiting.filter(({ id }) => ids.includes(id));
      return {
        id: `${level} ${ids[0] ?? ''}`,
        ts: Math.max(...checks.map(({ fromTs }) => fromTs)),
        streamId,
        level,
        k,
        threshold: metrics.threshold,
        checks: checks.map(({ id, fromTs, toTs, fact }) => {
          const own = visits.filter(({ startTs }) => startTs >= fromTs && startTs < toTs);
          const such = level === 'wide' ? isMan : (visit: TrackSummary) => smiled(visit, metrics.threshold);
          const system = { counted: own.length, such: own.filter(such).length };
          return { id, fromTs, toTs, human: humanCounts(fact.minutes), system };
        }),
      };
    };
    const told = groups.map((ids) => {
      const windows = waiting.filter(({ id }) => ids.includes(id));
      return groupOf(ids, kAnonymity > 1 ? fewestTold(windows, stretches, visits) : 1);
    });
    // A group that is never told keeps what came too late from being looked at again.
    return [...told, ...setAside.map((id) => groupOf([id], 0))];
  }

  /** The cells (unions) that the checks of a camera may touch. */
  private async stretchesOf(
    streamId: string,
    level: Level,
    checks: readonly Period[],
  ): Promise<readonly ToldStretch[]> {
    const fromTs = Math.min(...checks.map((one) => one.fromTs)) - AROUND_MS;
    const toTs = Math.max(...checks.map((one) => one.toTs)) + AROUND_MS;
    const minVisitors = this.options.config().privacy.kAnonymity;
    const cells = await this.options.store.cells({ fromTs, toTs, kind: 'view', level, minVisitors });
    return cells.flatMap(({ id, role, ...cell }: Cell) =>
      id === streamId && role !== null && role !== 'seller' ? [{ role, fromTs: cell.fromTs, toTs: cell.toTs }] : [],
    );
  }

  /** Without guarded groups: each check by itself, once every visit in it has surely ended. */
  private openStretches(waiting: readonly KeptCheck[]): readonly ToldStretch[] {
    const settledTs = this.options.clock.now() - OPEN_VISIT_MS;
    return waiting.flatMap(({ fromTs, toTs }) => (toTs <= settledTs ? [{ role: 'visitors', fromTs, toTs }] : []));
  }

  private async visitsIn(
    streamId: string,
    level: Level,
    stretches: readonly Period[],
  ): Promise<readonly TrackSummary[]> {
    const { minorsAge } = this.options.config().privacy;
    const isCounted = ({ dwellMs, gender, age }: TrackSummary): boolean =>
      dwellMs < LONG_STAY_MS && (level === 'cell' || (gender !== null && age !== null && age >= minorsAge));
    const visits = new Map<string, TrackSummary>();
    for (const { fromTs, toTs } of stretches) {
      const filter = { fromTs, toTs, streams: [streamId], roles: VISITOR_ROLES, limit: MOST_VISITS };
      for (const visit of await this.options.store.tracks(filter))
        if (isCounted(visit)) visits.set(`${visit.trackId} ${visit.role}`, visit);
    }
    return [...visits.values()];
  }
}

/** Sexes are told of as many visitors as everywhere. */
const rulesAt = (level: Level, k: number) => ({ k, minVisits: level === 'wide' ? unionSizes(k).wide : k });

const isMan = ({ gender }: TrackSummary): boolean => gender !== null && gender >= 0.5;

const smiled = (visit: TrackSummary, threshold: number): boolean =>
  hasSmiled(smilesAt(visit, threshold), visit.samples);
