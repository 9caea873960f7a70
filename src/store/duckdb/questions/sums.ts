import type { Me1Sums } from '../../../contracts/figures/me1-sums.js';
import { keyCondition, ms, withinCondition, type KeyFilter, type Values } from '../sql/filter.js';
import { me1SumsOf } from '../../me1-sums.js';
import type { Horizon, PeriodPlan } from '../../period-plan.js';
import { REPEATED_FRAMES } from '../../../contracts/sample.js';
import { sumOf, type Row } from '../sql/select.js';
import type { SpanJoin } from '../sql/span-join.js';
import type { WantedSums } from '../../ports/portrait-reader.js';
import { DEMOGRAPHIC_SUMS, ME1_COLUMNS, rawSums, rolledSums, sumColumn, sumSql } from '../sql/sum-sql.js';

/** Which rows of a plan are meant. */
export interface SumsFilter extends KeyFilter {
  readonly wanted?: WantedSums | undefined;
  readonly minFacePx?: number | undefined;
}

/** SQL after FROM that leaves rows of the asked intervals alone: by their bucket, or, without buckets, by a condition. */
export const placed = (filter: KeyFilter, time: string, values: Values, buckets?: SpanJoin): string =>
  buckets === undefined ? `WHERE true${withinCondition(filter, time, values)}` : `${buckets(time)} WHERE true`;

interface Part {
  readonly table: string;
  readonly time: string;
  readonly where: string;
  readonly rolled: boolean;
}

const partsOf = (plan: PeriodPlan, horizon: Horizon, raw: string, rolled: string): readonly Part[] => {
  const parts: Part[] = plan.raw.map(({ fromTs, toTs }) => ({
    table: raw,
    time: 'ts',
    where: `NOT withheld AND ts >= ${ms(fromTs)} AND ts < ${ms(toTs)}`,
    rolled: false,
  }));
  if (plan.minutes === null) return parts;
  const { fromTs, toTs } = plan.minutes;
  parts.push(
    { table: rolled, time: 'minute', where: `minute >= ${ms(fromTs)} AND minute < ${ms(toTs)}`, rolled: true },
    {
      table: raw,
      time: 'ts',
      where: `NOT withheld AND seq > ${horizon.rolledSeq} AND ts >= ${ms(fromTs)} AND ts < ${ms(toTs)}`,
      rolled: false,
    },
  );
  return parts;
};

/** What is asked of the parts of a plan besides their time. */
interface Asked {
  readonly filter: SumsFilter;
  readonly values: Values;
  readonly buckets?: SpanJoin | undefined;
}

const grouped = (part: Part, sums: string, condition: string, { filter, values, buckets }: Asked): string =>
  `SELECT ${buckets === undefined ? '' : 'bucket, '}stream, role, ${sums}
   FROM ${part.table} ${placed(filter, part.time, values, buckets)} AND ${part.where}${condition} GROUP BY ALL`;

const added = (parts: readonly string[], columns: readonly string[], bucketed: boolean): string =>
  `SELECT ${bucketed ? 'bucket, ' : ''}stream, role::VARCHAR AS role,
    ${columns.map((name) => `sum(${name})::DOUBLE AS ${name}`).join(', ')}
   FROM (${parts.join(' UNION ALL ')}) GROUP BY ALL`;

/** Sums over the samples of a plan by stream and role (and bucket). */
export const sampleSumsSql = (
  plan: PeriodPlan,
  horizon: Horizon,
  filter: SumsFilter,
  values: Values,
  buckets?: SpanJoin,
): string => {
  const size = filter.minFacePx === undefined ? '' : ` AND size_px >= ${values.add(filter.minFacePx)}`;
  const condition = keyCondition(filter, values) + size;
  const isPart = filter.wanted === 'demographics';
  const raw = isPart ? rawSums(DEMOGRAPHIC_SUMS) : `${sumSql('absolute', values.add(plan.threshold))}, ${rawSums()}`;
  const rolled = isPart
    ? rolledSums(DEMOGRAPHIC_SUMS)
    : `sum(smiles[${Math.round(plan.threshold) + 1}]) AS absolute, ${rolledSums()}`;
  const parts = partsOf(plan, horizon, 'samples', 'rollups').map((part) =>
    grouped(part, part.rolled ? rolled : raw, condition, { filter, values, buckets }),
  );
  return added(parts, isPart ? DEMOGRAPHIC_SUMS.map(sumColumn) : ME1_COLUMNS, buckets !== undefined);
};

/** Sums over the frame counts of a plan by stream and role (and bucket): `analysed`, `with_faces`. */
export const frameSumsSql = (
  plan: PeriodPlan,
  horizon: Horizon,
  filter: KeyFilter,
  values: Values,
  buckets?: SpanJoin,
): string => {
  const condition = keyCondition(filter, values) + (filter.zoneId === undefined ? ' AND zone IS NULL' : '');
  const columns = ['analysed', 'with_faces'];
  const sums = columns.map((name) => `sum(${name}) AS ${name}`).join(', ');
  const parts = partsOf(plan, horizon, 'frames', 'frame_rollups').map((part) =>
    grouped(part, sums, condition, { filter, values, buckets }),
  );
  return added(parts, columns, buckets !== undefined);
};

/** Frames with a face of at least the given size: those of the samples, since frame counts know no size. */
export const sizedFramesSql = (plan: PeriodPlan, filter: SumsFilter, values: Values, buckets?: SpanJoin): string => {
  const size = ` AND size_px >= ${values.add(filter.minFacePx ?? 0)}`;
  const condition = keyCondition(filter, values) + size;
  const parts = partsOf(plan, { rolledSeq: 0, rawFromTs: null }, 'samples', 'rollups').map((part) =>
    grouped(part, 'count(DISTINCT ts) AS with_faces', condition, { filter, values, buckets }),
  );
  return added(parts, ['with_faces'], buckets !== undefined);
};

/** How often visitors' frames were counted again for another role of the same camera: `analysed`, `with_faces`. */
export const repeatedFramesSql = (plan: PeriodPlan, horizon: Horizon, filter: SumsFilter, values: Values): string => {
  const analysed = frameSumsSql(
    plan,
    horizon,
    { streams: filter.streams, zoneId: REPEATED_FRAMES, within: filter.within },
    values,
  );
  if (filter.minFacePx === undefined) return analysed;
  const size = ` AND role <> 'seller' AND size_px >= ${values.add(filter.minFacePx)}`;
  const condition = keyCondition({ streams: filter.streams }, values) + size;
  const parts = partsOf(plan, horizon, 'samples', 'rollups').map(
    ({ table, time, where }) => `SELECT stream, count(DISTINCT (role, ts)) - count(DISTINCT ts) AS with_faces
      FROM ${table} WHERE ${where}${condition}${withinCondition(filter, time, values)} GROUP BY stream`,
  );
  return `SELECT stream, role, sum(analysed)::DOUBLE AS analysed, coalesce(any_value(sized.with_faces), 0)::DOUBLE AS with_faces
    FROM (${analysed}) LEFT JOIN (SELECT stream, sum(with_faces) AS with_faces FROM (${parts.join(' UNION ALL ')})
      GROUP BY stream) AS sized USING (stream) GROUP BY stream, role`;
};

/** The sums of a row, or zeros without one. */
export const sumsOf = (row: Row | undefined): Me1Sums => me1SumsOf((name) => sumOf(row, sumColumn(name)));
