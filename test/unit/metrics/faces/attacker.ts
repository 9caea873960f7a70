import type { CrossTab, CrossTabCell } from '../../../../src/contracts/figures/visitors-schema.js';

/** What an attacker can say about one hidden cell. */
export interface Bounds {
  readonly cell: CrossTabCell;
  readonly low: number;
  readonly high: number;
}

type Equation = Map<string, number>;
const CONSTANT = '=';
const keyOf = ({ gender, age, emotion }: CrossTabCell): string => `${gender}|${age}|${emotion}`;

/** A category would not be listed if nobody were in it. */
const isCategory = ({ gender, age, emotion }: CrossTabCell): boolean =>
  [gender, age, emotion].filter((index) => index === 'all').length === 2;

/** Every sum that a table promises: each margin equals the cells under it, along each axis. */
const sumsOf = (tab: CrossTab): CrossTabCell[][] => {
  const find = (like: CrossTabCell, axis: 'gender' | 'age' | 'emotion'): CrossTabCell[] =>
    tab.cells.filter((cell) =>
      (['gender', 'age', 'emotion'] as const).every((one) =>
        one === axis ? cell[one] !== 'all' : cell[one] === like[one],
      ),
    );
  return tab.cells.flatMap((cell) =>
    (['gender', 'age', 'emotion'] as const)
      .filter((axis) => cell[axis] === 'all')
      .map((axis) => [cell, ...find(cell, axis)])
      .filter((sum) => sum.length > 1),
  );
};

/** margin − Σ parts = 0 with the shown counts put in; only hidden cells stay unknown. */
const equationsOf = (tab: CrossTab): Equation[] =>
  sumsOf(tab).map((cells) => {
    const equation: Equation = new Map([[CONSTANT, 0]]);
    cells.forEach((cell, i) => {
      const sign = i === 0 ? 1 : -1;
      if (cell.visitors === null) equation.set(keyOf(cell), (equation.get(keyOf(cell)) ?? 0) + sign);
      else equation.set(CONSTANT, (equation.get(CONSTANT) ?? 0) + sign * cell.visitors);
    });
    return equation;
  });

/** Gauss–Jordan elimination: what sums alone determine, whatever combination of them is taken. */
const eliminated = (equations: readonly Equation[]): Equation[] => {
  const rows = equations.map((equation) => new Map(equation));
  const done: Equation[] = [];
  for (let row = rows.pop(); row !== undefined; row = rows.pop()) {
    const pivot = [...row].find(([key, value]) => key !== CONSTANT && Math.abs(value) > 1e-9);
    if (pivot === undefined) continue;
    const [key, lead] = pivot;
    for (const [k, value] of row) row.set(k, value / lead);
    for (const other of [...rows, ...done]) {
      const factor = other.get(key) ?? 0;
      if (Math.abs(factor) < 1e-9) continue;
      for (const [k, value] of row) {
        const next = (other.get(k) ?? 0) - factor * value;
        if (k !== CONSTANT && Math.abs(next) < 1e-9) other.delete(k);
        else other.set(k, next);
      }
    }
    done.push(row);
  }
  return done;
};

/**
 * Tightest bounds by linear reasoning: every combination of sums that elimination gives, the marks («small» is 0 to
 * k − 1, «complement» is k and more), no negative counts, whole numbers; repeated until nothing moves.
 */
export const attack = (tab: CrossTab): Bounds[] => {
  const hidden = tab.cells.filter((cell) => cell.visitors === null);
  const total = tab.cells.find((cell) => keyOf(cell) === 'all|all|all')?.visitors ?? 1e6;
  const bounds = new Map(
    hidden.map((cell) => [
      keyOf(cell),
      cell.hidden === 'small'
        ? { low: isCategory(cell) ? 1 : 0, high: tab.kAnonymity - 1 }
        : { low: tab.kAnonymity, high: total },
    ]),
  );
  const equations = equationsOf(tab);
  const all = [...equations, ...eliminated(equations)];
  for (let moved = true; moved;) {
    moved = false;
    for (const equation of all) for (const key of equation.keys()) if (tighten(equation, key, bounds)) moved = true;
  }
  return hidden.map((cell) => ({ cell, ...(bounds.get(keyOf(cell)) ?? { low: 0, high: total }) }));
};

const tighten = (equation: Equation, key: string, bounds: Map<string, { low: number; high: number }>): boolean => {
  const own = bounds.get(key);
  const factor = equation.get(key) ?? 0;
  if (own === undefined || Math.abs(factor) < 1e-9) return false;
  let low = -(equation.get(CONSTANT) ?? 0);
  let high = low;
  for (const [other, weight] of equation) {
    const range = other === key ? undefined : bounds.get(other);
    if (range === undefined) continue;
    low -= weight > 0 ? weight * range.high : weight * range.low;
    high -= weight > 0 ? weight * range.low : weight * range.high;
  }
  const [from, to] = factor > 0 ? [low / factor, high / factor] : [high / factor, low / factor];
  const next = { low: Math.max(own.low, Math.ceil(from - 1e-6)), high: Math.min(own.high, Math.floor(to + 1e-6)) };
  bounds.set(key, next);
  return next.low > own.low || next.high < own.high;
};
