import { EMOTIONS, type Emotion, type EmotionScores } from '../../../contracts/emotion.js';
import { logit, sigmoid } from '../../describe/log-odds.js';
import { ramp } from '../../describe/ramp.js';
import { weightedMedian } from './weighted-median.js';

/** Happiness is taken over this much of the past where somebody talks. */
const STEADY_MS = 2000;
/** The movement of the mouth is taken over this much of the past. */
const WINDOW_MS = 3000;
/** Readings closer together than this add no movement that would tell speech. */
const LAG_MS = 120;
/** The largest changes do not count: a mouth that opens to smile, and closes again, does not talk. */
const LEFT_OUT = 2;
/** Fewer changes than this, beside those left out, say nothing. */
const MIN_CHANGES = 3;
/**
 * Mean change of the mouth's openness from reading to reading (120–250 ms), in distances between the outer corners of
 * the eyes: below the first the mouth keeps still, from the second on it moves as in speech. Hung pictures of 45 and 110
 * pixels stay below 0.0055 (99 %), three in four windows of people who talk are above 0.0105 (docs/accuracy.md).
 */
const STILL = 0.0055;
const MOVING = 0.0095;
/** From here on the interface says that somebody talks. */
const TALKING = 0.0115;
/** Faces that cross the picture, in widths of the face a second: their openness flickers with the place, and nothing is read from it. */
const STANDING = 0.35;
const WALKING = 0.6;
/**
 * What speech adds to the log-odds of Happiness: with it neutral people who talk are above 20 in a tenth of their frames
 * and people who laugh while they talk stay above (docs/accuracy.md).
 */
const SHIFT = 2.3;
/** Less than this left for the others, percent, cannot be shared out. */
const FLOOR = 0.01;

/** A mouth in one frame: how far its lips are apart, and where its face is, in one unit of length both ways. */
export interface Mouth {
  readonly open: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

interface Reading extends Mouth {
  readonly tsMs: number;
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

const oddsOf = ({ happiness }: EmotionScores): number => logit(happiness / 100);

/** The same expression with another Happiness; the others share the rest as before. */
const withOdds = (emotions: EmotionScores, odds: number): EmotionScores => {
  const happiness = 100 * sigmoid(odds);
  const others = 100 - emotions.happiness;
  if (others < FLOOR) return { ...emotions, happiness, neutral: emotions.neutral + emotions.happiness - happiness };
  const scaled = {} as Record<Emotion, number>;
  for (const name of EMOTIONS) scaled[name] = (emotions[name] * (100 - happiness)) / others;
  return { ...scaled, happiness };
};

/**
 * Speech opens the mouth and shows teeth, which one frame cannot tell from a smile. Over two seconds it can: a mouth in
 * speech goes to and fro. As far as one track's mouth does, Happiness is read as the median of these seconds and lowered
 * by what speech adds; a face whose mouth keeps still, or opens once to smile, is left as it is.
 */
export class Speech {
  private readings: Reading[] = [];
  private odds: { readonly tsMs: number; readonly value: number; readonly weight: 1 }[] = [];

  /** Takes this frame's mouth (null: not measured) and expression, in order of time. */
  hear(tsMs: number, mouth: Mouth | null, emotions: EmotionScores): Unspoken {
    const odds = oddsOf(emotions);
    this.odds = [...this.odds.filter((one) => one.tsMs > tsMs - STEADY_MS), { tsMs, value: odds, weight: 1 }];
    this.readings = this.readings.filter((one) => one.tsMs > tsMs - WINDOW_MS);
    const last = this.readings.at(-1);
    if (mouth !== null && (last === undefined || tsMs - last.tsMs >= LAG_MS)) this.readings.push({ tsMs, ...mouth });
    const moved = this.movement();
    const standing = 1 - ramp(this.speed(), STANDING, WALKING);
    const share = standing * ramp(moved, STILL, MOVING);
    if (share === 0) return { raw: emotions, steady: emotions, talking: false };
    const usual = weightedMedian(this.odds);
    return {
      raw: withOdds(emotions, odds - share * SHIFT),
      steady: withOdds(emotions, odds + share * (usual - odds) - share * SHIFT),
      talking: standing * moved >= TALKING,
    };
  }

  /** Mean change from reading to reading, the largest left out. */
  private movement(): number {
    const { readings } = this;
    const changes = readings
      .slice(1)
      .map(({ open }, i) => Math.abs(open - (readings[i] as Reading).open))
      .sort((a, b) => a - b)
      .slice(0, -LEFT_OUT);
    return changes.length < MIN_CHANGES ? 0 : changes.reduce((sum, change) => sum + change, 0) / changes.length;
  }

  /** How fast the face crosses the picture, in its own widths a second. */
  private speed(): number {
    const first = this.readings[0];
    const last = this.readings.at(-1);
    if (first === undefined || last === undefined || last.tsMs === first.tsMs) return 0;
    const way = Math.hypot(last.x - first.x, last.y - first.y) / Math.max(1e-6, (first.size + last.size) / 2);
    return (1000 * way) / (last.tsMs - first.tsMs);
  }
}
