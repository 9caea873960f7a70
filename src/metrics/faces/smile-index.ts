import type { SmileReading } from '../../contracts/me1.js';

/** Sums behind a Smile-Index of any stream, zone, role and period. */
export interface SmileSums {
  /** Samples with Happiness ≥ T: the absolute level of happiness. */
  readonly absolute: number;
  readonly framesWithFaces: number;
  readonly happinessSum: number;
  readonly samples: number;
  readonly visitors: number;
  readonly smilingVisitors: number;
}

/** Does this Happiness (percent) count towards the absolute level at threshold T? */
export const isSmile = (happiness: number, threshold: number): boolean => happiness >= threshold;

/** Did a visitor smile: at least a quarter of the samples of the visit at T or above? */
export const hasSmiled = (smiles: number, samples: number): boolean => samples > 0 && 4 * smiles >= samples;

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The Smile-Index by one reading; null where undefined. */
export const smileIndex = (sums: SmileSums, reading: SmileReading, threshold: number): number | null => {
  switch (reading) {
    case 'face':
      return ratio(sums.absolute, sums.samples);
    case 'person':
      return ratio(sums.smilingVisitors, sums.visitors);
    case 'frame':
      return ratio(sums.absolute, sums.framesWithFaces);
    case 'level':
      return ratio(sums.happinessSum, sums.samples * threshold);
  }
};

/** Percent of analysed frames with at least one recognised face; null without frames. */
export const utilizationPercent = (framesWithFaces: number, analysedFrames: number): number | null =>
  analysedFrames === 0 ? null : (100 * framesWithFaces) / analysedFrames;
