import type { EmotionScores } from './emotion.js';

export const WINDOWS = ['10s', '1m', '15m', 'today'] as const;
export type WindowName = (typeof WINDOWS)[number];

/** [fromTs, toTs), epoch ms UTC. */
export interface Span {
  readonly fromTs: number;
  readonly toTs: number;
}

/** The rolling figures of one stream over one window (docs/metrics.md). */
export interface WindowMetrics {
  /** Reading `face`: absolute ÷ samples, 0–1; null without samples. */
  readonly smileIndex: number | null;
  /** Reading `person`, 0–1: visitors with at least a quarter of their samples in the window ≥ T ÷ visitors; null without one. */
  readonly smilingPersons: number | null;
  /** Samples with Happiness ≥ T. */
  readonly absolute: number;
  readonly frames: number;
  readonly framesWithFaces: number;
  /** Percent of frames with a recognised face; null without frames. */
  readonly utilizationPercent: number | null;
  readonly samples: number;
  /** Means over samples, percent; null without samples. */
  readonly emotions: EmotionScores | null;
  readonly mood: number | null;
  /** Distinct tracks seen. */
  readonly visitors: number;
  readonly malePercent: number | null;
  readonly meanAgeYears: number | null;
  /**
   * For those who may not see faces a window is no sliding one: the period of the whole intervals that it is made of, null
   * while there is none. Absent from sliding windows.
   */
  readonly covered?: Span | null;
}

export type StreamWindows = Readonly<Record<WindowName, WindowMetrics>>;

/** A window in which nothing was measured. */
export const EMPTY_WINDOW: WindowMetrics = {
  smileIndex: null,
  smilingPersons: null,
  absolute: 0,
  frames: 0,
  framesWithFaces: 0,
  utilizationPercent: null,
  samples: 0,
  emotions: null,
  mood: null,
  visitors: 0,
  malePercent: null,
  meanAgeYears: null,
};
