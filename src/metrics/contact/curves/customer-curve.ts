import { median } from '../../statistics/quantile.js';
import { firstAtOrAfter, usualStep } from './curve.js';

/** The customer's three curves in one analysed frame, percent; nulls where the face was not measured. */
export interface CustomerFrame {
  readonly ts: number;
  readonly green: number | null;
  readonly blue: number | null;
  readonly red: number | null;
}

/** The three curves where they are known. */
export interface CurveValues {
  readonly ts: number;
  readonly green: number;
  readonly blue: number;
  readonly red: number;
}

/** A camera slower than the times asked for is read over so many of its frames. */
const LEAST_FRAMES = 3;

const isMeasured = (frame: CustomerFrame): frame is CurveValues =>
  frame.green !== null && frame.blue !== null && frame.red !== null;

/** How far green lies under blue or red, points; negative above both. */
export const displeasureOf = ({ green, blue, red }: CurveValues): number => Math.max(blue, red) - green;

/** Does green lie above blue and red here? */
export const greenOnTop = (values: CurveValues): boolean => displeasureOf(values) < 0;

/**
 * One customer's curves over a contact, raw and smoothed by a running median that never rests on a single frame: where
 * the camera is slow, the median spans the frame before and the one after.
 */
export class CustomerCurve {
  readonly measured: readonly CurveValues[];
  /** Usual time between two frames, ms; 0 for fewer than two. */
  readonly stepMs: number;
  private smoothedValues: readonly CurveValues[] | null = null;

  constructor(
    private readonly frames: readonly CustomerFrame[],
    private readonly medianMs: number,
  ) {
    this.measured = frames.filter(isMeasured);
    this.stepMs = Math.max(0, usualStep(frames) ?? 0);
  }

  /** The running median at the time of each measured frame. */
  get smoothed(): readonly CurveValues[] {
    this.smoothedValues ??= this.smooth();
    return this.smoothedValues;
  }

  /** Measured frames in [fromTs, toTs). */
  within(fromTs: number, toTs: number): readonly CurveValues[] {
    return this.measured.slice(firstAtOrAfter(this.measured, fromTs), firstAtOrAfter(this.measured, toTs));
  }

  /** Share (0–1) of the frames in [fromTs, toTs) that were measured; frames that a stalled camera owes count, too. */
  measuredShare(fromTs: number, toTs: number): number {
    const frames = firstAtOrAfter(this.frames, toTs) - firstAtOrAfter(this.frames, fromTs);
    const owed = this.stepMs === 0 ? 0 : Math.floor((toTs - fromTs) / this.stepMs);
    return this.within(fromTs, toTs).length / Math.max(1, frames, owed);
  }

  /** `lengthMs`, or the time of three frames where that is longer. */
  atLeastFrames(lengthMs: number): number {
    return Math.max(lengthMs, LEAST_FRAMES * this.stepMs);
  }

  private smooth(): readonly CurveValues[] {
    const { measured } = this;
    const half = this.atLeastFrames(this.medianMs) / 2;
    let from = 0;
    let to = 0;
    return measured.flatMap(({ ts }) => {
      while ((measured[from]?.ts ?? Infinity) < ts - half) from += 1;
      while ((measured[to]?.ts ?? Infinity) <= ts + half) to += 1;
      if (to - from < LEAST_FRAMES) return [];
      const around = measured.slice(from, to);
      const of = (key: 'green' | 'blue' | 'red'): number => median(around.map((values) => values[key])) ?? NaN;
      return [{ ts, green: of('green'), blue: of('blue'), red: of('red') }];
    });
  }
}
