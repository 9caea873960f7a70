import { EMOTIONS, type Emotion } from '../../contracts/emotion.js';
import { AGE_BUCKETS, type AgeBucket } from '../../contracts/me1.js';
import type { AdultGroup } from '../../contracts/visitor-sums.js';
import { GENDERS, type CrossTab, type CrossTabCell, type Gender } from '../../contracts/visitors.js';
import { ALL, Lattice, type Cell } from './lattice.js';
import { suppress } from './suppress.js';

type Age = AgeBucket | 'undetermined';
const AGES: readonly Age[] = [...AGE_BUCKETS, 'undetermined'];

/** Adult visitors (and those of undetermined age) alike in gender, age and dominant expression. */
export type CrossTabGroup = Omit<AdultGroup, 'interval'>;

export interface CrossTabLimits {
  readonly kAnonymity: number;
  readonly minorsAge: number;
}

/**
 * Gender × age × emotion with every margin; categories in which nobody is are left out. Counts below k are hidden, and
 * with them what would let them be recomputed; where no breakdown is safe, only the total is given. Minors must have been left out of `groups`.
 */
export const crossTab = (groups: readonly CrossTabGroup[], { kAnonymity, minorsAge }: CrossTabLimits): CrossTab => {
  const present = groups.filter(({ visitors }) => visitors > 0);
  const genders = GENDERS.filter((gender) => present.some((group) => group.gender === gender));
  const ages = AGES.filter((age) => present.some((group) => group.age === age));
  const emotions = EMOTIONS.filter((emotion) => present.some((group) => group.emotion === emotion));
  const table = new Lattice([genders.length, ages.length, emotions.length]);
  for (const { gender, age, emotion, visitors } of present)
    table.add([genders.indexOf(gender), ages.indexOf(age), emotions.indexOf(emotion)], visitors);
  const hidden = suppress(table, kAnonymity);
  if (hidden === null) return { kAnonymity, minorsAge, cells: withoutBreakdown(table.total, kAnonymity) };
  const cells = table.cells().map((cell): CrossTabCell => {
    const why = hidden.get(table.placeOf(cell)) ?? null;
    return {
      ...namesOf(cell, genders, ages, emotions),
      visitors: why === null ? table.count(cell) : null,
      hidden: why,
    };
  });
  return { kAnonymity, minorsAge, cells };
};

const namesOf = (
  [g, a, e]: Cell,
  genders: readonly Gender[],
  ages: readonly Age[],
  emotions: readonly Emotion[],
): Pick<CrossTabCell, 'gender' | 'age' | 'emotion'> => ({
  gender: genders[g] ?? 'all',
  age: ages[a] ?? 'all',
  emotion: emotions[e] ?? 'all',
});

/** The total alone; every category there can be is listed as hidden, so that the list tells nothing. */
const withoutBreakdown = (total: number, k: number): CrossTabCell[] =>
  new Lattice([GENDERS.length, AGES.length, EMOTIONS.length]).cells().map((cell) => {
    const names = namesOf(cell, GENDERS, AGES, EMOTIONS);
    if (cell.some((index) => index !== ALL)) return { ...names, visitors: null, hidden: 'complement' };
    return total < k ? { ...names, visitors: null, hidden: 'small' } : { ...names, visitors: total, hidden: null };
  });

/** One cell of a cross-tab; absent categories count nobody. */
export const cellOf = (
  tab: CrossTab,
  where: Partial<Pick<CrossTabCell, 'gender' | 'age' | 'emotion'>>,
): Pick<CrossTabCell, 'visitors' | 'hidden'> => {
  const { gender = 'all', age = 'all', emotion = 'all' } = where;
  const found = tab.cells.find((cell) => cell.gender === gender && cell.age === age && cell.emotion === emotion);
  return found ?? { visitors: 0, hidden: null };
};
