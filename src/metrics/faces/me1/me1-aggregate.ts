import { EMOTIONS } from '../../../contracts/emotion.js';
import { AGE_BUCKETS, RATIO_NAMES } from '../../../contracts/me1.js';
import type { ClusterMoments, Me1Aggregate, RatioName } from '../../../contracts/me1.js';
import type { Role } from '../../../contracts/role.js';
import { noAges } from '../age-counts.js';
import { noEmotions } from '../emotion-sums.js';
import { addMoments, noMoments } from '../../statistics/ratio.js';

/** A record with one value per ratio of the report. */
export const perRatio = <Value>(valueOf: (name: RatioName) => Value): Record<RatioName, Value> =>
  Object.fromEntries(RATIO_NAMES.map((name) => [name, valueOf(name)])) as Record<RatioName, Value>;

/** Whether a ratio is of gender or age. */
export const isDemographic = (name: RatioName): boolean =>
  name === 'male' || AGE_BUCKETS.some((bucket) => bucket === name);

/** What tells the rows of a report apart. */
export const rowKey = ({ streamId, role }: { readonly streamId: string; readonly role: Role }): string =>
  JSON.stringify([streamId, role]);

/** The aggregate of nothing: zero of the addition below. */
export const emptyAggregate = (streamId: string, role: Role): Me1Aggregate => ({
  streamId,
  role,
  analysedFrames: 0,
  framesWithFaces: 0,
  samples: 0,
  absolute: 0,
  emotionSums: noEmotions(),
  moodSum: 0,
  male: 0,
  female: 0,
  ages: noAges(),
  clusters: { tracks: 0, ratios: perRatio(noMoments) },
});

const addClusters = (a: ClusterMoments, b: ClusterMoments): ClusterMoments => ({
  tracks: a.tracks + b.tracks,
  ratios: perRatio((name) => addMoments(a.ratios[name], b.ratios[name])),
});

/** The sum of two aggregates, which keeps the stream and role of the first. */
export const addAggregates = (a: Me1Aggregate, b: Me1Aggregate): Me1Aggregate => {
  const emotionSums = noEmotions();
  for (const emotion of EMOTIONS) emotionSums[emotion] = a.emotionSums[emotion] + b.emotionSums[emotion];
  const ages = noAges();
  for (const bucket of AGE_BUCKETS) ages[bucket] = a.ages[bucket] + b.ages[bucket];
  return {
    streamId: a.streamId,
    role: a.role,
    analysedFrames: a.analysedFrames + b.analysedFrames,
    framesWithFaces: a.framesWithFaces + b.framesWithFaces,
    samples: a.samples + b.samples,
    absolute: a.absolute + b.absolute,
    emotionSums,
    moodSum: a.moodSum + b.moodSum,
    male: a.male + b.male,
    female: a.female + b.female,
    ages,
    clusters: addClusters(a.clusters, b.clusters),
  };
};

/** One aggregate per stream and role, in order of first appearance: periods merged, roles kept apart. */
export const mergeByRow = (aggregates: readonly Me1Aggregate[]): Me1Aggregate[] => {
  const rows = new Map<string, Me1Aggregate>();
  for (const aggregate of aggregates) {
    const key = rowKey(aggregate);
    const known = rows.get(key);
    rows.set(key, known === undefined ? aggregate : addAggregates(known, aggregate));
  }
  return [...rows.values()];
};
