import { EMOTIONS } from '../../../contracts/emotion.js';
import {
  AGE_BUCKETS,
  RATIO_NAMES,
  type ClusterMoments,
  type RatioMoments,
  type RatioName,
} from '../../../contracts/me1.js';
import { RATIO_SUMS } from '../../../contracts/figures/me1-sums.js';
import { keyCondition, ms, withinCondition, type Values } from '../sql/filter.js';
import type { Period } from '../../../contracts/period.js';
import { sumOf, type Row } from '../sql/select.js';
import { rawSums, sumColumn, sumSql } from '../sql/sum-sql.js';
import type { SumsFilter } from './sums.js';

const AGES = AGE_BUCKETS.map(sumColumn);
const AGES_TOTAL = AGES.join(' + ');

/** Per ratio but `person`: the per-track totals y and x, in columns of the per-track rows. */
const RATIOS = RATIO_NAMES.filter((name) => name !== 'person').map((name, index) => {
  const { y, x } = RATIO_SUMS[name];
  return { name, index, y: sumColumn(y), x: sumColumn(x) };
});

const DEMOGRAPHIC: readonly RatioName[] = ['male', ...AGE_BUCKETS];
const DEMOGRAPHIC_RATIOS = RATIOS.filter(({ name }) => DEMOGRAPHIC.includes(name));

const PER_TRACK = [...new Set(RATIOS.flatMap(({ y, x }) => [y, x]))];

const momentSums = ({ index, y, x }: (typeof RATIOS)[number]): string =>
  [
    `sum(${y}) AS y${index}`,
    `sum(${x}) AS x${index}`,
    `sum(${y} * ${y}) AS yy${index}`,
    `sum(${x} * ${y}) AS xy${index}`,
    `sum(${x} * ${x}) AS xx${index}`,
    `count(*) FILTER (${x} > 0) AS m${index}`,
  ].join(', ');

const doubles = PER_TRACK.map((name) => `${name}::DOUBLE AS ${name}`).join(', ');

const momentsOver = (perTrack: string, { wanted }: Pick<SumsFilter, 'wanted'>): string =>
  `SELECT stream, role::VARCHAR AS role, count(*) AS tracks,
     ${(wanted === 'demographics' ? DEMOGRAPHIC_RATIOS : RATIOS).map(momentSums).join(', ')}
   FROM (SELECT stream, role, ${doubles} FROM (${perTrack})) GROUP BY stream, role`;

/** Moments over the visitors that came in the period, from their summaries. */
export const trackMomentsSql = (period: Period, threshold: number, filter: SumsFilter, values: Values): string => {
  const perTrack = `
    SELECT stream, role, smiles[${Math.round(threshold) + 1}] AS absolute, frame_share, male + female AS gendered,
      ${AGES_TOTAL} AS aged, samples, male, mood * samples AS mood, ${AGES.join(', ')},
      ${EMOTIONS.map((emotion) => `${emotion} * samples AS ${emotion}`).join(', ')}
    FROM tracks WHERE NOT withheld AND start_ts >= ${ms(period.fromTs)} AND start_ts < ${ms(period.toTs)}${keyCondition(filter, values)}${withinCondition(filter, 'start_ts', values)}`;
  return momentsOver(perTrack, filter);
};

/** The same from raw samples: exact at the borders of the period, and for what summaries do not keep. */
export const sampleMomentsSql = (period: Period, threshold: number, filter: SumsFilter, values: Values): string => {
  const size = filter.minFacePx === undefined ? '' : ` AND size_px >= ${values.add(filter.minFacePx)}`;
  const narrowed = filter.minFacePx !== undefined || filter.zoneId !== undefined;
  const condition = keyCondition(filter, values) + size + withinCondition(filter, 'ts', values);
  // With a size or zone the frame is shared among the faces that count, not among all of the frame.
  const share = narrowed ? 'sum(1.0 / faces) AS frame_share' : sumSql('frameShare');
  const counted = narrowed ? ', count(*) OVER (PARTITION BY stream, role, ts) AS faces' : '';
  const perTrack = `
    SELECT *, male + female AS gendered, ${AGES_TOTAL} AS aged FROM (
      SELECT stream, role, track, ${sumSql('absolute', values.add(threshold))},
        ${share}, ${rawSums()}
      FROM (SELECT *${counted} FROM samples
            WHERE NOT withheld AND ts >= ${ms(period.fromTs)} AND ts < ${ms(period.toTs)}${condition})
      GROUP BY stream, role, track)`;
  return momentsOver(perTrack, filter);
};

/** The moments of a row and of the visits that began; without a row, of no track. */
export const momentsOf = (row: Row | undefined, visits: Row | undefined): ClusterMoments => {
  const value = (name: string) => sumOf(row, name);
  const ratios = RATIO_NAMES.map((name): [RatioName, RatioMoments] => {
    const index = RATIOS.find((ratio) => ratio.name === name)?.index ?? -1;
    return [
      name,
      {
        y: value(`y${index}`),
        x: value(`x${index}`),
        yy: value(`yy${index}`),
        xy: value(`xy${index}`),
        xx: value(`xx${index}`),
        m: value(`m${index}`),
      },
    ];
  });
  const [smiling, visitors] = [sumOf(visits, 'smiling'), sumOf(visits, 'visitors')];
  const person = { y: smiling, x: visitors, yy: smiling, xy: smiling, xx: visitors, m: visitors };
  return {
    tracks: value('tracks'),
    ratios: { ...(Object.fromEntries(ratios) as Record<RatioName, RatioMoments>), person },
  };
};
