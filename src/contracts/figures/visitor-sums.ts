import type { Emotion } from '../emotion.js';
import type { AgeBucket } from '../me1.js';
import type { Role } from '../role.js';
import type { Gender } from './gender.js';

/** Sums of a value that each of some visitors has: Σv, Σv² and the largest. */
export interface ValueSums {
  readonly sum: number;
  readonly squares: number;
  readonly most: number;
}

/** Visitors of one stream, role and zone who came on one local day. */
export interface VisitorDay {
  readonly streamId: string;
  readonly role: Role;
  readonly zoneId: string | null;
  /** Number of the local day since 1970-01-01. */
  readonly day: number;
  readonly visitors: number;
  /** Those with at least one glance. */
  readonly lookers: number;
  readonly dwellMs: ValueSums;
  readonly attentionMs: ValueSums;
  readonly glances: ValueSums;
  readonly mood: ValueSums;
}

/** Adult visitors, and those of undetermined age, of one stream, role, gender and local day. */
export interface AdultDay {
  readonly streamId: string;
  readonly role: Role;
  readonly day: number;
  readonly gender: Gender;
  /** Whether they came in intervals in which each gender has nobody of known age, or enough. */
  readonly byGender: boolean;
  readonly visitors: number;
  /** Those whose age is known, and their ages in years. */
  readonly aged: number;
  readonly ageYears: ValueSums;
}

/** Adult visitors (and those of undetermined age) of one interval, alike in gender, age and dominant expression. */
export interface AdultGroup {
  /** Number of the interval that they came in. */
  readonly interval: number;
  readonly gender: Gender;
  readonly age: AgeBucket | 'undetermined';
  readonly emotion: Emotion;
  readonly visitors: number;
}

/** Where the visitors of a sorted value belong. */
export interface VisitorPlace {
  readonly streamId: string;
  readonly role: Role;
  readonly zoneId: string | null;
}

/** A value of each of some visitors in ascending order. */
export interface SortedVisits {
  readonly places: readonly VisitorPlace[];
  readonly values: Float64Array;
  /** Index among `places` of each value. */
  readonly placeOf: Uint16Array;
  /** Number of the local day of each value. */
  readonly days: Int32Array;
}
