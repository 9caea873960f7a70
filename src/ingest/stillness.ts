import type { Picture } from './frame-source.js';

/** Points of the view that are compared: across and down. */
const COLUMNS = 64;
const ROWS = 36;
/** What a codec makes of an unchanged view differs by no more, levels of 255; a sensor's noise and light do in minutes. */
const SAME_LEVELS = 3;
/** A view that has not changed at all for this long is named. */
const NAMED_MS = 120_000;

/** Sees whether a camera goes on sending one and the same picture. */
export class Stillness {
  private levels: Uint8Array<ArrayBuffer> | null = null;
  private next = new Uint8Array(COLUMNS * ROWS);
  private since: { readonly ts: number; readonly arrivedMs: number } | null = null;
  private newestMs = 0;

  /** Takes the next picture; `ts` is its capture time, epoch ms. */
  look({ data, width, height, arrivedMs }: Pick<Picture, 'data' | 'width' | 'height' | 'arrivedMs'>, ts: number): void {
    const { next, levels } = this;
    this.newestMs = arrivedMs;
    let same = levels !== null;
    for (let row = 0, at = 0; row < ROWS; row += 1) {
      const line = Math.floor(((row + 0.5) * height) / ROWS) * width;
      for (let column = 0; column < COLUMNS; column += 1, at += 1) {
        const level = data[(line + Math.floor(((column + 0.5) * width) / COLUMNS)) * 3 + 1] ?? 0;
        next[at] = level;
        same &&= Math.abs(level - (levels?.[at] ?? 0)) <= SAME_LEVELS;
      }
    }
    if (same) return;
    this.levels = next;
    this.next = levels ?? new Uint8Array(COLUMNS * ROWS);
    this.since = { ts, arrivedMs };
  }

  /** Capture time since which the view has stood still, epoch ms; null while it moves, or stood still for less than two minutes. */
  get sinceTs(): number | null {
    return this.since !== null && this.newestMs - this.since.arrivedMs >= NAMED_MS ? this.since.ts : null;
  }

  /** Begins anew, as when the source is opened again. */
  reset(): void {
    this.levels = null;
    this.since = null;
  }
}
