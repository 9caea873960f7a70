import { EMOTIONS } from '../../../contracts/emotion.js';
import type { Sample } from '../../../contracts/sample.js';
import type { WindowMetrics, WindowSums } from '../../../contracts/window.js';
import { meanEmotions, noEmotions, type EmotionSums } from '../emotion-sums.js';
import { ADDS } from '../sample-sums.js';
import { smileIndex, utilizationPercent } from '../smile-index.js';

type Growing<Sums> = { -readonly [Key in keyof Sums]: Sums[Key] };

/** Sums of a stretch of time that grow in place. */
export type WindowTotals = Growing<Omit<WindowSums, 'emotionSums'>> & { readonly emotionSums: EmotionSums };

export const emptyTotals = (): WindowTotals => ({
  frames: 0,
  framesWithFaces: 0,
  samples: 0,
  absolute: 0,
  moodSum: 0,
  male: 0,
  gendered: 0,
  ageSum: 0,
  aged: 0,
  emotionSums: noEmotions(),
});

const COUNTED = ['samples', 'absolute', 'male', 'gendered', 'aged', 'ageSum'] as const;

/** Counts one analysed frame with the samples that belong to the window. */
export const addFrame = (totals: WindowTotals, samples: readonly Sample[], threshold: number): void => {
  totals.frames += 1;
  if (samples.length > 0) totals.framesWithFaces += 1;
  for (const sample of samples) {
    for (const name of COUNTED) totals[name] += ADDS[name](sample, threshold);
    for (const emotion of EMOTIONS) totals.emotionSums[emotion] += ADDS[emotion](sample, threshold);
    totals.moodSum += ADDS.mood(sample, threshold);
  }
};

/** Adds `more` to `totals` in place. */
export const mergeInto = (totals: WindowTotals, more: WindowSums): void => {
  totals.frames += more.frames;
  totals.framesWithFaces += more.framesWithFaces;
  totals.samples += more.samples;
  totals.absolute += more.absolute;
  totals.moodSum += more.moodSum;
  totals.male += more.male;
  totals.gendered += more.gendered;
  totals.ageSum += more.ageSum;
  totals.aged += more.aged;
  for (const emotion of EMOTIONS) totals.emotionSums[emotion] += more.emotionSums[emotion];
};

/** Visitors of a window, and those of them who smiled in it. */
export interface VisitCounts {
  readonly visitors: number;
  readonly smiling: number;
}

/** The figures of a window from its sums. */
export const metricsOf = (totals: WindowSums, { visitors, smiling }: VisitCounts): WindowMetrics => {
  const { samples, emotionSums, frames, framesWithFaces, absolute } = totals;
  const happinessSum = emotionSums.happiness;
  const sums = { absolute, framesWithFaces, samples, happinessSum, visitors, smilingVisitors: smiling };
  return {
    smileIndex: smileIndex(sums, 'face', 0),
    smilingPersons: smileIndex(sums, 'person', 0),
    absolute,
    frames,
    framesWithFaces,
    utilizationPercent: utilizationPercent(framesWithFaces, frames),
    samples,
    emotions: samples === 0 ? null : meanEmotions(emotionSums, samples),
    mood: samples === 0 ? null : totals.moodSum / samples,
    visitors,
    malePercent: totals.gendered === 0 ? null : (100 * totals.male) / totals.gendered,
    meanAgeYears: totals.aged === 0 ? null : totals.ageSum / totals.aged,
  };
};
