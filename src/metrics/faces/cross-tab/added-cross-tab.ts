import type { CrossTab, CrossTabCell } from '../../../contracts/figures/visitors-schema.js';
import type { Steps } from '../../../runtime/turns.js';
import {
  crossTab,
  maskedTable,
  MOST_CELLS,
  namesAt,
  TOTAL_PLACE,
  type CrossTabGroup,
  type CrossTabLimits,
  type MaskedTable,
} from './cross-tab.js';

const sizeOf = (groups: readonly CrossTabGroup[]): number => groups.reduce((sum, { visitors }) => sum + visitors, 0);

/** Counts by cell over several tables. */
class CellSums {
  /** By number of the cell; NaN: some table hides it. */
  private readonly sums = new Float64Array(MOST_CELLS);
  private readonly isListed = new Uint8Array(MOST_CELLS);
  /** Numbers of the cells that some table has, in the order of their first one. */
  private readonly listed: number[] = [];

  get isEmpty(): boolean {
    return this.listed.length === 0;
  }

  add({ places, visitors }: MaskedTable): void {
    for (const [index, place] of places.entries()) {
      if (this.isListed[place] === 0) {
        this.isListed[place] = 1;
        this.listed.push(place);
      }
      this.sums[place] = (this.sums[place] ?? NaN) + (visitors[index] ?? NaN);
    }
  }

  list(): CrossTabCell[] {
    return this.listed.map((place) => {
      const sum = this.sums[place] ?? NaN;
      return Number.isNaN(sum)
        ? { ...namesAt(place), visitors: null, hidden: 'complement' }
        : { ...namesAt(place), visitors: sum, hidden: null };
    });
  }
}

const showsMoreThanTotal = ({ places, visitors }: MaskedTable): boolean =>
  places.some((place, index) => place !== TOTAL_PLACE && !Number.isNaN(visitors[index] ?? NaN));

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
    const table = maskedTable(groups, limits.kAnonymity);
    all.add(table);
    if (showsMoreThanTotal(table)) broken.add(table);
    yield;
  }
  const { kAnonymity, minorsAge } = limits;
  return { kAnonymity, minorsAge, cells: (broken.isEmpty ? all : broken).list() };
}
