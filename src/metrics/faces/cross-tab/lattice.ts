/** Index on an axis, or ALL for the margin over it. */
export const ALL = -1;
export type Axis = 0 | 1 | 2;
export const AXES: readonly Axis[] = [0, 1, 2];
/** One cell of a three-way table or of any of its margins. */
export type Cell = readonly [number, number, number];

/** How many margins a cell is over. */
const marginsOf = (cell: Cell): number => cell.filter((index) => index === ALL).length;

/** Counts of a three-way table with all its margins. */
export class Lattice {
  /** By place; the margin over an axis comes first on it. */
  private readonly counts: Float64Array;
  /** How far apart neighbours on each axis are. */
  readonly strides: readonly [number, number, number];

  constructor(readonly sizes: readonly [number, number, number]) {
    const [a, b, c] = sizes;
    this.strides = [(b + 1) * (c + 1), c + 1, 1];
    this.counts = new Float64Array((a + 1) * (b + 1) * (c + 1));
  }

  add([a, b, c]: Cell, count: number): void {
    for (const first of [a, ALL])
      for (const second of [b, ALL])
        for (const third of [c, ALL]) {
          const place = this.placeOf([first, second, third]);
          this.counts[place] = this.at(place) + count;
        }
  }

  /** The number of a cell among all. */
  placeOf([a, b, c]: Cell): number {
    const [first, second, third] = this.strides;
    return (a + 1) * first + (b + 1) * second + (c + 1) * third;
  }

  count(cell: Cell): number {
    return this.at(this.placeOf(cell));
  }

  /** The count of the cell of this number. */
  at(place: number): number {
    return this.counts[place] ?? 0;
  }

  get total(): number {
    return this.at(0);
  }

  /** Every index on an axis. */
  indices(axis: Axis): number[] {
    return Array.from({ length: this.sizes[axis] }, (_, index) => index);
  }

  /** Every cell, margins first, the grand total before all. */
  cells(): readonly Cell[] {
    const key = this.sizes.join();
    const known = listed.get(key);
    if (known !== undefined) return known;
    const [as, bs, cs] = AXES.map((axis) => [ALL, ...this.indices(axis)]);
    const all = (as ?? []).flatMap((a) => (bs ?? []).flatMap((b) => (cs ?? []).map((c): Cell => [a, b, c])));
    all.sort((a, b) => marginsOf(b) - marginsOf(a));
    listed.set(key, all);
    return all;
  }
}

/** The cells of tables by their sizes, of which there are at most some hundred. */
const listed = new Map<string, readonly Cell[]>();
