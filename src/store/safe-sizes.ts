import { FACE_SIZE_STEPS_PX } from '../contracts/cell.js';

/** A visitor of a union of cells by the sizes of the faces shown. A band lies between two steps: 0 is below the first. */
export interface SizedVisitor {
  /** Number of the cell in which the visit began; null: before the union. */
  readonly cell: number | null;
  /** Bands of its samples in the union, one bit each. */
  readonly bands: number;
  /** The highest band of any of its samples. */
  readonly largest: number;
}

const STEPS = FACE_SIZE_STEPS_PX.length;

/**
 * The steps of size by which a union of cells may be asked for k visitors. A step is taken where the visitors who reach it
 * and those who do not are none or k each; where samples between taken steps are nobody's or k visitors'; and where no sum of answers by size
 * and of single cells leaves fewer than k: such a sum takes, of each cell, the bands on one side or on the other away.
 */
export const safeSizes = (visitors: readonly SizedVisitor[], k: number): number[] => {
  const enough = (count: number): boolean => count === 0 || count >= k;
  const cells = [...new Set(visitors.map(({ cell }) => cell))];
  const began = visitors.filter(({ cell }) => cell !== null);
  const reaching = (step: number): number => began.filter(({ largest }) => largest >= step).length;
  /** Persons left where the bands of `side` are told apart from the others. */
  const left = (side: number): number =>
    cells.reduce<number>((sum, cell) => {
      const own = visitors.filter((visitor) => visitor.cell === cell);
      const within = own.filter(({ bands }) => (bands & side) !== 0).length;
      const beside = own.filter(({ bands }) => (bands & ~side) !== 0).length;
      return sum + Math.min(within, beside);
    }, 0);
  const isSafe = (steps: readonly number[]): boolean => {
    const edges = [0, ...steps, STEPS + 1];
    const groups = edges.slice(1).map((edge, index) => (1 << edge) - (1 << (edges[index] ?? 0)));
    const seen = groups.map((group) => visitors.filter(({ bands }) => (bands & group) !== 0).length);
    const reached = edges.slice(1).map((edge, index) => reaching(edges[index] ?? 0) - reaching(edge));
    if (![...seen, ...reached].every(enough)) return false;
    for (let choice = 1; choice < (1 << groups.length) - 1; choice += 1) {
      const side = groups.reduce((bits, group, index) => ((choice & (1 << index)) === 0 ? bits : bits | group), 0);
      if (!enough(left(side))) return false;
    }
    return true;
  };
  const taken: number[] = [];
  for (let step = 1; step <= STEPS; step += 1) if (isSafe([...taken, step])) taken.push(step);
  return taken.map((step) => FACE_SIZE_STEPS_PX[step - 1] ?? 0);
};
