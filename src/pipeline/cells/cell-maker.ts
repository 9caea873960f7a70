import type { Cell, CellChain, CellLevel } from '../../contracts/cell.js';
import { closeCells, type CellBody } from '../../disclosure/close-cells.js';
import { joinCells } from '../../disclosure/join-cells.js';
import { OPEN_VISIT_MS, rulesOf, SETTLE_MS, unionSizes } from '../../disclosure/policy.js';
import { grouped } from '../../runtime/grouped.js';
import { EARLIEST_TS, isUnsetTime, type Clock } from '../../runtime/clock.js';
import { DAY_MS } from '../../time/units.js';
import { ClockSteps } from '../../runtime/clock-steps.js';
import type { LocalTime } from '../../time/local-time.js';
import type { ArrivalRow, CellLedger, NewCell } from '../../store/ports/cell-ledger.js';
import type { Upkeep } from '../../store/ports/upkeep.js';
import { MINUTE_MS } from '../../time/units.js';

export type CellStore = CellLedger & Pick<Upkeep, 'clockDoubt'>;

export interface CellMakerOptions {
  readonly store: CellStore;
  readonly localTime: LocalTime;
  readonly clock: Clock;
  /** k and the age of adults, as configured now. */
  readonly privacy: () => { readonly kAnonymity: number; readonly minorsAge: number };
}

const EVERY_MS = 60_000;
/** Rows of arrivals taken at once, so that cells for years of an older store need bounded memory. */
const MOST_ROWS = 20_000;
/** Cells kept in one transaction. */
const CELLS_AT_ONCE = 200;
/** Cells made by a clock that was set wrong would withhold whatever comes after it is set right; this is the time to do so. */
const DISTRUST_MS = DAY_MS;

const keyOf = ({ kind, id, role }: CellChain): string => JSON.stringify([kind, id, role]);

interface Chain {
  readonly chain: CellChain;
  readonly arrivals: ArrivalRow[];
}

/**
 * Makes the cells that released time consists of (docs/privacy.md): of all that is settled and lies in none yet. One
 * run at a time; a run that finds nothing new costs two short questions.
 */
export class CellMaker {
  private running: Promise<number> | null = null;
  private readonly clockSteps: ClockSteps;

  constructor(private readonly options: CellMakerOptions) {
    this.clockSteps = new ClockSteps(options.clock);
  }

  /** Brings the cells up to date; gives how many were made, none while the clock may be wrong and for a day after it was set. */
  run(): Promise<number> {
    if (this.clockSteps.sinceSetMs() <= DISTRUST_MS) return Promise.resolve(0);
    this.running ??= this.makeByClock().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** The same for material that ends at `endTs`, after which nothing more will come. */
  finish(endTs: number): Promise<number> {
    return this.make(endTs);
  }

  /** Runs now and every minute, each time with what comes `after`, until the returned function is called, which waits for the run in progress. */
  start(after: () => Promise<void>, onError: (error: unknown) => void): () => Promise<void> {
    let current: Promise<void> = Promise.resolve();
    const work = (): void => {
      current = this.run().then(after).catch(onError);
    };
    work();
    const timer = setInterval(work, EVERY_MS);
    return async () => {
      clearInterval(timer);
      await current;
    };
  }

  private async makeByClock(): Promise<number> {
    if (isUnsetTime(this.options.clock.now())) return 0;
    const doubt = await this.options.store.clockDoubt();
    if (doubt?.kind === 'ahead' && doubt.runningMs <= DISTRUST_MS) return 0;
    return this.make(null);
  }

  private async make(endTs: number | null): Promise<number> {
    const { kAnonymity } = this.options.privacy();
    if (kAnonymity <= 1) return 0;
    let made = 0;
    for (;;) {
      const { cells, more } = await this.step(endTs);
      made += cells;
      if (!more) break;
    }
    return made + (await this.join(endTs !== null));
  }

  private async step(endTs: number | null): Promise<{ readonly cells: number; readonly more: boolean }> {
    const { store, localTime, clock, privacy } = this.options;
    const { kAnonymity, minorsAge } = privacy();
    const now = clock.now();
    const settledTs = endTs ?? floorMinute(now - SETTLE_MS);
    const [rows, ends, open] = await Promise.all([
      // Days since 1970 would all become cells of nobody.
      store.arrivals({ adultAge: minorsAge, sinceTs: endTs === null ? EARLIEST_TS : 0, limit: MOST_ROWS }),
      store.cellEnds(),
      endTs === null ? store.openVisits(now - OPEN_VISIT_MS) : [],
    ]);
    const isCut = rows.length >= MOST_ROWS;
    const knownUntilTs = isCut ? (rows.at(-1)?.minuteTs ?? settledTs) : Infinity;
    const chains = this.chainsOf(
      rows,
      ends.filter(({ level }) => level === 'cell'),
    );
    const cellsOf = async ({ chain, arrivals }: Chain): Promise<NewCell[]> => {
      const end = ends.find((one) => one.level === 'cell' && keyOf(one) === keyOf(chain));
      const openTs = open.find(({ id, role }) => chain.kind === 'view' && id === chain.id && role === chain.role);
      const fromTs = end?.toTs ?? localTime.startOfDay(arrivals[0]?.minuteTs ?? settledTs);
      const untilTs = Math.min(settledTs, knownUntilTs, floorMinute(openTs?.fromTs ?? Infinity));
      const rules = rulesOf(chain, kAnonymity, localTime);
      const isEnd = endTs !== null && !isCut;
      const bodies = await this.closed(chain, (isEmpty) =>
        closeCells(fromTs, arrivals, untilTs, { ...rules, isEmpty }, isEnd),
      );
      return bodies.map((body) => ({ ...chain, ...body, level: 'cell' as const, sizes: [], k: kAnonymity }));
    };
    const cells = (await Promise.all(chains.map(cellsOf))).flat();
    await this.add(cells);
    return { cells: cells.length, more: isCut && cells.length > 0 };
  }

  /**
   * Cells of a chain, none of them of nobody and yet with faces in it: those of a visit that began before, or whose
   * summary was lost, which would be one person's figures. Such a stretch is made longer.
   */
  private async closed(
    { kind, id, role }: CellChain,
    close: (isEmpty: (fromTs: number, toTs: number) => boolean) => readonly CellBody[],
  ): Promise<readonly CellBody[]> {
    const seen = new Map<string, boolean>();
    for (;;) {
      const bodies = close((fromTs, toTs) => seen.get(`${fromTs} ${toTs}`) !== true);
      const unknown = bodies.filter(
        ({ visitors, fromTs, toTs }) => visitors === 0 && role !== null && !seen.has(`${fromTs} ${toTs}`),
      );
      if (unknown.length === 0 || kind === 'point' || role === null) return bodies;
      for (const { fromTs, toTs } of unknown) {
        seen.set(`${fromTs} ${toTs}`, await this.options.store.hasFaces({ streamId: id, role, fromTs, toTs }));
      }
    }
  }

  /** Every chain with arrivals or with cells, the arrivals in order of time. */
  private chainsOf(rows: readonly ArrivalRow[], known: readonly CellChain[]): readonly Chain[] {
    const chains = new Map<string, Chain>();
    const of = ({ kind, id, role }: CellChain): Chain => {
      const chain = { kind, id, role };
      const found = chains.get(keyOf(chain)) ?? { chain, arrivals: [] };
      chains.set(keyOf(chain), found);
      return found;
    };
    for (const chain of known) of(chain);
    for (const row of rows) of(row).arrivals.push(row);
    return [...chains.values()];
  }

  /** A few at once, each chain's in order of time: what is written meanwhile waits for a moment, not for years of cells. */
  private async add(cells: readonly NewCell[]): Promise<void> {
    for (let first = 0; first < cells.length; first += CELLS_AT_ONCE)
      await this.options.store.addCells(cells.slice(first, first + CELLS_AT_ONCE));
  }

  /** Joins cells to the larger unions that gender, age and tables are answered from. */
  private async join(isEnd: boolean): Promise<number> {
    const sizes = unionSizes(this.options.privacy().kAnonymity);
    const wide = await this.joinLevel('cell', 'wide', sizes.wide, isEnd);
    return wide + (await this.joinLevel('wide', 'broad', sizes.broad, isEnd));
  }

  private async joinLevel(from: CellLevel, to: CellLevel, size: number, isEnd: boolean): Promise<number> {
    const { store, localTime } = this.options;
    const isMidnight = (ts: number): boolean => localTime.startOfDay(ts) === ts;
    const chains = grouped(await store.looseCells(from), keyOf);
    const unions = [...chains.values()].flatMap((own) =>
      joinCells(own, size, isMidnight, isEnd).map((body) => ({ ...(own[0] as Cell), ...body, level: to })),
    );
    await this.add(unions);
    return unions.length;
  }
}

const floorMinute = (ts: number): number => (ts === Infinity ? ts : Math.floor(ts / MINUTE_MS) * MINUTE_MS);
