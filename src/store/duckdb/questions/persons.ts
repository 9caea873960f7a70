import { wholeSeconds } from '../../../time/whole-seconds.js';
import type { Period } from '../../../contracts/period.js';
import { inFlow, keyCondition, ms, type Values } from '../sql/filter.js';
import type { SpanJoin } from '../sql/span-join.js';
import { placed, type SumsFilter } from './sums.js';

/** A track with no sample for this long before a period is not one that was under way. */
const LONGEST_GAP_MS = 5 * 60_000;
/** What a visit does later than this after the period in which it began is not looked up in the samples. */
export const FOLLOWED_MS = 60 * 60_000;

export interface PersonQuery extends Period {
  readonly threshold: number;
  /** From when on visits without a summary (those going on) are looked for; they cost a reading of the samples. */
  readonly openFromTs: number;
}

/** Visits by their samples: the first and the number of all and of those ≥ T, for each track and role. */
const rawVisits = (query: PersonQuery, filter: SumsFilter, values: Values, condition: string): string => {
  const { streams, roles, zoneId, minFacePx } = filter;
  const size = minFacePx === undefined ? '' : ` AND size_px >= ${values.add(minFacePx)}`;
  const zone = zoneId === undefined ? '' : ` AND mode(coalesce(zone, '')) = ${values.add(zoneId)}`;
  return `SELECT min(ts) AS ts, stream, role, count(*) AS samples,
      count(*) FILTER (happiness >= ${values.add(query.threshold)}) AS smiles
    FROM samples s WHERE NOT withheld AND ts >= ${ms(query.openFromTs - LONGEST_GAP_MS)} AND ts < ${ms(query.toTs + FOLLOWED_MS)}
      ${keyCondition({ streams, roles }, values)}${size}${condition}
    GROUP BY stream, role, track
    HAVING min(ts) >= ${ms(query.openFromTs)} AND min(ts) < ${ms(query.toTs)} AND ${inFlow('max(ts) - min(ts)')}${zone}`;
};

/**
 * The same of visits that have a summary, by its beginning: what may be given out, which must not change with what comes
 * later or with where a question begins.
 */
const summarisedSamples = (query: PersonQuery, filter: SumsFilter, values: Values): string => {
  const { streams, roles, zoneId, minFacePx } = filter;
  const size = minFacePx === undefined ? '' : ` AND size_px >= ${values.add(minFacePx)}`;
  const began = `start_ts >= ${ms(query.fromTs)} AND start_ts < ${ms(query.toTs)}`;
  return `SELECT any_value(v.start_ts) AS ts, stream, role, count(*) AS samples,
      count(*) FILTER (happiness >= ${values.add(query.threshold)}) AS smiles
    FROM samples JOIN (
      SELECT track, stream, role, start_ts FROM tracks
      WHERE ${began} AND NOT withheld AND ${inFlow('dwell_ms')}${keyCondition({ streams, roles, zoneId }, values)}) v USING (track, stream, role)
    WHERE ts >= ${ms(query.fromTs)} AND ts < ${ms(query.toTs + FOLLOWED_MS)} AND NOT withheld${size}
      AND ts >= start_ts AND ts < start_ts + ${FOLLOWED_MS}
    GROUP BY stream, role, track`;
};

/**
 * Visits that began in the period and those of them that smiled, by stream and role (and bucket): from their summaries,
 * which outlive the samples, and from the samples of those that are still going on. A size or a fraction of T, which
 * summaries do not know, is asked of the samples alone. Within given intervals only visits with a summary count. Who stays
 * for half an hour is no visitor, as everywhere.
 */
export const personSumsSql = (asked: PersonQuery, filter: SumsFilter, values: Values, buckets?: SpanJoin): string => {
  const query = wholeSeconds(asked);
  const { fromTs, toTs, threshold } = query;
  const ofSamples = filter.minFacePx !== undefined || !Number.isInteger(threshold);
  const summarised = () => `SELECT start_ts AS ts, stream, role, samples, smiles[${Math.round(threshold) + 1}] AS smiles
    FROM tracks WHERE NOT withheld AND start_ts >= ${ms(fromTs)} AND start_ts < ${ms(toTs)}
      AND ${inFlow('dwell_ms')}${keyCondition(filter, values)}`;
  const open = ` AND NOT EXISTS (SELECT 1 FROM tracks t WHERE t.track = s.track AND t.role = s.role
    AND t.end_ts >= ${ms(query.openFromTs - LONGEST_GAP_MS)} AND t.start_ts < ${ms(toTs + FOLLOWED_MS)})`;
  const released = (): string => (ofSamples ? summarisedSamples(query, filter, values) : summarised());
  const all = (): string =>
    ofSamples
      ? rawVisits({ ...query, openFromTs: fromTs }, filter, values, '')
      : `${summarised()} UNION ALL (${rawVisits(query, filter, values, open)})`;
  const visits = filter.within === undefined ? all() : released();
  return `SELECT ${buckets === undefined ? '' : 'bucket, '}stream, role::VARCHAR AS role, count(*)::DOUBLE AS visitors,
      count(*) FILTER (4 * smiles >= samples)::DOUBLE AS smiling
    FROM (${visits}) ${placed(filter, 'ts', values, buckets)} GROUP BY ALL`;
};
