import type { TrackedBody } from '../../contracts/face.js';
import type { Direction } from '../../contracts/observation.js';

/** A point as fractions of the picture's width and height. */
export type Point = readonly [x: number, y: number];
/** Seen from the first point to the second, inside is to the right. */
export type CounterLine = readonly [Point, Point];

/** Who is this far from the line is clearly on one side, as a share of the body's own size and of the picture's height at least. */
const CLEAR_OF_BODY = 0.12;
const CLEAR_OF_PICTURE = 0.02;
/** A body seen fewer times than this may be a flicker, and passes nothing. */
const SEEN_ENOUGH = 3;
/** The line's ends reach this much further, as a share of its length: who brushes the door post comes in, too. */
const BEYOND_ENDS = 0.05;

type Side = 'inside' | 'outside';

/** Where a body's middle is: how far inside the line (negative: outside), in heights of the picture, and how far along it, 0–1. */
interface Position {
  readonly depth: number;
  readonly along: number;
}

interface Walker {
  seen: number;
  /** The side on which the body was clearly last; null: never yet. */
  side: Side | null;
  /** The last position on that side. */
  from: Position;
}

/**
 * Who passes one line. A body counts when its middle has been clearly on both sides, one after the other, and went over
 * between the line's ends: whoever loiters on the line never counts, and whoever turns back has not passed. Pure; keeps of
 * each track its side alone.
 */
export class LineCrossing {
  private readonly walkers = new Map<string, Walker>();

  constructor(private readonly line: CounterLine) {}

  /** Takes the bodies of one frame; gives one direction for each that has passed. `aspect`: width ÷ height of the picture. */
  passed(bodies: readonly TrackedBody[], aspect: number): Direction[] {
    return bodies.flatMap((body) => {
      const position = this.positionOf(body, aspect);
      const walker = this.walkers.get(body.trackId) ?? { seen: 0, side: null, from: position };
      this.walkers.set(body.trackId, walker);
      walker.seen += 1;
      return this.step(walker, position, sizeOf(body, aspect)) ?? [];
    });
  }

  /** Forgets tracks that ended. */
  forget(trackIds: readonly string[]): void {
    for (const id of trackIds) this.walkers.delete(id);
  }

  private step(walker: Walker, position: Position, size: number): Direction | null {
    const clear = Math.max(CLEAR_OF_PICTURE, CLEAR_OF_BODY * size);
    if (Math.abs(position.depth) < clear) return null;
    const side: Side = position.depth > 0 ? 'inside' : 'outside';
    const { from, side: before } = walker;
    if (before !== null && before !== side && walker.seen < SEEN_ENOUGH) return null;
    walker.side = side;
    walker.from = position;
    if (before === null || before === side || !overTheLine(from, position)) return null;
    return side === 'inside' ? 'in' : 'out';
  }

  private positionOf({ box }: TrackedBody, aspect: number): Position {
    const [[x1, y1], [x2, y2]] = this.line;
    const dx = (x2 - x1) * aspect;
    const dy = y2 - y1;
    const x = (box.x + box.width / 2 - x1) * aspect;
    const y = box.y + box.height / 2 - y1;
    const length = Math.hypot(dx, dy);
    return { depth: (dx * y - dy * x) / length, along: (dx * x + dy * y) / length ** 2 };
  }
}

/** The size of a body as one number: the root of its area, in heights of the picture. */
const sizeOf = ({ box }: TrackedBody, aspect: number): number => Math.sqrt(box.width * aspect * box.height);

/** Whether the straight way between two positions meets the line between its ends. */
const overTheLine = (from: Position, to: Position): boolean => {
  const share = from.depth / (from.depth - to.depth);
  const along = from.along + share * (to.along - from.along);
  return along >= -BEYOND_ENDS && along <= 1 + BEYOND_ENDS;
};
