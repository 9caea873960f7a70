import type { Emotion, EmotionScores } from './emotion.js';

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

/** Sums over frames and samples from which a window's figures are made; those of parts add up to those of the whole. */
export interface WindowSums {
  readonly frames: number;
  readonly framesWithFaces: number;
  readonly samples: number;
  /** Samples with Happiness ≥ T. */
  readonly absolute: number;
  readonly moodSum: number;
  /** Samples with gender ≥ 0.5, and with a determined gender. */
  readonly male: number;
  readonly gendered: number;
  /** Σ age in years, and samples with a determined age. */
  readonly ageSum: number;
  readonly aged: number;
  readonly emotionSums: Readonly<Record<Emotion, number>>;
}

/** A smile that the terminal thanks for: Happiness, percent, and how long it must last, ms. */
export const HELD_SMILE = { level: 40, ms: 500 } as const;

/** What one second of one visit added. */
export interface VisitSecond {
  readonly trackId: string;
  /** Epoch seconds UTC. */
  readonly second: number;
  readonly samples: number;
  /** Samples with Happiness ≥ T. */
  readonly smiles: number;
}

/** What a stream's live figures go on from, of the faces of one role, as it was stored before its first frame. */
export interface PastWindows {
  readonly day: WindowSums & { readonly visitors: number; readonly smiling: number };
  /** The last quarter of an hour by epoch second; seconds without frames are left out. */
  readonly seconds: readonly { readonly second: number; readonly sums: WindowSums }[];
  readonly visits: readonly VisitSecond[];
  /** When a smile of each track was first held, epoch ms, ascending; of the local day. */
  readonly heldSmiles: readonly number[];
}
