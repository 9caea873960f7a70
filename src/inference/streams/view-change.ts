import type { PixelBox, SharedPicture } from '../pixels/picture.js';

/** The longer side of a view is sampled at this many points; a face of 24 px, and more so its owner, lies on several of them. */
const POINTS = 128;
/** Nearer than this the points of a small view say nothing new. */
const MIN_STEP_PX = 8;
/** A point has changed by more than the noise of a sensor and a codec from this difference of levels (0–255) on. */
const CHANGED_LEVELS = 20;
/** One point may flicker; from this many on a region has changed. */
const CHANGED_POINTS = 2;

/** What a region of a view looked like at some time: levels at the grid's points in it. */
export interface Remembered {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  readonly levels: Uint8Array;
}

/** Sees cheaply where a view has changed: brightness (of three or four channels the green one) at the points of a grid. */
export class ViewChange {
  private readonly step: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly levels: Uint8Array;

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.step = Math.max(MIN_STEP_PX, Math.ceil(Math.max(width, height) / POINTS));
    this.columns = Math.ceil(width / this.step);
    this.rows = Math.ceil(height / this.step);
    this.levels = new Uint8Array(this.columns * this.rows);
  }

  /** Takes the levels of the present picture, which has the size of the view. */
  look({ width, channels, data }: SharedPicture): void {
    const { step, columns, rows, levels } = this;
    const stride = step * channels;
    const green = channels === 1 ? 0 : 1;
    for (let row = 0; row < rows; row += 1) {
      let from = row * step * width * channels + green;
      for (let at = row * columns; at < (row + 1) * columns; at += 1) {
        levels[at] = data[from] as number;
        from += stride;
      }
    }
  }

  /** What a region looks like now. */
  remember({ x, y, width, height }: PixelBox): Remembered {
    const { step, columns, rows, levels } = this;
    const from = Math.max(0, Math.ceil(x / step));
    const to = Math.min(columns, Math.ceil((x + width) / step));
    const top = Math.max(0, Math.ceil(y / step));
    const bottom = Math.min(rows, Math.ceil((y + height) / step));
    const kept = new Uint8Array(Math.max(0, to - from) * Math.max(0, bottom - top));
    for (let row = top; row < bottom; row += 1)
      kept.set(levels.subarray(row * columns + from, row * columns + to), (row - top) * (to - from));
    return { from, to, top, bottom, levels: kept };
  }

  /** At how many points a region looks different now; none where one flickers. */
  changedPoints({ from, to, top, bottom, levels: before }: Remembered): number {
    const { columns, levels } = this;
    let changed = 0;
    let i = 0;
    for (let row = top; row < bottom; row += 1)
      for (let at = row * columns + from; at < row * columns + to; at += 1) {
        if (Math.abs((levels[at] as number) - (before[i] as number)) >= CHANGED_LEVELS) changed += 1;
        i += 1;
      }
    return changed >= CHANGED_POINTS ? changed : 0;
  }
}
