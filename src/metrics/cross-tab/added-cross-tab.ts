import type { CrossTab, CrossTabCell } from '../../contracts/visitors.js';
import { crossTab, type CrossTabGroup, type CrossTabLimits } from './cross-tab.js';

const keyOf = ({ gender, age, emotion }: Pick<CrossTabCell, 'gender' | 'age' | 'emotion'>): string =>
  `${gender}|${age}|${emotion}`;

const isTotal = ({ gender, age, emotion }: CrossTabCell): boolean =>
  gender === 'all' && age === 'all' && emotion === 'all';

const sizeOf = (groups: readonly CrossTabGroup[]): number => groups.reduce((sum, { visitors }) => sum + visitors, 0);

type Name = Pick<CrossTabCell, 'gender' | 'age' | 'emotion'>;

/** Counts by cell over several tables; null: some table hides it. */
class CellSums {
  private readonly cells = new Map<string, Name & { visitors: number | null }>();
  tables = 0;

  add(cells: readonly CrossTabCell[]): void {
    this.tables += 1;
    for (const { gender, age, emotion, visitors } of cells) {
      const key = keyOf({ gender, age, emotion });
      const known = this.cells.get(key);
      if (known === undefined) this.cells.set(key, { gender, age, emotion, visitors });
      else known.visitors = known.visitors === null || visitors === null ? null : known.visitors + visitors;
    }
  }

  /** Every cell that some table has, in the order of their first one. */
  list(): CrossTabCell[] {
    return [...this.cells.values()].map(({ gender, age, emotion, visitors }) => ({
      gender,
      age,
      emotion,
      visitors,
      hidden: visitors === null ? 'complement' : null,
    }));
  }
}

/**
 * The sum of tables that are each fit to be shown: a count is shown only where each of them shows it, so that the
 * difference of two such sums says no more than its parts. Tables of fewer than k, and those that can show nothing but
 * their total, are left out. Tables are added one by one, for there may be thousands.
 */
export class AddedCrossTab {
  private first: readonly CrossTabGroup[] | null = null;
  private large: CrossTab | null = null;
  /** Of all large tables, and of those that show more than their total. */
  private readonly all = new CellSums();
  private readonly broken = new CellSums();

  constructor(private readonly limits: CrossTabLimits) {}

  add(groups: readonly CrossTabGroup[]): void {
    this.first ??= groups;
    if (sizeOf(groups) < this.limits.kAnonymity) return;
    const table = crossTab(groups, this.limits);
    this.large ??= table;
    this.all.add(table.cells);
    if (table.cells.some((cell) => cell.visitors !== null && !isTotal(cell))) this.broken.add(table.cells);
  }

  sum(): CrossTab {
    if (this.all.tables <= 1) return this.large ?? crossTab(this.first ?? [], this.limits);
    const { kAnonymity, minorsAge } = this.limits;
    return { kAnonymity, minorsAge, cells: (this.broken.tables > 0 ? this.broken : this.all).list() };
  }
}
