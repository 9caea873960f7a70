import type { FrameResult, TrackedFace } from '../../contracts/face.js';
import { moodOf, recognisedFaces } from '../../metrics/sample.js';

const lineOf = (file: string, result: FrameResult, startTs: number, face: TrackedFace) => ({
  file,
  tMs: result.ts - startTs,
  trackId: face.trackId,
  box: [
    face.box.x * result.width,
    face.box.y * result.height,
    face.box.width * result.width,
    face.box.height * result.height,
  ],
  score: face.score,
  emotions: face.smoothed,
  rawEmotions: face.emotions,
  mood: moodOf(face.smoothed),
  age: face.age,
  gender: face.gender,
  pose: face.pose,
});

/** One JSON line per recognised face of a frame; boxes in pixels [x, y, width, height], time in ms from the start. */
export const sampleLines = (file: string, result: FrameResult, startTs: number): string =>
  recognisedFaces(result)
    .map((face) => `${JSON.stringify(lineOf(file, result, startTs, face))}\n`)
    .join('');
