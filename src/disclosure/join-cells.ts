import type { Cell } from '../contracts/cell.js';

type Joinable = Pick<Cell, 'fromTs' | 'toTs' | 'visitors' | 'known' | 'parted' | 'sizes' | 'k'>;

const joined = (cells: readonly Joinable[]): Joinable | null => {
  const [first] = cells;
  const last = cells.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    fromTs: first.fromTs,
    toTs: last.toTs,
    visitors: cells.reduce((sum, { visitors }) => sum + visitors, 0),
    known: cells.reduce((sum, { known }) => sum + known, 0),
    parted: cells.every(({ parted }) => parted),
    sizes: first.sizes.filter((size) => cells.every(({ sizes }) => sizes.includes(size))),
    k: cells.reduce((least, { k }) => Math.min(least, k), Infinity),
  };
};

/**
 * Joins neighbouring cells of one chain to unions with at least `minKnown` visitors of known age and gender. As with
 * cells, a union is given out when the next is complete, and what is left of a day joins the last union of that day.
 */
export const joinCells = (
  cells: readonly Joinable[],
  minKnown: number,
  isMidnight: (ts: number) => boolean,
  finish = false,
): Joinable[] => {
  const done: Joinable[] = [];
  let held: readonly Joinable[] = [];
  let open: readonly Joinable[] = [];
  const give = (group: readonly Joinable[]): void => {
    const one = joined(group);
    if (one !== null) done.push(one);
  };
  for (const [index, cell] of cells.entries()) {
    open = [...open, cell];
    const known = open.reduce((sum, one) => sum + one.known, 0);
    if (known >= minKnown) {
      give(held);
      [held, open] = [open, []];
    }
    if (!isMidnight(cell.toTs) && !(finish && index === cells.length - 1)) continue;
    if (held.length > 0) {
      give([...held, ...open]);
      [held, open] = [[], []];
    } else if (open.every(({ visitors }) => visitors === 0)) {
      give(open);
      open = [];
    }
  }
  return done;
};
