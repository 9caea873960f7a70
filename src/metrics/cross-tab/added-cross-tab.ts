import type { CrossTab, CrossTabCell } from '../../contracts/visitors.js';
import { crossTab, type CrossTabGroup, type CrossTabLimits } from './cross-tab.js';

const keyOf = ({ gender, age, emotion }: Pick<CrossTabCell, 'gender' | 'age' | 'emotion'>): string =>
  `${gender}|${age}|${emotion}`;

const isTotal = ({ gender, age, emotion }: CrossTabCell): boolean =>
  gender === 'all' && age === 'all' && emotion === 'all';

const sizeOf = (groups: readonly CrossTabGroup[]): number => groups.reduce((sum, { visitors }) => sum + visitors, 0);

/**
 * The sum of tables that are each fit to be shown: a count is shown only where each of them shows it, so that the
 * difference of two such sums says no more than its parts. Tables of fewer than k, and those that can show nothing but
 * their total, are left out.
 */
export const addedCrossTab = (parts: readonly (readonly CrossTabGroup[])[], limits: CrossTabLimits): CrossTab => {
  const large = parts.filter((groups) => sizeOf(groups) >= limits.kAnonymity);
  const [only] = large;
  if (large.length <= 1) return crossTab(only ?? parts[0] ?? [], limits);
  const all = large.map((groups) => crossTab(groups, limits));
  const broken = all.filter(({ cells }) => cells.some((cell) => cell.visitors !== null && !isTotal(cell)));
  const tables = broken.length > 0 ? broken : all;
  const known = tables.map(({ cells }) => new Map(cells.map((cell) => [keyOf(cell), cell])));
  const names = new Map(tables.flatMap(({ cells }) => cells.map((cell) => [keyOf(cell), cell] as const)));
  const cells = [...names].map(([key, { gender, age, emotion }]): CrossTabCell => {
    const values = known.map((table) => {
      const cell = table.get(key);
      return cell === undefined ? 0 : cell.visitors;
    });
    const shown = values.filter((value) => value !== null);
    return shown.length < values.length
      ? { gender, age, emotion, visitors: null, hidden: 'complement' }
      : { gender, age, emotion, visitors: shown.reduce((sum, value) => sum + value, 0), hidden: null };
  });
  return { ...limits, cells };
};
