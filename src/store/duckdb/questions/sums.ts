import { me1SumsOf, type Me1Sums } from '../../../contracts/figures/me1-sums.js';
import { keyCondition, ms, withinCondition, type KeyFilter, type Values } from '../sql/filter.js';
import type { Horizon, PeriodPlan } from '../../period-plan.js';
import { REPEATED_FRAMES } from '../../../contracts/sample.js';
import { sumOf, type Row } from '../sql/select.js';
import { ME1_COLUMNS, RAW_SUMS, ROLLED_SUMS, sumColumn, sumSql } from '../sql/sum-sql.js';

/** Which rows of a plan are meant. */
export interface SumsFilter extends KeyFilter {
  readonly minFacePx?: number | undefined;
}

/** SQL of the group that a row belongs to by its time, NULL for none; absent: no grouping by time. */
export type BucketOf = (timeColumn: string) => string;

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

const grouped = (part: Part, sums: string, condition: string, bucketOf: BucketOf | undefined): string => {
  const bucket = bucketOf?.(part.time);
  const by = bucket === undefined ? '' : `${bucket} AS bucket, `;
  return `SELECT ${by}stream, role, ${sums} FROM ${part.table} WHERE ${part.where}${condition}
    GROUP BY ALL`;
};

const added = (parts: readonly string[], columns: readonly string[], bucketed: boolean): string =>
  `SELECT ${bucketed ? 'bucket, ' : ''}stream, role::VARCHAR AS role,
    ${columns.map((name) => `sum(${name})::DOUBLE AS ${name}`).join(', ')}
   FROM (${parts.join(' UNION ALL ')})${bucketed ? ' WHERE bucket IS NOT NULL' : ''} GROUP BY ALL`;

/** Sums over the samples of a plan by stream and role (and bucket). */
export const sampleSumsSql = (
  plan: PeriodPlan,
  horizon: Horizon,
  filter: SumsFilter,
  values: Values,
  bucketOf?: BucketOf,
): string => {
  const size = filter.minFacePx === undefined ? '' : ` AND size_px >= ${values.add(filter.minFacePx)}`;
  const condition = keyCondition(filter, values) + size;
  const smiles = sumSql('absolute', values.add(plan.threshold));
  const parts = partsOf(plan, horizon, 'samples', 'rollups').map((part) =>
    grouped(
      part,
      part.rolled
        ? `sum(smiles[${Math.round(plan.threshold) + 1}]) AS absolute, ${ROLLED_SUMS}`
        : `${smiles}, ${RAW_SUMS}`,
      condition + withinCondition(filter, part.time, values),
      bucketOf,
    ),
  );
  return added(parts, ME1_COLUMNS, bucketOf !== undefined);
};

/** Sums over the frame counts of a plan by stream and role (and bucket): `analysed`, `with_faces`. */
export const frameSumsSql = (
  plan: PeriodPlan,
  horizon: Horizon,
  filter: KeyFilter,
  values: Values,
  bucketOf?: BucketOf,
): string => {
  const condition = keyCondition(filter, values) + (filter.zoneId === undefined ? ' AND zone IS NULL' : '');
  const columns = ['analysed', 'with_faces'];
  const sums = columns.map((name) => `sum(${name}) AS ${name}`).join(', ');
  const parts = partsOf(plan, horizon, 'frames', 'frame_rollups').map((part) =>
    grouped(part, sums, condition + withinCondition(filter, part.time, values), bucketOf),
  );
  return added(parts, columns, bucketOf !== undefined);
};

/** Frames with a face of at least the given size: those of the samples, since frame counts know no size. */
export const sizedFramesSql = (plan: PeriodPlan, filter: SumsFilter, values: Values, bucketOf?: BucketOf): string => {
  const size = ` AND size_px >= ${values.add(filter.minFacePx ?? 0)}`;
  const condition = keyCondition(filter, values) + size;
  const parts = partsOf(plan, { rolledSeq: 0, rawFromTs: null }, 'samples', 'rollups').map((part) =>
    grouped(part, 'count(DISTINCT ts) AS with_faces', condition + withinCondition(filter, part.time, values), bucketOf),
  );
  return added(parts, ['with_faces'], bucketOf !== undefined);
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
