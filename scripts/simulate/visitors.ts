import { EMOTIONS, type Emotion } from '../../src/contracts/emotion.js';
import { noEmotions } from '../../src/metrics/faces/emotion-sums.js';
import { clamp, normal, skewed, times, type Random } from './draws.js';

/** What МЭ-1 and the visitors' report take of one visitor. */
export interface SimulatedVisitor {
  /** Samples of the visit. */
  readonly samples: number;
  /** Samples at or over the threshold. */
  readonly smiles: number;
  /** Frames with faces that fall to this visitor: a half of a frame with two. */
  readonly frames: number;
  readonly maleSamples: number;
  readonly age: number;
  /** Means over the visit. */
  readonly emotions: Readonly<Record<Emotion, number>>;
  readonly mood: number;
  readonly dwellMs: number;
  readonly attentionMs: number;
  readonly glances: number;
  readonly longestLookMs: number;
}

interface Surroundings {
  /** Mean faces in a frame. */
  readonly faces?: number;
  /** What the day or the place does to everybody's readiness to smile, in logits. */
  readonly warmth?: number;
  /** What the day does to everybody's stay, as a logarithm. */
  readonly leisure?: number;
  /** Three quarters pass by in seconds, the others stay for minutes. */
  readonly passersBy?: boolean;
}

const FPS = 5;
/** Frames over which an expression lasts: samples of one visit are far from independent. */
const FRAMES_OF_A_SPELL = 6;

/** Most people hardly ever smile, a quarter now and then, a tenth most of the time. */
const readinessOf = (random: Random, warmth: number): number => {
  const kind = random();
  const own = kind < 0.65 ? 0.03 * random() : kind < 0.9 ? 0.6 * random() ** 2 : 0.4 + 0.6 * random();
  const odds = (own / (1 - own + 1e-9)) * Math.exp(warmth);
  return odds / (1 + odds);
};

const expressionsOf = (random: Random, smiling: number): Record<Emotion, number> => {
  const faint = (median: number): number => Math.min(60, skewed(random, median, 1.2));
  const raw = {
    ...noEmotions(),
    happiness: 2 + 3 * random() + 65 * smiling,
    surprise: faint(2),
    anger: faint(1.5),
    disgust: faint(0.6),
    fear: faint(0.4),
    sadness: faint(4),
  };
  const sum = EMOTIONS.reduce((total, emotion) => total + raw[emotion], 0);
  for (const emotion of EMOTIONS) raw[emotion] *= Math.min(1, 100 / sum);
  return { ...raw, neutral: Math.max(0, 100 - sum) };
};

const dwellSeconds = (random: Random, passersBy: boolean, smiling: number): number => {
  if (!passersBy) return clamp(skewed(random, 8, 0.9) * Math.exp(0.4 * smiling), 0.4, 600);
  return random() < 0.75 ? skewed(random, 1.5, 0.5) : Math.min(900, skewed(random, 40, 0.8));
};

/** One visitor; who smiles more stays a little longer. */
export const visitor = (
  random: Random,
  { faces = 1.5, warmth = 0, leisure = 0, passersBy = false }: Surroundings = {},
): SimulatedVisitor => {
  const readiness = readinessOf(random, warmth);
  const seconds = dwellSeconds(random, passersBy, readiness) * Math.exp(leisure);
  const samples = Math.max(2, Math.round(seconds * FPS));
  const spread = Math.sqrt((readiness * (1 - readiness) * FRAMES_OF_A_SPELL) / samples);
  const smiling = clamp(readiness + spread * normal(random), 0, 1);
  const mistaken = random() < 0.9 ? 0.02 : 0.3;
  const looked = random() < 0.4;
  const glances = looked ? 1 + Math.floor(-1.5 * Math.log(1 - random())) : 0;
  const attentionMs = looked ? 1000 * seconds * (0.1 + 0.5 * random()) : 0;
  const emotions = expressionsOf(random, smiling);
  const { happiness, anger, disgust, fear, sadness } = emotions;
  return {
    samples,
    smiles: smiling * samples,
    frames: samples / Math.max(1, faces + 0.4 * (faces - 1) * normal(random)),
    maleSamples: samples * (random() < 0.45 ? 1 - mistaken : mistaken),
    age: clamp(Math.round(38 + 13 * normal(random)), 10, 80),
    emotions,
    mood: 50 + (happiness - anger - disgust - fear - sadness) / 2,
    dwellMs: 1000 * seconds,
    attentionMs,
    glances,
    longestLookMs: glances === 0 ? 0 : attentionMs / Math.sqrt(glances),
  };
};

/** As many visitors as stand for all that could come: what samples are drawn from and the truth is taken of. */
export const population = (random: Random, size: number, surroundings: Surroundings = {}): SimulatedVisitor[] =>
  times(size, () => visitor(random, surroundings));
