import type { Sample } from '../../contracts/sample.js';
import { recognisedFaces, type SampledFrame } from '../../metrics/faces/sample.js';

const lineOf = (file: string, frame: SampledFrame, tMs: number, sample: Sample, score: number | undefined) => ({
  ...{ file, tMs, trackId: sample.trackId },
  box: [
    sample.box.x * frame.width,
    sample.box.y * frame.height,
    sample.box.width * frame.width,
    sample.box.height * frame.height,
  ],
  score,
  emotions: sample.emotions,
  rawEmotions: sample.rawEmotions,
  mood: sample.mood,
  age: sample.age,
  gender: sample.gender,
  pose: sample.pose,
});

/** One JSON line per recognised face of a frame; boxes in pixels [x, y, width, height], time in ms from the start. */
export const sampleLines = (file: string, frame: SampledFrame, startTs: number): string => {
  // Samples come in the order of the recognised faces.
  const scores = recognisedFaces(frame).map(({ score }) => score);
  return frame.samples
    .map((sample, at) => `${JSON.stringify(lineOf(file, frame, frame.ts - startTs, sample, scores[at]))}\n`)
    .join('');
};
