import type { EmotionScores } from '../../contracts/emotion.js';
import type { FrameResult, TrackedFace } from '../../contracts/face.js';
import type { Role } from '../../contracts/role.js';

/** One invented person before one demo camera; times in epoch ms. */
export interface InventedVisit {
  readonly streamId: string;
  readonly role: Role;
  readonly trackId: string;
  readonly fromTs: number;
  readonly seconds: number;
  readonly age: number;
  readonly male: boolean;
  /** Happiness at rest, percent. */
  readonly rest: number;
  /** Smiles as [start, end) in ms after `fromTs`, and how far each rises, points. */
  readonly smiles: readonly { readonly fromMs: number; readonly toMs: number; readonly rise: number }[];
}

/** As the demo cameras are configured. */
export const DEMO_ANALYSED_FPS = 5;
const STEP_MS = 1000 / DEMO_ANALYSED_FPS;
/** A smile comes and goes within this time. */
const RAMP_MS = 500;
const SIZE = { width: 960, height: 540 } as const;

const smileAt = (visit: InventedVisit, ms: number): number =>
  visit.smiles.reduce((sum, { fromMs, toMs, rise }) => {
    const share = Math.min((ms - fromMs) / RAMP_MS, (toMs - ms) / RAMP_MS, 1);
    return sum + Math.max(0, share) * rise;
  }, 0);

const scoresOf = (happiness: number, unrest: number): EmotionScores => {
  const rest = 100 - happiness;
  const shares = { surprise: 0.06, anger: 0.03, disgust: 0.02, fear: 0.02, sadness: 0.09 };
  const others = Object.fromEntries(
    Object.entries(shares).map(([name, share]) => [name, rest * share * (1 + unrest)]),
  ) as Record<keyof typeof shares, number>;
  const neutral = rest - Object.values(others).reduce((sum, value) => sum + value, 0);
  return { happiness, ...others, neutral };
};

/** The frames of a visit as inference would give them: a face that moves, breathes and smiles; `random` in [0, 1). */
export function* framesOf(visit: InventedVisit, random: () => number): Generator<FrameResult> {
  const count = Math.round(visit.seconds * DEMO_ANALYSED_FPS);
  for (let index = 0; index < count; index += 1) {
    const ms = index * STEP_MS;
    const wobble = (random() - 0.5) * 6;
    const happiness = Math.min(98, Math.max(0.5, visit.rest + smileAt(visit, ms) + wobble));
    const emotions = scoresOf(happiness, (random() - 0.5) * 0.8);
    const yaw = 18 * Math.sin(index / 6 + visit.age) + (random() - 0.5) * 4;
    const pitch = (random() - 0.5) * 8;
    const face: TrackedFace = {
      trackId: visit.trackId,
      box: {
        x: 0.36 + 0.06 * Math.sin(index / 9) + random() * 0.006,
        y: 0.28 + 0.02 * Math.cos(index / 7) + random() * 0.006,
        width: 0.16 + random() * 0.004,
        height: 0.3 + random() * 0.006,
      },
      score: 0.95,
      sizePx: 150,
      emotions,
      smoothed: emotions,
      age: visit.age + (random() - 0.5) * 2,
      gender: visit.male ? 0.94 : 0.06,
      pose: { yaw, pitch, roll: (random() - 0.5) * 4 },
      attention: Math.abs(yaw) <= 15,
      quality: 0.8,
      rejected: null,
      zoneId: null,
      role: visit.role,
    };
    const ended = index === count - 1 ? [visit.trackId] : [];
    const ts = Math.round(visit.fromTs + ms);
    yield { streamId: visit.streamId, seq: index, ts, ...SIZE, faces: [face], endedTracks: ended, latencyMs: 40 };
  }
}
