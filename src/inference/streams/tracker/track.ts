import type { Box } from '../../../contracts/face.js';
import { centreDistance, iou } from './overlap.js';
import { DriftingAxis } from './drifting-axis.js';

/** Speeds are in face sizes per second: a face is about 0.2 m, a walker does 1.4 m/s. */
const MEASURED = 0.06;
const FIRST_SPEED = 3;
const SPEED = 1.6;
const SPEED_MEMORY_S = 1;
const LOG_SIZE_NOISE = { measured: 0.07, firstSpeed: 0.5, speed: 0.3, memoryS: 1 };
/** Squared Mahalanobis distance (position and size, 3 degrees of freedom) beyond which a pair is impossible: 99.9 %. */
const GATE = 16.3;
/** Farthest jump of a continued track, face sizes, whatever the motion model allows. */
const MAX_JUMP = 5;
/** After a gap the model has little to say: a stranger who appears nearby must not inherit the track. */
const MAX_JUMP_AFTER_GAP = 1.6;
const MAX_SIZE_RATIO = 2.2;

const sizeOf = (box: Box, aspect: number): number => Math.sqrt(box.width * aspect * box.height);

/** One followed face: where it is, where it will be, and how well a detection fits. */
export class Track {
  private readonly x: DriftingAxis;
  private readonly y: DriftingAxis;
  private readonly logSize: DriftingAxis;
  private shape: number;

  constructor(
    readonly id: string,
    public lastBox: Box,
    public lastSeenMs: number,
    private readonly aspect: number,
  ) {
    const size = sizeOf(lastBox, aspect);
    const noise = {
      measured: MEASURED * size,
      firstSpeed: FIRST_SPEED * size,
      speed: SPEED * size,
      memoryS: SPEED_MEMORY_S,
    };
    this.x = new DriftingAxis((lastBox.x + lastBox.width / 2) * aspect, noise);
    this.y = new DriftingAxis(lastBox.y + lastBox.height / 2, noise);
    this.logSize = new DriftingAxis(Math.log(size), LOG_SIZE_NOISE);
    this.shape = (lastBox.width * aspect) / lastBox.height;
  }

  advance(seconds: number): void {
    this.x.advance(seconds);
    this.y.advance(seconds);
    this.logSize.advance(seconds);
  }

  /** The box expected in so many seconds, fractions of the frame. */
  ahead(seconds: number): Box {
    const size = Math.exp(this.logSize.ahead(seconds));
    const width = (size * Math.sqrt(this.shape)) / this.aspect;
    const height = size / Math.sqrt(this.shape);
    return { x: this.x.ahead(seconds) / this.aspect - width / 2, y: this.y.ahead(seconds) - height / 2, width, height };
  }

  /** Cost of continuing with this box: 0 for a perfect fit, `Infinity` when it cannot be the same face. */
  cost(box: Box, afterGap: boolean): number {
    const size = sizeOf(box, this.aspect);
    const ratio = size / sizeOf(this.lastBox, this.aspect);
    if (ratio > MAX_SIZE_RATIO || ratio < 1 / MAX_SIZE_RATIO) return Infinity;
    const predicted = this.ahead(0);
    const jump = Math.min(centreDistance(predicted, box, this.aspect), centreDistance(this.lastBox, box, this.aspect));
    if (jump > (afterGap ? MAX_JUMP_AFTER_GAP : MAX_JUMP)) return Infinity;
    const dx = ((box.x + box.width / 2) * this.aspect - this.x.position) / this.x.spread;
    const dy = (box.y + box.height / 2 - this.y.position) / this.y.spread;
    const ds = (Math.log(size) - this.logSize.position) / this.logSize.spread;
    const overlap = Math.max(iou(predicted, box), iou(this.lastBox, box));
    if (overlap < 0.1 && dx * dx + dy * dy + ds * ds > GATE) return Infinity;
    return 1 - overlap + 0.5 * jump + 0.3 * Math.abs(Math.log(ratio));
  }

  correct(box: Box, seenMs: number, afterGap: boolean): void {
    const x = (box.x + box.width / 2) * this.aspect;
    const y = box.y + box.height / 2;
    const logSize = Math.log(sizeOf(box, this.aspect));
    if (afterGap) {
      const gapS = Math.max(0.001, (seenMs - this.lastSeenMs) / 1000);
      this.x.restart(x, (x - (this.lastBox.x + this.lastBox.width / 2) * this.aspect) / gapS);
      this.y.restart(y, (y - this.lastBox.y - this.lastBox.height / 2) / gapS);
      this.logSize.restart(logSize, 0);
    } else {
      this.x.correct(x);
      this.y.correct(y);
      this.logSize.correct(logSize);
    }
    this.shape += 0.3 * ((box.width * this.aspect) / box.height - this.shape);
    this.lastBox = box;
    this.lastSeenMs = seenMs;
  }
}
