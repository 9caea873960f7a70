import type { CrossTab, CrossTabCell } from '../../contracts/visitors.js';
import type { Steps } from '../../runtime/turns.js';
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

  get isEmpty(): boolean {
    return this.cells.size === 0;
  }

  add(cells: readonly CrossTabCell[]): void {
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
 * their total, are left out. There may be thousands of them, each a step.
 */
export function* addedCrossTab(parts: readonly (readonly CrossTabGroup[])[], limits: CrossTabLimits): Steps<CrossTab> {
  const large = parts.filter((groups) => sizeOf(groups) >= limits.kAnonymity);
  const [only] = large;
  if (large.length <= 1) return crossTab(only ?? parts[0] ?? [], limits);
  // Of all of them, and of those that show more than their total.
  const [all, broken] = [new CellSums(), new CellSums()];
  for (const groups of large) {
    const { cells } = crossTab(groups, limits);
    all.add(cells);
    if (cells.some((cell) => cell.visitors !== null && !isTotal(cell))) broken.add(cells);
    yield;
  }
  const { kAnonymity, minorsAge } = limits;
  return { kAnonymity, minorsAge, cells: (broken.isEmpty ? all : broken).list() };
}
