import type { Emotion } from '../contracts/emotion.js';
import type { AgeBucket } from '../contracts/me1.js';
import type { TrackSummary } from '../contracts/sample.js';
import type { Gender } from '../contracts/visitors.js';
import { ageBucketOf, isMale } from './demographics.js';
import { dominantEmotion } from './emotion-sums.js';

/** What the figures about visitors need of a track. */
export type Visitor = Pick<
  TrackSummary,
  | 'startTs'
  | 'streamId'
  | 'zoneId'
  | 'role'
  | 'emotions'
  | 'moodMean'
  | 'dwellMs'
  | 'attentionMs'
  | 'glances'
  | 'longestLookMs'
  | 'age'
  | 'gender'
>;

export const genderOf = ({ gender }: Pick<Visitor, 'gender'>): Gender => {
  if (gender === null) return 'undetermined';
  return isMale(gender) ? 'male' : 'female';
};

export const ageGroupOf = ({ age }: Pick<Visitor, 'age'>): AgeBucket | 'undetermined' =>
  age === null ? 'undetermined' : ageBucketOf(age);

/** Expression with the highest mean over the visit. */
export const dominantOf = ({ emotions }: Pick<Visitor, 'emotions'>): Emotion => dominantEmotion(emotions);

/** Visitors of `minorsAge` and older, and those whose age is not determined. */
export const withoutMinors = <V extends Pick<Visitor, 'age'>>(visitors: readonly V[], minorsAge: number): V[] =>
  visitors.filter(({ age }) => age === null || age >= minorsAge);

/** Whether the age of a visitor is determined. */
export const hasAge = <V extends Pick<Visitor, 'age'>>(visitor: V): visitor is V & { readonly age: number } =>
  visitor.age !== null;
