/** Fewest visitors of either window for an arrow, as for a verdict. */
const FEWEST = 10;
/** Student's 97.5 % quantile for ten visitors and the two added ones; nearly as much for more. */
const STUDENT = 2.2;
/** Mood of who smiles half the time, and of who is displeased as much: between these almost everybody lies. */
const MOOD_ENDS = [25, 75] as const;

/** What of a window's figures is looked at. */
export interface Figures {
  readonly smileIndex: number | null;
  /** Visitors who smiled ÷ visitors. */
  readonly smilingPersons: number | null;
  readonly mood: number | null;
  readonly visitors: number;
  readonly utilizationPercent: number | null;
  readonly frames: number;
}

interface Side {
  readonly value: number;
  readonly visitors: number;
}

/** Mean and its variance with a visitor added at each end; visitors scatter as much as the mean allows within the ends. */
const spreadOf = ({ value, visitors }: Side, [low, high]: readonly [number, number]) => {
  const count = visitors + 2;
  const mean = (value * visitors + low + high) / count;
  return { mean, variance: ((mean - low) * (high - mean)) / count };
};

/** +1 or −1 where two means differ by more than chance makes of as many visitors, else 0. */
export const changeOf = (present: Side, base: Side, ends: readonly [number, number]): -1 | 0 | 1 => {
  if (Math.min(present.visitors, base.visitors) < FEWEST) return 0;
  const [a, b] = [spreadOf(present, ends), spreadOf(base, ends)];
  return beyond(a.mean - b.mean, a.variance + b.variance);
};

const beyond = (difference: number, variance: number): -1 | 0 | 1 => {
  if (Math.abs(difference) <= STUDENT * Math.sqrt(variance)) return 0;
  return difference > 0 ? 1 : -1;
};

/** Directions of the figures of a window against the longer one, which holds it; 0: within the noise. */
export interface Changes {
  readonly smile: -1 | 0 | 1;
  readonly mood: -1 | 0 | 1;
  readonly visitors: -1 | 0 | 1;
  readonly utilization: -1 | 0 | 1;
}

const NONE: Changes = { smile: 0, mood: 0, visitors: 0, utilization: 0 };

/**
 * Which figures have changed by more than noise. Smile-Index is judged by the visitors who smiled: one who stays long is
 * one. The windows overlap, so that the limit is rather too wide than too narrow.
 */
export const changesOf = (present: Figures | null, base: Figures | null): Changes => {
  if (present === null || base === null || base.frames === 0) return NONE;
  const side = ({ visitors }: Figures, value: number | null): Side => ({
    value: value ?? 0,
    visitors: value === null ? 0 : visitors,
  });
  const change = (of: (window: Figures) => number | null, ends: readonly [number, number]) =>
    changeOf(side(present, of(present)), side(base, of(base)), ends);
  const part = present.frames / base.frames;
  const expected = base.visitors * part;
  return {
    smile: change(({ smilingPersons }) => smilingPersons, [0, 1]),
    mood: change(({ mood }) => mood, MOOD_ENDS),
    // Counts of people who come by themselves scatter by their root.
    visitors: beyond(present.visitors - expected, present.visitors + expected * part + 1),
    utilization: change(({ utilizationPercent }) => utilizationPercent, [0, 100]),
  };
};

/**
 * Whether smiling has fallen under a level: Smile-Index by samples, which is what the page shows, and the share of visitors
 * who smiled, so that one who stands there for long raises no alarm.
 */
export const isUnderLevel = ({ smileIndex, smilingPersons }: Figures, level: number): boolean =>
  smileIndex !== null && smileIndex < level && smilingPersons !== null && smilingPersons < level;
