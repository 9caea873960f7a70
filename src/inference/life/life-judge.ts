import type { Box } from '../../contracts/face.js';
import { FIRST_EYE_POINT } from './figure.js';
import { nonRigidMotion } from './non-rigid-motion.js';

/** What is known of a followed face: not enough yet, a person, or a picture of one. */
export type Life = 'unsure' | 'living' | 'still';

/** One look of the mesh at a face. */
export interface Look {
  readonly tsMs: number;
  readonly figure: Float32Array;
  readonly box: Box;
  /** Shorter side of the box, source pixels. */
  readonly sizePx: number;
}

/** Looks over less time than this do not make a face a picture, ms. */
export const WINDOW_MS = 6000;
/** Fewer looks than this are no evidence of stillness in a window, nor of life in the shorter one. */
const MIN_LOOKS = 6;
const MIN_LIFE_LOOKS = 4;
const LIFE_WINDOW_MS = 4000;
/** Motion of all points, and of eyelids and eyebrows alone, below which a window is still. Measured: docs/accuracy.md. */
export const STILL_ALL = 0.0115;
export const STILL_EYES = 0.007;
/** Motion that encoders and light do not make on a picture: of large faces, and of small ones, whose points flicker more. */
const LIFE_LARGE = 0.018;
const LIFE_SMALL = 0.027;
const LARGE_PX = 80;
/** What is known for a picture must move this many times as much, or noise would bring it back now and then. */
const BACK_TO_LIFE = 1.25;
/** Smaller faces flicker as much as people move: they are never judged. */
const MIN_SIZE_PX = 40;
/** A face that went this far in the window, in its own sizes, hangs on no wall. */
const WALKED = 0.35;
const GREW = 1.3;
/** A face that was seen to live must be still for this long to be a picture (the track has passed to a poster), ms. */
const STILL_AFTER_LIFE_MS = 60_000;
/** Whoever is not judged after this long counts as a person, ms. */
const UNSURE_MS = 6500;

/** Tells whether one followed face lives, from what its mesh does; keeps six seconds of it. */
export class LifeJudge {
  private looks: Look[] = [];
  private livedMs: number | null = null;
  private firstMs: number | null = null;
  private verdict: Life;

  /** `stillPlace`: a picture hung just here, so this face is taken for it until it lives. */
  constructor(stillPlace: boolean) {
    this.verdict = stillPlace ? 'still' : 'unsure';
  }

  /** What is known at `tsMs`. */
  at(tsMs: number): Life {
    this.firstMs ??= tsMs;
    if (this.verdict === 'unsure' && tsMs - this.firstMs >= UNSURE_MS) this.verdict = 'living';
    return this.verdict;
  }

  observe(look: Look): void {
    const { tsMs } = look;
    if (tsMs < (this.looks.at(-1)?.tsMs ?? tsMs)) this.looks = [];
    this.looks = [...this.looks.filter((old) => tsMs - old.tsMs <= WINDOW_MS), look];
    if (look.sizePx < MIN_SIZE_PX || this.lives(look)) {
      this.verdict = 'living';
      this.livedMs = tsMs;
    } else if (this.isStill(tsMs) && tsMs - (this.livedMs ?? -Infinity) >= STILL_AFTER_LIFE_MS) this.verdict = 'still';
  }

  private lives({ tsMs, box, sizePx }: Look): boolean {
    const [first] = this.looks;
    if (first === undefined) return false;
    const dx = box.x + box.width / 2 - first.box.x - first.box.width / 2;
    const dy = box.y + box.height / 2 - first.box.y - first.box.height / 2;
    const grew = box.height / first.box.height;
    if (Math.hypot(dx / box.width, dy / box.height) > WALKED || grew > GREW || grew < 1 / GREW) return true;
    const recent = this.looks.filter((look) => tsMs - look.tsMs <= LIFE_WINDOW_MS);
    if (recent.length < MIN_LIFE_LOOKS) return false;
    const enough = (sizePx >= LARGE_PX ? LIFE_LARGE : LIFE_SMALL) * (this.verdict === 'still' ? BACK_TO_LIFE : 1);
    return nonRigidMotion(recent.map(({ figure }) => figure)) > enough;
  }

  private isStill(tsMs: number): boolean {
    const { looks } = this;
    if (looks.length < MIN_LOOKS || tsMs - (looks[0]?.tsMs ?? tsMs) < WINDOW_MS - 1000) return false;
    const figures = looks.map(({ figure }) => figure);
    return nonRigidMotion(figures) < STILL_ALL && nonRigidMotion(figures, FIRST_EYE_POINT) < STILL_EYES;
  }
}
