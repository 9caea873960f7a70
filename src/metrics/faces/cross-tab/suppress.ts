import { ALL, AXES, type Axis, type Cell, type Lattice } from './lattice.js';

export type Hidden = 'small' | 'complement';

/**
 * Cells to hide, by place, so that none that rests on fewer than k can be recomputed. `small` are those cells. For each of
 * them, cells are hidden as `complement` until another table exists that agrees with everything shown, has another count in
 * this cell, and counts fewer than k in just the same hidden cells; so neither sums nor bounds give the count away. The
 * other table differs by an exchange of one visitor along one, two or three axes (the hypercube method of statistical
 * disclosure control); the cheapest exchange is taken. Hiding more never undoes what protects a cell already. null: there
 * is no such table for some cell, and no breakdown at all may be shown.
 */
export const suppress = (table: Lattice, k: number): Map<number, Hidden> | null => {
  const hidden = new Map<number, Hidden>();
  if (k <= 1) return hidden;
  // Even the list of categories would tell too much of so few.
  if (table.total < k) return null;
  const small = table.cells().filter((cell) => table.count(cell) < k);
  const exchanges = new Exchanges(table, k);
  for (const cell of small) {
    hidden.set(table.placeOf(cell), 'small');
    exchanges.hide(table.placeOf(cell));
  }
  for (const cell of small) {
    const touched = exchanges.cheapest(cell);
    if (touched === null) return null;
    for (const place of touched) {
      if (hidden.has(place)) continue;
      hidden.set(place, 'complement');
      exchanges.hide(place);
    }
  }
  return hidden;
};

/** Cells that an exchange touches: base or other end on each axis. */
const TOUCHED = 8;

/** The other end of an exchange on one axis, seen from its base: how far away it is, and whether the change turns round there. */
interface End {
  readonly distance: number;
  readonly turn: 1 | -1;
}

/**
 * Exchanges of one visitor: changes of some counts that leave every other cell of the table, the grand total among them, as it
 * is. There are tens of thousands for one table, so cells are numbers and nothing is allocated for an exchange.
 */
class Exchanges {
  private readonly isHidden: Uint8Array;
  /** Fewest that a hidden cell counts in any table: of a category that is listed somebody is seen. */
  private readonly fewest: Uint8Array;
  private readonly places = new Int32Array(TOUCHED);
  private readonly best = new Int32Array(TOUCHED);
  private leastCost = Infinity;
  /** By axis and index of the base: the ends of an exchange that does not run along the axis, and of one that does. */
  private readonly ends: readonly (readonly (readonly [readonly End[], readonly End[]])[])[];

  constructor(
    private readonly table: Lattice,
    private readonly k: number,
  ) {
    const cells = table.cells();
    this.ends = AXES.map((axis) => endsOn(axis, { strides: table.strides, indices: table.indices(axis) }));
    this.isHidden = new Uint8Array(cells.length);
    this.fewest = new Uint8Array(cells.length);
    for (const cell of cells)
      if (cell.filter((index) => index === ALL).length === AXES.length - 1) this.fewest[table.placeOf(cell)] = 1;
  }

  hide(place: number): void {
    this.isHidden[place] = 1;
  }

  /** Places touched by the possible exchange that changes the target by one, up or down, and hides the fewest visitors anew; null: none is possible. */
  cheapest(target: Cell): readonly number[] | null {
    this.leastCost = Infinity;
    const directions = subsets(AXES.filter((axis) => target[axis] !== ALL));
    for (const base of this.basesOf(target)) {
      const place = this.table.placeOf(base);
      for (const exchanged of directions) {
        this.considerAll(
          place,
          this.ends.map((own, axis) => own[base[axis as Axis]]?.[exchanged[axis] === true ? 1 : 0] ?? []),
        );
        if (this.leastCost === 0) return [...this.best];
      }
    }
    return this.leastCost === Infinity ? null : [...this.best];
  }

  /** Cells without a margin that count in the target. */
  private basesOf(target: Cell): Cell[] {
    const [as, bs, cs] = AXES.map((axis) => (target[axis] === ALL ? this.table.indices(axis) : [target[axis]]));
    return (as ?? []).flatMap((a) => (bs ?? []).flatMap((b) => (cs ?? []).map((c): Cell => [a, b, c])));
  }

  private considerAll(base: number, [as = [], bs = [], cs = []]: readonly (readonly End[])[]): void {
    for (const a of as)
      for (const b of bs)
        for (const c of cs) {
          this.consider(base, a, b, c, 1);
          this.consider(base, a, b, c, -1);
          if (this.leastCost === 0) return;
        }
  }

  /** Keeps the exchange if it is possible and cheaper than those before. */
  private consider(base: number, a: End, b: End, c: End, sign: 1 | -1): void {
    let cost = 0;
    for (let corner = 0; corner < TOUCHED; corner += 1) {
      const [onA, onB, onC] = [(corner & 1) !== 0, (corner & 2) !== 0, (corner & 4) !== 0];
      const place = base + (onA ? a.distance : 0) + (onB ? b.distance : 0) + (onC ? c.distance : 0);
      const change = sign * (onA ? a.turn : 1) * (onB ? b.turn : 1) * (onC ? c.turn : 1);
      const count = this.table.at(place);
      if (!this.staysOnItsSide(place, count, change)) return;
      if (this.isHidden[place] === 0) cost += 1 + count;
      if (cost >= this.leastCost) return;
      this.places[corner] = place;
    }
    this.leastCost = cost;
    this.best.set(this.places);
  }

  /** The marks tell on which side of k a hidden count lies: the other table must not contradict them. */
  private staysOnItsSide(place: number, count: number, change: number): boolean {
    if (count >= this.k) return count + change >= this.k;
    return count + change >= (this.fewest[place] ?? 0) && count + change < this.k;
  }
}

/** For each index on an axis: the margin, where the change does not turn round, and every other index, where it does. */
const endsOn = (
  axis: Axis,
  { strides, indices }: { readonly strides: Lattice['strides']; readonly indices: readonly number[] },
) =>
  indices.map((from): readonly [readonly End[], readonly End[]] => {
    const distance = (to: number): number => (to - from) * strides[axis];
    const others = indices.filter((index) => index !== from);
    return [[{ distance: distance(ALL), turn: 1 }], others.map((index) => ({ distance: distance(index), turn: -1 }))];
  });

/** Along which axes visitors are exchanged: every choice of one or more of some. */
const subsets = (axes: readonly Axis[]): boolean[][] =>
  axes
    .reduce<Axis[][]>((sets, axis) => [...sets, ...sets.map((set) => [...set, axis])], [[]])
    .slice(1)
    .map((set) => AXES.map((axis) => set.includes(axis)));
