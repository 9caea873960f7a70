/** Sums behind a Smile-Index of any stream, zone, role and period. */
export interface SmileSums {
  /** Samples with Happiness ≥ T: the absolute level of happiness. */
  readonly absolute: number;
  readonly framesWithFaces: number;
  readonly happinessSum: number;
  readonly samples: number;
}

/** Does this Happiness (percent) count towards the absolute level at threshold T? */
export const isSmile = (happiness: number, threshold: number): boolean => happiness >= threshold;

/** `share`: absolute level ÷ frames with recognised faces. `level`: mean Happiness ÷ T, uncapped. null where undefined. */
export const smileIndex = (sums: SmileSums, mode: 'share' | 'level', threshold: number): number | null => {
  if (mode === 'share') return sums.framesWithFaces === 0 ? null : sums.absolute / sums.framesWithFaces;
  return sums.samples === 0 || threshold === 0 ? null : sums.happinessSum / sums.samples / threshold;
};

/** Percent of analysed frames with at least one recognised face; null without frames. */
export const utilizationPercent = (framesWithFaces: number, analysedFrames: number): number | null =>
  analysedFrames === 0 ? null : (100 * framesWithFaces) / analysedFrames;
