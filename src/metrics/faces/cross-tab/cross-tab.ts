import { EMOTIONS } from '../../../contracts/emotion.js';
import { AGE_BUCKETS, type AgeBucket } from '../../../contracts/me1.js';
import type { AdultGroup } from '../../../contracts/figures/visitor-sums.js';
import { GENDERS } from '../../../contracts/figures/gender.js';
import type { CrossTab, CrossTabCell } from '../../../contracts/figures/visitors-schema.js';
import { ALL, Lattice, type Cell } from './lattice.js';
import { suppress, type Hidden } from './suppress.js';

type Age = AgeBucket | 'undetermined';
const AGES: readonly Age[] = [...AGE_BUCKETS, 'undetermined'];

/** Adult visitors (and those of undetermined age) alike in gender, age and dominant expression. */
export type CrossTabGroup = Omit<AdultGroup, 'interval'>;

export interface CrossTabLimits {
  readonly kAnonymity: number;
  readonly minorsAge: number;
}

/** Every table's cells have a number in this one, of all categories there can be; it counts nobody. */
const FULL = new Lattice([GENDERS.length, AGES.length, EMOTIONS.length]);
/** How many cells a table has at most, margins included. */
export const MOST_CELLS = FULL.cells().length;
/** The number of the grand total. */
export const TOTAL_PLACE = FULL.placeOf([ALL, ALL, ALL]);

type Names = Pick<CrossTabCell, 'gender' | 'age' | 'emotion'>;

const namesOf = ([g, a, e]: Cell): Names => ({
  gender: GENDERS[g] ?? 'all',
  age: AGES[a] ?? 'all',
  emotion: EMOTIONS[e] ?? 'all',
});

const NAMES: readonly Names[] = FULL.cells()
  .toSorted((one, other) => FULL.placeOf(one) - FULL.placeOf(other))
  .map(namesOf);

/** The names of the cell of a number. */
export const namesAt = (place: number): Names => NAMES[place] ?? { gender: 'all', age: 'all', emotion: 'all' };

/** A table as far as it may be shown, in numbers: there may be thousands of them to be added. */
export interface MaskedTable {
  /** Of each cell, margins first: its number among all cells there can be. */
  readonly places: Int32Array;
  /** Of each cell: visitors; NaN where hidden. */
  readonly visitors: Float64Array;
  /** Why the cell of a number is hidden. */
  readonly why: ReadonlyMap<number, Hidden>;
}

/** Which categories of an axis somebody is in, as their numbers among all. */
const presentOn = <Name>(names: readonly Name[], isPresent: (name: Name) => boolean): number[] =>
  names.flatMap((name, index) => (isPresent(name) ? [index] : []));

/**
 * Gender × age × emotion with every margin; categories in which nobody is are left out. Counts below k are hidden, and
 * with them what would let them be recomputed; where no breakdown is safe, only the total is given. Minors must have been left out of `groups`.
 */
export const maskedTable = (groups: readonly CrossTabGroup[], kAnonymity: number): MaskedTable => {
  const present = groups.filter(({ visitors }) => visitors > 0);
  const genders = presentOn(GENDERS, (gender) => present.some((group) => group.gender === gender));
  const ages = presentOn(AGES, (age) => present.some((group) => group.age === age));
  const emotions = presentOn(EMOTIONS, (emotion) => present.some((group) => group.emotion === emotion));
  const table = new Lattice([genders.length, ages.length, emotions.length]);
  for (const { gender, age, emotion, visitors } of present)
    table.add(
      [
        genders.indexOf(GENDERS.indexOf(gender)),
        ages.indexOf(AGES.indexOf(age)),
        emotions.indexOf(EMOTIONS.indexOf(emotion)),
      ],
      visitors,
    );
  const hidden = suppress(table, kAnonymity);
  if (hidden === null) return withoutBreakdown(table.total, kAnonymity);
  const cells = table.cells();
  const places = new Int32Array(cells.length);
  const visitors = new Float64Array(cells.length);
  const why = new Map<number, Hidden>();
  for (const [index, cell] of cells.entries()) {
    const [g, a, e] = cell;
    const place = FULL.placeOf([genders[g] ?? ALL, ages[a] ?? ALL, emotions[e] ?? ALL]);
    const reason = hidden.get(table.placeOf(cell));
    places[index] = place;
    visitors[index] = reason === undefined ? table.count(cell) : NaN;
    if (reason !== undefined) why.set(place, reason);
  }
  return { places, visitors, why };
};

/** The total alone; every category there can be is listed as hidden, so that the list tells nothing. */
const withoutBreakdown = (total: number, k: number): MaskedTable => {
  const places = Int32Array.from(FULL.cells(), (cell) => FULL.placeOf(cell));
  const isShown = (place: number): boolean => place === TOTAL_PLACE && total >= k;
  const whyOf = (place: number): Hidden => (place === TOTAL_PLACE ? 'small' : 'complement');
  return {
    places,
    visitors: Float64Array.from(places, (place) => (isShown(place) ? total : NaN)),
    why: new Map([...places].filter((place) => !isShown(place)).map((place) => [place, whyOf(place)])),
  };
};

/** The same as cells by name. */
export const crossTab = (groups: readonly CrossTabGroup[], { kAnonymity, minorsAge }: CrossTabLimits): CrossTab => {
  const { places, visitors, why } = maskedTable(groups, kAnonymity);
  const cells = [...places].map((place, index): CrossTabCell => {
    const hidden = why.get(place) ?? null;
    return { ...namesAt(place), visitors: hidden === null ? (visitors[index] ?? 0) : null, hidden };
  });
  return { kAnonymity, minorsAge, cells };
};

/** One cell of a cross-tab; absent categories count nobody. */
export const cellOf = (
  tab: CrossTab,
  where: Partial<Pick<CrossTabCell, 'gender' | 'age' | 'emotion'>>,
): Pick<CrossTabCell, 'visitors' | 'hidden'> => {
  const { gender = 'all', age = 'all', emotion = 'all' } = where;
  const found = tab.cells.find((cell) => cell.gender === gender && cell.age === age && cell.emotion === emotion);
  return found ?? { visitors: 0, hidden: null };
};
