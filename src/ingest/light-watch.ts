import type { LightFault } from '../contracts/stream.js';
import type { Picture } from './frame-source.js';

/** Points of the view that are looked at: across and down. */
const COLUMNS = 64;
const ROWS = 36;
/** Looks are this far apart. */
const LOOK_MS = 1000;
/** What every look says for this long is named, or no longer named. */
const AGREED_MS = 6000;
/** Levels of 255: nineteen of twenty points of a picture that is too dark are darker, of one that is light enough again some are lighter. */
const DARK_BELOW = 45;
const LIGHT_FROM = 60;
const BRIGHTEST_SHARE = 0.05;
/** Against the light so much of the picture is glaring, and so much of it black beside it; less of either ends it. */
const GLARING_FROM = 225;
const BLACK_TO = 60;
const AGAINST = { glaring: 0.2, black: 0.3 } as const;
const NO_LONGER_AGAINST = { glaring: 0.12, black: 0.2 } as const;

type Pixels = Pick<Picture, 'data' | 'width' | 'height'>;

/** What is wrong with the light in one picture; what was said before holds a little longer. */
export const lightFaultOf = ({ data, width, height }: Pixels, before: LightFault | null = null): LightFault | null => {
  const counts = new Uint32Array(256);
  for (let row = 0; row < ROWS; row += 1) {
    const line = Math.floor(((row + 0.5) * height) / ROWS) * width;
    for (let column = 0; column < COLUMNS; column += 1) {
      const level = data[(line + Math.floor(((column + 0.5) * width) / COLUMNS)) * 3 + 1] ?? 0;
      (counts[level] as number) += 1;
    }
  }
  const share = (from: number, to: number): number =>
    counts.subarray(from, to).reduce((sum, count) => sum + count, 0) / (COLUMNS * ROWS);
  if (share(before === 'too-dark' ? LIGHT_FROM : DARK_BELOW, 256) <= BRIGHTEST_SHARE) return 'too-dark';
  const limits = before === 'against-light' ? NO_LONGER_AGAINST : AGAINST;
  return share(GLARING_FROM, 256) >= limits.glaring && share(0, BLACK_TO) >= limits.black ? 'against-light' : null;
};

/** Sees whether a camera has light to see people by; a passing shadow or a lamp that is switched on names nothing. */
export class LightWatch {
  private named: LightFault | null = null;
  private seen: { readonly fault: LightFault | null; readonly sinceMs: number } | null = null;
  private lookedMs = Number.NEGATIVE_INFINITY;

  /** Takes the next picture. */
  look(picture: Pixels & Pick<Picture, 'arrivedMs'>): void {
    const { arrivedMs } = picture;
    if (arrivedMs - this.lookedMs < LOOK_MS) return;
    this.lookedMs = arrivedMs;
    const fault = lightFaultOf(picture, this.named);
    if (this.seen?.fault !== fault) this.seen = { fault, sinceMs: arrivedMs };
    if (arrivedMs - this.seen.sinceMs >= AGREED_MS) this.named = fault;
  }

  /** null: there is light enough, or it is not known for long enough that there is not. */
  get fault(): LightFault | null {
    return this.named;
  }

  /** Begins anew, as when the source is opened again. */
  reset(): void {
    this.named = null;
    this.seen = null;
    this.lookedMs = Number.NEGATIVE_INFINITY;
  }
}
