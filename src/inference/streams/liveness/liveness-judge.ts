import type { Box } from '../../../contracts/face.js';
import { FIRST_EYE_POINT } from '../../describe/shape/mobile-points.js';
import { nonRigidMotion } from './non-rigid-motion.js';

/** What is known of a followed face: not enough yet, a person, or a picture of one. */
export type Liveness = 'unsure' | 'living' | 'still';

/** One look of the mesh at a face. */
export interface Look {
  readonly tsMs: number;
  readonly mobilePoints: Float32Array;
  readonly box: Box;
  /** Shorter side of the box, source pixels. */
  readonly sizePx: number;
}

/** Stillness is measured over this long, ms. */
export const WINDOW_MS = 6000;
/** Fewer looks than this are no evidence of stillness in a window, nor of life in the shorter one. */
const MIN_LOOKS = 6;
const MIN_LIFE_LOOKS = 4;
const LIFE_WINDOW_MS = 4000;
/** Motion of all points, and of eyelids and eyebrows alone, at level 1 of stillness. Measured: docs/accuracy.md. */
export const STILL_ALL = 0.0115;
export const STILL_EYES = 0.007;

/** All windows below a level for this long make a picture. */
export interface StillStep {
  /** Motion as a share of that at level 1. */
  readonly level: number;
  readonly forMs: number;
}

/**
 * The less a face moves the sooner it is a picture: people sit quietly for seconds, posters hang for hours. The first is
 * for faces that are still unsure. Chosen by the table in docs/accuracy.md.
 */
export const STILL_STEPS: readonly StillStep[] = [
  { level: 0.7, forMs: WINDOW_MS },
  { level: 0.85, forMs: 60_000 },
  { level: 1.1, forMs: 180_000 },
];
/** A face that was seen to live must be still for this long to be a picture (the track has passed to a poster), ms. */
const STILL_AFTER_LIFE_MS = 60_000;
/** A window is not longer than its looks reach; they come up to a second apart, ms. */
const SLACK_MS = 1000;
/** Level at which a picture has turned out to be a person. */
const BACK_LEVEL = 1.25;
/** Motion that encoders and light do not make on a picture: of large faces, and of small ones, whose points flicker more. */
const LIFE_LARGE = 0.018;
const LIFE_SMALL = 0.027;
const LARGE_PX = 80;
/** Smaller faces flicker as much as people move: they are never judged. */
const MIN_SIZE_PX = 40;
/** A face that went this far in the window, in its own sizes, hangs on no wall. */
const WALKED = 0.35;
const GREW = 1.3;
/** A face that is not judged after this long counts as a person, ms. */
const UNSURE_MS = 6500;
/** A face of which something is known is measured this often, ms. */
const MEASURE_EVERY_MS = 1000;

/** Tells whether one followed face lives, from what its mesh does; keeps six seconds of it. */
export class LivenessJudge {
  private looks: Look[] = [];
  private firstMs: number | null = null;
  private measuredMs = -Infinity;
  private hasLived = false;
  /** For each step since when every window was below its level; null: the last was not. */
  private stillSince: (number | null)[] = [];
  private verdict: Liveness;

  /** `stillPlace`: a picture hung just here, so this face is taken for it until it lives. */
  constructor(
    stillPlace: boolean,
    private readonly steps: readonly StillStep[] = STILL_STEPS,
  ) {
    this.verdict = stillPlace ? 'still' : 'unsure';
  }

  /** What is known at `tsMs`. */
  at(tsMs: number): Liveness {
    this.firstMs ??= tsMs;
    if (this.verdict === 'unsure' && tsMs - this.firstMs >= UNSURE_MS) this.verdict = 'living';
    return this.verdict;
  }

  observe(look: Look): void {
    const { tsMs } = look;
    if (tsMs < (this.looks.at(-1)?.tsMs ?? tsMs)) {
      this.looks = [];
      this.stillSince = [];
      this.measuredMs = -Infinity;
    }
    this.looks = [...this.looks.filter((old) => tsMs - old.tsMs <= WINDOW_MS), look];
    if (look.sizePx < MIN_SIZE_PX || this.hasGone(look)) {
      this.lives();
      return;
    }
    if (this.verdict !== 'unsure' && tsMs - this.measuredMs < MEASURE_EVERY_MS) return;
    this.measuredMs = tsMs;
    if (this.moves(look)) this.lives();
    else this.measureStillness(tsMs);
  }

  private lives(): void {
    this.verdict = 'living';
    this.hasLived = true;
    this.stillSince = [];
  }

  private hasGone({ box }: Look): boolean {
    const [first] = this.looks;
    if (first === undefined) return false;
    const dx = box.x + box.width / 2 - first.box.x - first.box.width / 2;
    const dy = box.y + box.height / 2 - first.box.y - first.box.height / 2;
    const grew = box.height / first.box.height;
    return Math.hypot(dx / box.width, dy / box.height) > WALKED || grew > GREW || grew < 1 / GREW;
  }

  private moves({ tsMs, sizePx }: Look): boolean {
    const recent = this.looks.filter((look) => tsMs - look.tsMs <= LIFE_WINDOW_MS);
    if (recent.length < MIN_LIFE_LOOKS) return false;
    return (
      nonRigidMotion(recent.map(({ mobilePoints }) => mobilePoints)) > (sizePx >= LARGE_PX ? LIFE_LARGE : LIFE_SMALL)
    );
  }

  private measureStillness(tsMs: number): void {
    const fromMs = this.looks[0]?.tsMs ?? tsMs;
    if (this.looks.length < MIN_LOOKS || tsMs - fromMs < WINDOW_MS - SLACK_MS) return;
    const level = motionLevel(this.looks);
    if (this.verdict === 'still' && level > BACK_LEVEL) this.verdict = 'living';
    this.stillSince = this.steps.map((step, at) => (level < step.level ? (this.stillSince[at] ?? fromMs) : null));
    const isStill = this.steps.some(({ forMs }, at) => {
      const since = this.stillSince[at] ?? null;
      if (since === null || tsMs - since < forMs - SLACK_MS) return false;
      return this.hasLived ? forMs >= STILL_AFTER_LIFE_MS : forMs > WINDOW_MS || this.verdict === 'unsure';
    });
    if (isStill) this.verdict = 'still';
  }
}

/** Motion of the looks as a share of that at level 1. */
export const motionLevel = (looks: readonly Look[]): number => {
  const figures = looks.map(({ mobilePoints }) => mobilePoints);
  return Math.max(nonRigidMotion(figures) / STILL_ALL, nonRigidMotion(figures, FIRST_EYE_POINT) / STILL_EYES);
};
