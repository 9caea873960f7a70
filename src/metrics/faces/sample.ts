import type { EmotionScores } from '../../contracts/emotion.js';
import type { FrameResult, TrackedFace } from '../../contracts/face.js';
import type { Role } from '../../contracts/role.js';
import type { Sample } from '../../contracts/sample.js';

/** Mood = 50 + (happiness − (anger + disgust + fear + sadness)) ÷ 2: 0–100, 50 is neutral. */
export const moodOf = (e: EmotionScores): number => 50 + (e.happiness - (e.anger + e.disgust + e.fear + e.sadness)) / 2;

/** Faces that passed the quality gate. */
export const recognisedFaces = (result: FrameResult): TrackedFace[] =>
  result.faces.filter((face) => face.rejected === null);

/** An analysed frame with the samples of its recognised faces, derived once and passed on with it. */
export interface SampledFrame extends FrameResult {
  readonly samples: readonly Sample[];
}

/** The frame with its samples. */
export const sampled = (result: FrameResult): SampledFrame => ({ ...result, samples: samplesOf(result) });

/** The frame with its faces judged otherwise, in the same order; its samples are derived anew only where that changes who is recognised. */
export const rejudged = (frame: SampledFrame, faces: readonly TrackedFace[]): SampledFrame => {
  const same = frame.faces.every(({ rejected }, at) => (rejected === null) === (faces[at]?.rejected === null));
  return same ? { ...frame, faces } : sampled({ ...frame, faces });
};

/** One sample per recognised face of the frame. */
export const samplesOf = (result: FrameResult): Sample[] => {
  const faces = recognisedFaces(result);
  const perRole = new Map<Role, number>();
  for (const { role } of faces) perRole.set(role, (perRole.get(role) ?? 0) + 1);
  return faces.map((face) => ({
    ts: result.ts,
    streamId: result.streamId,
    zoneId: face.zoneId,
    role: face.role,
    trackId: face.trackId,
    emotions: face.smoothed,
    rawEmotions: face.emotions,
    ...(face.talking === true && { talking: true }),
    mood: moodOf(face.smoothed),
    age: face.age,
    gender: face.gender,
    pose: face.pose,
    attention: face.attention,
    box: face.box,
    sizePx: face.sizePx,
    quality: face.quality,
    facesInFrame: perRole.get(face.role) ?? 1,
  }));
};
