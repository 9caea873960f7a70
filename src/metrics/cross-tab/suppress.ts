import { ALL, AXES, keyOf, moved, type Axis, type Cell, type Lattice } from './lattice.js';

export type Hidden = 'small' | 'complement';

/** A change of some counts that leaves every other cell of the table, the grand total among them, as it is. */
type Exchange = readonly { readonly cell: Cell; readonly change: 1 | -1 }[];

/**
 * Cells to hide so that none that rests on fewer than k can be recomputed. `small` are those cells. For each of them,
 * cells are hidden as `complement` until another table exists that agrees with everything shown, has another count in
 * this cell, and counts fewer than k in just the same hidden cells; so neither sums nor bounds give the count away. The
 * other table differs by an exchange of one visitor along one, two or three axes (the hypercube method of statistical
 * disclosure control); the cheapest exchange is taken. Hiding more never undoes what protects a cell already. null: there
 * is no such table for some cell, and no breakdown at all may be shown.
 */
export const suppress = (table: Lattice, k: number): Map<string, Hidden> | null => {
  const hidden = new Map<string, Hidden>();
  if (k <= 1) return hidden;
  // Even the list of categories would tell too much of so few.
  if (table.total < k) return null;
  const small = table.cells().filter((cell) => table.count(cell) < k);
  for (const cell of small) hidden.set(keyOf(cell), 'small');
  for (const cell of small) {
    const exchange = cheapest(exchangesFor(cell, table), table, k, hidden);
    if (exchange === null) return null;
    for (const { cell: touched } of exchange) if (!hidden.has(keyOf(touched))) hidden.set(keyOf(touched), 'complement');
  }
  return hidden;
};

/** Exchanges that change the count of `target` by one, up or down. */
const exchangesFor = (target: Cell, table: Lattice): Exchange[] => {
  const own = AXES.filter((axis) => target[axis] !== ALL);
  const bases = AXES.filter((axis) => target[axis] === ALL).reduce<Cell[]>(
    (cells, axis) => cells.flatMap((cell) => table.indices(axis).map((index) => moved(cell, axis, index))),
    [target],
  );
  return bases.flatMap((base) =>
    subsets(own).flatMap((axes) =>
      corners(base, axes, table).flatMap((cube) => [exchange(cube, 1), exchange(cube, -1)]),
    ),
  );
};

interface Cube {
  readonly base: Cell;
  /** The other index on each axis along which visitors are exchanged. */
  readonly partners: ReadonlyMap<Axis, number>;
}

const corners = (base: Cell, axes: readonly Axis[], table: Lattice): Cube[] =>
  axes
    .reduce<ReadonlyMap<Axis, number>[]>(
      (maps, axis) =>
        maps.flatMap((map) =>
          table
            .indices(axis)
            .filter((index) => index !== base[axis])
            .map((index) => new Map([...map, [axis, index] as const])),
        ),
      [new Map<Axis, number>()],
    )
    .map((partners) => ({ base, partners }));

/** The cells whose counts change: base or partner on the exchanged axes, base or margin on the others. */
const exchange = ({ base, partners }: Cube, sign: 1 | -1): Exchange =>
  AXES.reduce<Exchange>(
    (cells, axis) => {
      const partner = partners.get(axis);
      return cells.flatMap(({ cell, change }) =>
        partner === undefined
          ? [
              { cell, change },
              { cell: moved(cell, axis, ALL), change },
            ]
          : [
              { cell, change },
              { cell: moved(cell, axis, partner), change: change === 1 ? -1 : 1 },
            ],
      );
    },
    [{ cell: base, change: sign }],
  );

const subsets = (axes: readonly Axis[]): Axis[][] =>
  axes.reduce<Axis[][]>((sets, axis) => [...sets, ...sets.map((set) => [...set, axis])], [[]]).slice(1);

/** The possible exchange that hides the fewest visitors anew; null when none is possible. */
const cheapest = (
  exchanges: readonly Exchange[],
  table: Lattice,
  k: number,
  hidden: ReadonlyMap<string, Hidden>,
): Exchange | null => {
  let best: { exchange: Exchange; cost: number } | null = null;
  for (const candidate of exchanges) {
    if (!candidate.every(({ cell, change }) => staysOnItsSide(cell, table.count(cell), change, k))) continue;
    const anew = candidate.filter(({ cell }) => !hidden.has(keyOf(cell)));
    const cost = anew.reduce((sum, { cell }) => sum + 1 + table.count(cell), 0);
    if (best === null || cost < best.cost) best = { exchange: candidate, cost };
  }
  return best?.exchange ?? null;
};

/**
 * The marks tell on which side of k a hidden count lies, and a category that is listed has somebody in it: the other
 * table must contradict neither.
 */
const staysOnItsSide = (cell: Cell, count: number, change: number, k: number): boolean => {
  if (count >= k) return count + change >= k;
  const isCategory = cell.filter((index) => index === ALL).length === AXES.length - 1;
  return count + change >= (isCategory ? 1 : 0) && count + change < k;
};
