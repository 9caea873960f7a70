import { EMOTIONS, type Emotion } from '../../../contracts/emotion.js';
import {
  AGE_BUCKETS,
  type AgeBucket,
  type BucketSums,
  type RatioMoments,
  type RatioName,
} from '../../../contracts/me1.js';
import { RATIO_SUMS, type Me1SumName, type Me1Sums } from '../../../contracts/figures/me1-sums.js';
import type { LocalTime } from '../../../time/local-time.js';
import { perRatio } from './me1-aggregate.js';
import { noMoments, withTrack } from '../../statistics/moments.js';

/** Moments of every ratio with a local day as the unit. */
export type DayRatios = Readonly<Record<RatioName, RatioMoments>>;

type Total = { y: number; x: number };

const isEmotion = (name: Me1SumName): name is Emotion => EMOTIONS.some((emotion) => emotion === name);
const isAge = (name: Me1SumName): name is AgeBucket => AGE_BUCKETS.some((bucket) => bucket === name);

/** One of the sums that a report carries, by name. */
const me1SumOf = (sums: Me1Sums, name: Me1SumName): number => {
  if (isEmotion(name)) return sums.emotionSums[name];
  if (isAge(name)) return sums.ages[name];
  return name === 'mood' ? sums.moodSum : sums[name];
};

/** What some sums add to y and x of each ratio. */
const ratiosOf = (sums: BucketSums): Record<RatioName, Total> => {
  const whole = {
    samples: sums.samples,
    frameShare: sums.framesWithFaces,
    gendered: sums.male + sums.female,
    aged: AGE_BUCKETS.reduce((total, bucket) => total + sums.ages[bucket], 0),
  };
  return perRatio((name) => {
    if (name === 'person') return { y: sums.smilingVisitors, x: sums.visitors };
    const { y, x } = RATIO_SUMS[name];
    return { y: me1SumOf(sums, y), x: whole[x] };
  });
};

/** The moments over local days of all rows together, each row being of a day or less. */
export const dayRatios = (rows: readonly BucketSums[], localTime: Pick<LocalTime, 'startOfDay'>): DayRatios => {
  const days = new Map<number, Record<RatioName, Total>>();
  for (const row of rows) {
    const day = localTime.startOfDay(row.ts);
    const own = ratiosOf(row);
    const known = days.get(day);
    if (known === undefined) days.set(day, own);
    else
      for (const [name, { y, x }] of Object.entries(own) as [RatioName, Total][]) {
        known[name].y += y;
        known[name].x += x;
      }
  }
  return perRatio((name) =>
    [...days.values()].reduce((sums, day) => withTrack(sums, day[name].y, day[name].x), noMoments()),
  );
};
