import { z } from 'zod';
import type { CellLevel } from '../cell.js';
import { CHECK_MINUTES } from './spot-check-lists.js';

/** Most people of one sex whom one person can count in a minute. */
const MOST_IN_A_MINUTE = 500;

const tapped = z
  .strictObject({ came: z.int().min(0).max(MOST_IN_A_MINUTE), smiled: z.int().min(0).max(MOST_IN_A_MINUTE) })
  .refine(({ came, smiled }) => smiled <= came, { message: 'More smiled than came.' });

/** Whom a person counted in one minute: each visitor once, by what they took them for. */
export const tappedMinute = z.strictObject({ men: tapped, women: tapped, unsure: tapped });

export type TappedMinute = z.infer<typeof tappedMinute>;

/** The content of the fact that somebody counted the visitors before a camera. */
export const spotCheckFields = {
  streamId: z.string().min(1).max(64),
  toTs: z.int().nonnegative().describe('When the counting ended, epoch ms UTC.'),
  minutes: z.array(tappedMinute).min(1).max(CHECK_MINUTES.most).readonly(),
};

/** A check as it comes in. */
export const spotCheckInput = z.strictObject({
  id: z.uuid().describe('Made where it was counted: the same id is the same check, however often it comes.'),
  fromTs: z.int().nonnegative().describe('When the counting began, epoch ms UTC.'),
  ...spotCheckFields,
  sentTs: z
    .int()
    .nonnegative()
    .describe('What the clock that was counted by says now: its difference from ours is taken off the times.'),
});

export type SpotCheckInput = z.infer<typeof spotCheckInput>;

/**
 * `waiting`: the camera's figures are not out yet. `pooled`: it counts in the measured error. `overlapping`: an earlier
 * check of the camera was going on. `set-aside`: what it would have counted with has been given out without it.
 */
export const CHECK_STATES = ['waiting', 'pooled', 'overlapping', 'set-aside'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

const count = z.number();

/** A check as it is listed: what the person counted, and nothing of what the camera did in those minutes. */
export const spotCheck = z
  .object({
    id: z.string(),
    streamId: z.string(),
    fromTs: z.number(),
    toTs: z.number(),
    visitors: count,
    smiled: count,
    men: count,
    women: count,
    state: z.enum(CHECK_STATES),
  })
  .meta({ id: 'SpotCheck', description: 'What a person counted before a camera.' });

export type SpotCheck = z.infer<typeof spotCheck>;

/** What a person counted in all the minutes of a check. */
export interface HumanCounts {
  readonly visitors: number;
  readonly smiled: number;
  readonly men: number;
  readonly women: number;
}

/** A check with what the camera counted in the same minutes; this alone is told to nobody. */
export interface GroupedCheck {
  readonly id: string;
  readonly fromTs: number;
  readonly toTs: number;
  readonly human: HumanCounts;
  /** Visitors and those of them who smiled; at level `wide` the adults of known sex and the men among them. */
  readonly system: { readonly counted: number; readonly such: number };
}

/**
 * Checks of one camera whose sums with what the camera counted may be told, together alone: made once and never changed,
 * so that no two answers differ by a single check.
 */
export interface CheckGroup {
  readonly id: string;
  /** When its last check began, epoch ms: it is kept as long as that. */
  readonly ts: number;
  readonly streamId: string;
  /** `cell`: visitors and smiles; `wide`: sexes. */
  readonly level: Exclude<CellLevel, 'broad'>;
  /** No sum of answers speaks of fewer people than this; one for a larger k is not told. */
  readonly k: number;
  /** T of the smiles. */
  readonly threshold: number;
  readonly checks: readonly GroupedCheck[];
}
