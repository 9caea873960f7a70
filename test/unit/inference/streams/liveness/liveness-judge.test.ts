import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../src/contracts/face.js';
import { StreamLiveness } from '../../../../../src/inference/streams/liveness/stream-liveness.js';
import { mobilePointsOf, FIRST_EYE_POINT } from '../../../../../src/inference/describe/shape/mobile-points.js';
import { LivenessJudge } from '../../../../../src/inference/streams/liveness/liveness-judge.js';
import { nonRigidMotion } from '../../../../../src/inference/streams/liveness/non-rigid-motion.js';
import { seededRandom } from '../../../../../src/metrics/statistics/random.js';

const SEED = 11;
const box: Box = { x: 0.4, y: 0.3, width: 0.1, height: 0.15 };
const POINTS = mobilePointsOf(new Float32Array(1404)).length / 2;
/** A figure about as wide as a face on the mesh's input. */
const plain = Float32Array.from({ length: 2 * POINTS }, (_, i) => 96 + 40 * Math.sin(1 + 1.7 * i));

interface Motion {
  readonly noise?: number;
  readonly lips?: number;
  readonly turn?: number;
}

const figures = (count: number, { noise = 0.15, lips = 0, turn = 0 }: Motion, seed = SEED): Float32Array[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const angle = turn * Math.sin(n);
    return plain.map((value, i) => {
      const [x, y] = [plain[i - (i % 2)] as number, plain[i - (i % 2) + 1] as number];
      const turned =
        i % 2 === 0 ? x * Math.cos(angle) - y * Math.sin(angle) : x * Math.sin(angle) + y * Math.cos(angle);
      const spoken = i % 4 === 1 && i / 2 < FIRST_EYE_POINT ? lips * Math.sin(2.1 * n) : 0;
      return (turn === 0 ? value : turned) + spoken + noise * (2 * random() - 1);
    });
  });
};

/** The verdicts over looks half a second apart. */
const watched = (judge: LivenessJudge, seen: readonly Float32Array[], sizePx = 100, fromMs = 0): string[] =>
  seen.map((mobilePoints, n) => {
    const tsMs = fromMs + 500 * n;
    judge.observe({ tsMs, mobilePoints, box, sizePx });
    return judge.at(tsMs);
  });

describe('the motion of a face in itself', () => {
  it('is not the turn of a picture', () => {
    expect(nonRigidMotion(figures(10, { noise: 0, turn: 0.1 }))).toBeLessThan(1e-6);
    expect(nonRigidMotion(figures(10, { noise: 0, lips: 4 }))).toBeGreaterThan(0.02);
    expect(nonRigidMotion(figures(1, {}))).toBe(0);
  });
});

describe('a judge of life', () => {
  it('takes a picture for one within seven seconds, turned and flickering as it may be', () => {
    const said = watched(new LivenessJudge(false), figures(14, { turn: 0.05 }));
    expect(said[4]).toBe('unsure');
    expect(said.at(-1)).toBe('still');
  });

  it('the more a face flickers the longer it counts as a person: a minute, three, or for good', () => {
    const firstStill = (noise: number): number => {
      const at = watched(new LivenessJudge(false), figures(500, { noise }), 100).indexOf('still');
      return at === -1 ? Infinity : at / 2;
    };
    expect(firstStill(0.2)).toBeLessThan(7);
    expect(firstStill(0.28)).toBeGreaterThan(50);
    expect(firstStill(0.28)).toBeLessThan(70);
    expect(firstStill(0.37)).toBeGreaterThan(150);
    expect(firstStill(0.37)).toBeLessThan(190);
    expect(firstStill(0.5)).toBe(Infinity);
  });

  it('one movement begins the wait anew, and brings back whom it took for a picture', () => {
    const judge = new LivenessJudge(false);
    const quiet = (count: number, fromMs: number) => watched(judge, figures(count, { noise: 0.28 }), 100, fromMs);
    expect(quiet(80, 0)).not.toContain('still');
    watched(judge, figures(8, { lips: 4 }), 100, 40_000);
    expect(quiet(80, 44_000)).not.toContain('still');
    expect(quiet(60, 84_000).at(-1)).toBe('still');
    // Less than would be seen within seconds.
    expect(watched(judge, figures(20, { noise: 0.28, lips: 2.2 }), 100, 114_000).at(-1)).toBe('living');
  });

  it('sees who talks within two seconds', () => {
    expect(watched(new LivenessJudge(false), figures(6, { lips: 4 }))[4]).toBe('living');
  });

  it('keeps whom it cannot tell: faces that flicker, small ones, and those seen too seldom', () => {
    expect(watched(new LivenessJudge(false), figures(60, { noise: 0.9 })).at(-1)).toBe('living');
    expect(watched(new LivenessJudge(false), figures(60, {}), 30).at(-1)).toBe('living');
    const judge = new LivenessJudge(false);
    const seldom = figures(20, {}).map((mobilePoints, n) => {
      judge.observe({ tsMs: 3000 * n, mobilePoints, box, sizePx: 100 });
      return judge.at(3000 * n);
    });
    expect(seldom.at(-1)).toBe('living');
  });

  it('keeps whoever moves from the place, still as the face may be', () => {
    const judge = new LivenessJudge(false);
    const said = figures(14, {}).map((mobilePoints, n) => {
      judge.observe({ tsMs: 500 * n, mobilePoints, box: { ...box, x: 0.2 + 0.02 * n }, sizePx: 100 });
      return judge.at(500 * n);
    });
    expect(said[3]).toBe('living');
    expect(said.at(-1)).toBe('living');
  });

  it('believes a minute, not six seconds, of whoever was seen to live', () => {
    const judge = new LivenessJudge(false);
    watched(judge, figures(8, { lips: 4 }));
    const quiet = watched(judge, figures(150, {}), 100, 4000);
    expect(quiet[60]).toBe('living');
    expect(quiet.at(-1)).toBe('still');
  });
});

describe('the faces of a stream', () => {
  const seenBy = (lives: StreamLiveness, trackId: string, seen: readonly Float32Array[], fromMs: number, at = box) =>
    seen.map((mobilePoints, n) => lives.judge({ trackId, tsMs: fromMs + 500 * n, box: at, sizePx: 100, mobilePoints }));

  it('a poster found again is still at once; a person at its place counts when alive', () => {
    const lives = new StreamLiveness();
    expect(seenBy(lives, 'poster', figures(14, {}), 0).at(-1)).toBe('still');
    lives.forget('poster');
    expect(seenBy(lives, 'again', figures(2, {}, 12), 20_000)).toEqual(['still', 'still']);
    expect(seenBy(lives, 'person', figures(8, { lips: 4 }), 30_000).at(-1)).toBe('living');
    expect(seenBy(lives, 'beside', figures(1, {}), 40_000, { ...box, x: 0.7 })).toEqual(['unsure']);
  });
});
