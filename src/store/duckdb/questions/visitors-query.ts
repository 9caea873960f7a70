import { DuckDBArrayValue, type DuckDBConnection } from '@duckdb/node-api';
import { EMOTIONS, type Emotion, type EmotionScores } from '../../../contracts/emotion.js';
import { AGE_BUCKETS, type AgeBucket } from '../../../contracts/me1.js';
import type { Role } from '../../../contracts/role.js';
import { LONG_STAY_MS, type Sample, type TrackSummary } from '../../../contracts/sample.js';
import type { LostVisit } from '../../ports/resume-reader.js';
import type { RowFilter } from '../../ports/row-filter.js';
import type { SampleFilter } from '../../ports/visit-reader.js';
import { AGE_COLUMNS } from '../sql/age-columns.js';
import { checkPeriod } from '../../question-checks.js';
import { keyCondition, ms, Values, withinCondition } from '../sql/filter.js';
import { newestSampleTs } from '../upkeep/retention.js';
import { histogramOf } from '../sql/smile-counts.js';
import { numberOf, numberOrNull, selectRows, textOf, textOrNull, type Row } from '../sql/select.js';

const condition = (filter: RowFilter, time: string, values: Values): string =>
  `${time} >= ${ms(filter.fromTs)} AND ${time} < ${ms(filter.toTs)}${keyCondition(filter, values)}` +
  withinCondition(filter, time, values);

const scoresOf = (row: Row, prefix = ''): EmotionScores =>
  Object.fromEntries(EMOTIONS.map((emotion) => [emotion, numberOf(row, prefix + emotion)])) as Record<Emotion, number>;

const limitOf = (limit: number): number => Math.max(0, Math.floor(limit));

/** Visitors one by one, by arrival. */
export const listTracks = async (
  connection: DuckDBConnection,
  filter: RowFilter & { readonly limit: number },
): Promise<readonly TrackSummary[]> => {
  checkPeriod(filter);
  const values = new Values();
  const rows = await selectRows(
    connection,
    `SELECT * REPLACE (role::VARCHAR AS role) FROM tracks WHERE NOT withheld AND ${condition(filter, 'start_ts', values)}
     ORDER BY start_ts, track, role LIMIT ${limitOf(filter.limit)}`,
    values.named,
  );
  return rows.map((row) => {
    const { smiles } = row;
    return {
      trackId: textOf(row, 'track'),
      streamId: textOf(row, 'stream'),
      zoneId: textOrNull(row, 'zone'),
      role: textOf(row, 'role') as Role,
      startTs: numberOf(row, 'start_ts'),
      endTs: numberOf(row, 'end_ts'),
      samples: numberOf(row, 'samples'),
      frameShare: numberOf(row, 'frame_share'),
      happinessHistogram: smiles instanceof DuckDBArrayValue ? histogramOf(smiles.items.map(Number)) : [],
      emotions: scoresOf(row),
      moodMean: numberOf(row, 'mood'),
      dwellMs: numberOf(row, 'dwell_ms'),
      attentionMs: numberOf(row, 'attention_ms'),
      glances: numberOf(row, 'glances'),
      longestLookMs: numberOf(row, 'longest_look_ms'),
      maleSamples: numberOf(row, 'male'),
      femaleSamples: numberOf(row, 'female'),
      ageSamples: Object.fromEntries(
        AGE_BUCKETS.map((bucket) => [bucket, numberOf(row, AGE_COLUMNS[bucket])]),
      ) as Record<AgeBucket, number>,
      age: numberOrNull(row, 'age'),
      gender: numberOrNull(row, 'gender'),
    };
  });
};

/** How far back visits that a process left without a summary are looked for, before the newest sample. */
const LOST_WITHIN_MS = 48 * 3_600_000;

/** Visits without a summary; one that may have begun before the stretch that is looked through is left out. */
export const lostVisits = async (connection: DuckDBConnection, nowTs: number): Promise<readonly LostVisit[]> => {
  const sinceTs = Math.min(nowTs, (await newestSampleTs(connection)) ?? nowTs) - LOST_WITHIN_MS;
  const rows = await selectRows(
    connection,
    `WITH seen AS (
       SELECT stream, role, track, min(ts) AS first_ts, max(ts) AS last_ts FROM samples
       WHERE ts >= ${ms(sinceTs)} GROUP BY stream, role, track)
     SELECT stream, role::VARCHAR AS role, track, first_ts, last_ts FROM seen ANTI JOIN tracks USING (track, role)
     WHERE first_ts >= ${ms(sinceTs + LONG_STAY_MS)} ORDER BY first_ts, stream, track`,
  );
  return rows.map((row) => ({
    streamId: textOf(row, 'stream'),
    role: textOf(row, 'role') as Role,
    trackId: textOf(row, 'track'),
    firstTs: numberOf(row, 'first_ts'),
    lastTs: numberOf(row, 'last_ts'),
  }));
};

/** Raw samples in order of time. */
export const listSamples = async (connection: DuckDBConnection, filter: SampleFilter): Promise<readonly Sample[]> => {
  checkPeriod(filter);
  const values = new Values();
  const { tracks = [] } = filter;
  const ofTracks = tracks.length === 0 ? '' : ` AND track IN (${values.list(tracks)})`;
  const rows = await selectRows(
    connection,
    `SELECT * REPLACE (role::VARCHAR AS role) FROM samples WHERE ${condition(filter, 'ts', values)}${ofTracks}
     ORDER BY ts, stream, role, track LIMIT ${limitOf(filter.limit)}`,
    values.named,
  );
  return rows.map((row) => ({
    ts: numberOf(row, 'ts'),
    streamId: textOf(row, 'stream'),
    zoneId: textOrNull(row, 'zone'),
    role: textOf(row, 'role') as Role,
    trackId: textOf(row, 'track'),
    emotions: scoresOf(row),
    rawEmotions: scoresOf(row, 'raw_'),
    mood: numberOf(row, 'mood'),
    age: numberOrNull(row, 'age'),
    gender: numberOrNull(row, 'gender'),
    pose: { yaw: numberOf(row, 'yaw'), pitch: numberOf(row, 'pitch'), roll: numberOf(row, 'roll') },
    attention: row['attention'] === true,
    box: {
      x: numberOf(row, 'box_x'),
      y: numberOf(row, 'box_y'),
      width: numberOf(row, 'box_width'),
      height: numberOf(row, 'box_height'),
    },
    sizePx: numberOf(row, 'size_px'),
    quality: numberOf(row, 'quality'),
    facesInFrame: numberOf(row, 'faces_in_frame'),
  }));
};
