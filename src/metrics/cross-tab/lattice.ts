/** Index on an axis, or ALL for the margin over it. */
export const ALL = -1;
export type Axis = 0 | 1 | 2;
export const AXES: readonly Axis[] = [0, 1, 2];
/** One cell of a three-way table or of any of its margins. */
export type Cell = readonly [number, number, number];

export const keyOf = (cell: Cell): string => cell.join(',');

/** A cell with another index on one axis. */
export const moved = (cell: Cell, axis: Axis, index: number): Cell => {
  const next: [number, number, number] = [...cell];
  next[axis] = index;
  return next;
};

/** Counts of a three-way table with all its margins. */
export class Lattice {
  private readonly counts = new Map<string, number>();

  constructor(readonly sizes: readonly [number, number, number]) {}

  add([a, b, c]: Cell, count: number): void {
    for (const first of [a, ALL])
      for (const second of [b, ALL])
        for (const third of [c, ALL]) {
          const key = keyOf([first, second, third]);
          this.counts.set(key, (this.counts.get(key) ?? 0) + count);
        }
  }

  count(cell: Cell): number {
    return this.counts.get(keyOf(cell)) ?? 0;
  }

  get total(): number {
    return this.count([ALL, ALL, ALL]);
  }

  /** Every index on an axis. */
  indices(axis: Axis): number[] {
    return Array.from({ length: this.sizes[axis] }, (_, index) => index);
  }

  /** Every cell, margins first, the grand total before all. */
  cells(): Cell[] {
    const [as, bs, cs] = AXES.map((axis) => [ALL, ...this.indices(axis)]);
    const all = (as ?? []).flatMap((a) => (bs ?? []).flatMap((b) => (cs ?? []).map((c): Cell => [a, b, c])));
    const margins = (cell: Cell): number => cell.filter((index) => index === ALL).length;
    return all.sort((a, b) => margins(b) - margins(a));
  }
}
