import { AGE_BUCKETS } from '../../../contracts/me1.js';
import {
  FRAME_SUMS,
  ME1_SUMS,
  SAMPLE_SUMS,
  THRESHOLD,
  type Condition,
  type FrameSumName,
  type SampleSum,
  type SumName,
} from '../../../contracts/figures/me1-sums.js';
import { AGE_COLUMNS } from './age-columns.js';

const COLUMNS: Partial<Readonly<Record<SumName, string>>> = {
  ...Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, AGE_COLUMNS[bucket]])),
  ageSum: 'age_sum',
  frameShare: 'frame_share',
};

/** Column of a sum over samples. */
export const sumColumn = (name: SumName): string => COLUMNS[name] ?? name;

/** Column of a sum over frames. */
export const frameColumn = (name: FrameSumName): string => (name === 'withFaces' ? 'with_faces' : name);

/** Columns of the sums of МЭ-1; `absolute` is the number with Happiness ≥ T. */
export const ME1_COLUMNS = ME1_SUMS.map(sumColumn);

/** Columns of sums over frames. */
export const FRAME_COLUMNS = FRAME_SUMS.map(frameColumn);

/** SQL of a condition, NULL or false where it does not hold; `threshold` is the SQL of T. */
export const conditionSql = ({ of, from, below }: Condition, threshold?: string): string => {
  if (from === THRESHOLD && threshold === undefined) throw new TypeError(`a sum over ${of} needs T`);
  const bounds = [
    ...(from === undefined ? [] : [`${of} >= ${from === THRESHOLD ? (threshold ?? '') : from}`]),
    ...(below === undefined ? [] : [`${of} < ${below}`]),
  ];
  return bounds.length === 0 ? `${of} IS NOT NULL` : bounds.join(' AND ');
};

const expressionSql = (sum: SampleSum, threshold?: string): string => {
  if (sum.adds === 'share') return 'sum(1.0 / faces_in_frame)';
  if (sum.adds !== 'one') return `sum(${sum.adds})`;
  return sum.where === undefined ? 'count(*)' : `count(*) FILTER (${conditionSql(sum.where, threshold)})`;
};

/** SQL of one sum over rows of `samples`, under its column's name; `threshold` is the SQL of T. */
export const sumSql = (name: SumName, threshold?: string): string =>
  `${expressionSql(SAMPLE_SUMS[name], threshold)} AS ${sumColumn(name)}`;

/** What is known of the gender and the age of faces, and the number of samples. */
export const DEMOGRAPHIC_SUMS = ['samples', 'male', 'female', ...AGE_BUCKETS] as const;

const WITHOUT_T = ME1_SUMS.filter((name) => name !== 'absolute');

/** Sums of МЭ-1 over rows of `samples`, without `absolute`. */
export const rawSums = (names: readonly SumName[] = WITHOUT_T): string => names.map((name) => sumSql(name)).join(', ');

/** The same over rows that are sums already. */
export const rolledSums = (names: readonly SumName[] = WITHOUT_T): string =>
  names.map((name) => `sum(${sumColumn(name)}) AS ${sumColumn(name)}`).join(', ');
