import { EMOTIONS, type Emotion, type EmotionScores } from '../../../contracts/emotion.js';

/** What is known of a mouth is read from this much of the past. */
const WINDOW_MS = 2000;
/** Readings closer together than this add no movement that would tell speech. */
const LAG_MS = 120;
/** Fewer readings than this say nothing. */
const MIN_READINGS = 3;
/**
 * Mean change of the mouth's openness from reading to reading (120–250 ms), in distances between the outer corners of
 * the eyes: below the first the mouth keeps still, from the second on it moves as in speech. Hung pictures of 45 and 110
 * pixels stay below 0.008 (99 %), nine in ten two-second windows of people who talk are above 0.013 (docs/accuracy.md).
 */
const STILL = 0.007;
const MOVING = 0.013;
/** From here on the interface says that somebody talks. */
const TALKING = 0.015;
/**
 * What speech adds to the log-odds of Happiness: with it neutral people who talk are above 20 in a tenth of their frames
 * and people who laugh while they talk stay above (docs/accuracy.md).
 */
const SHIFT = 2.3;
/** Keeps log-odds finite; percent. */
const FLOOR = 0.01;

interface Reading {
  readonly tsMs: number;
  readonly open: number;
}

/** One frame's expression with what speech adds to it taken out. */
export interface Unspoken {
  /** Of this frame alone. */
  readonly raw: EmotionScores;
  /** With Happiness over the last two seconds as far as the mouth moves: what the smoothing goes on from. */
  readonly steady: EmotionScores;
  /** The mouth moves as in speech. */
  readonly talking: boolean;
}

const oddsOf = ({ happiness }: EmotionScores): number => {
  const held = Math.min(100 - FLOOR, Math.max(FLOOR, happiness));
  return Math.log(held / (100 - held));
};

/** The same expression with another Happiness; the others share the rest as before. */
const withOdds = (emotions: EmotionScores, odds: number): EmotionScores => {
  const happiness = 100 / (1 + Math.exp(-odds));
  const others = 100 - emotions.happiness;
  if (others < FLOOR) return { ...emotions, happiness, neutral: emotions.neutral + emotions.happiness - happiness };
  const scaled = {} as Record<Emotion, number>;
  for (const name of EMOTIONS) scaled[name] = (emotions[name] * (100 - happiness)) / others;
  return { ...scaled, happiness };
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/**
 * Speech opens the mouth and shows teeth, which one frame cannot tell from a smile. Over two seconds it can: a mouth in
 * speech goes to and fro. As far as one track's mouth does, Happiness is read as the median of these seconds and lowered
 * by what speech adds; a face whose mouth keeps still, or opens once to smile, is left as it is.
 */
export class Speech {
  private readings: Reading[] = [];
  private odds: { readonly tsMs: number; readonly value: number }[] = [];

  /** Takes this frame's openness (null: not measured) and expression, in order of time. */
  hear(tsMs: number, open: number | null, emotions: EmotionScores): Unspoken {
    const from = tsMs - WINDOW_MS;
    const odds = oddsOf(emotions);
    this.odds = [...this.odds.filter((one) => one.tsMs > from), { tsMs, value: odds }];
    this.readings = this.readings.filter((one) => one.tsMs > from);
    const last = this.readings.at(-1);
    if (open !== null && (last === undefined || tsMs - last.tsMs >= LAG_MS)) this.readings.push({ tsMs, open });
    const moved = this.movement();
    const share = Math.min(1, Math.max(0, (moved - STILL) / (MOVING - STILL)));
    if (share === 0) return { raw: emotions, steady: emotions, talking: false };
    const usual = median(this.odds.map(({ value }) => value));
    return {
      raw: withOdds(emotions, odds - share * SHIFT),
      steady: withOdds(emotions, odds + share * (usual - odds) - share * SHIFT),
      talking: moved >= TALKING,
    };
  }

  /** Mean change from reading to reading. */
  private movement(): number {
    const { readings } = this;
    if (readings.length < MIN_READINGS) return 0;
    let sum = 0;
    for (let i = 1; i < readings.length; i += 1)
      sum += Math.abs((readings[i] as Reading).open - (readings[i - 1] as Reading).open);
    return sum / (readings.length - 1);
  }
}
