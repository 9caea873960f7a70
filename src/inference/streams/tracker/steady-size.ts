import type { PixelBox } from '../../pixels/picture.js';

/** A size follows what is found with this time constant, ms. */
const FOLLOW_MS = 700;
/** A face whose size differs this much from what it was has come nearer, or is another one. */
const MAX_CHANGE = 1.3;

interface Size {
  readonly tsMs: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The boxes of followed faces with a size that does not tremble. A face is found now in three looks and now in two, and
 * the mesh takes a crop that breathes for a face that moves.
 */
export class SteadySize {
  private readonly sizes = new Map<string, Size>();

  /** The box found at `tsMs`, around the same centre, pixels. */
  steady(trackId: string, tsMs: number, box: PixelBox): PixelBox {
    const last = this.sizes.get(trackId);
    const share =
      last === undefined || !alike(last, box) ? 1 : 1 - Math.exp(-Math.max(0, tsMs - last.tsMs) / FOLLOW_MS);
    const width = mix(last?.width ?? 0, box.width, share);
    const height = mix(last?.height ?? 0, box.height, share);
    this.sizes.set(trackId, { tsMs, width, height });
    return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
  }

  forget(trackId: string): void {
    this.sizes.delete(trackId);
  }
}

const alike = (last: Size, { width, height }: PixelBox): boolean =>
  [width / last.width, height / last.height].every((ratio) => ratio < MAX_CHANGE && ratio > 1 / MAX_CHANGE);

const mix = (from: number, to: number, share: number): number => from + share * (to - from);
