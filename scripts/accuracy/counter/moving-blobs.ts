import type { TrackedBody } from '../../../src/contracts/face.js';
import { StreamTracker } from '../../../src/inference/streams/tracker/stream-tracker.js';

/** Side of the squares in which motion is looked for, pixels. */
const CELL = 8;
/** Difference from the background that is motion, grey levels. */
const MOVED = 18;
/** The background follows what stands still with this time constant, s. */
const LEARNT_S = 8;
/** Smaller blobs are noise, larger ones are the light; shares of the picture. */
const SMALLEST = 0.01;
const LARGEST = 0.6;

/** Counting without a network: what differs from a slowly learnt background, in connected groups, followed as bodies are. */
export class MovingBlobs {
  private readonly columns: number;
  private readonly rows: number;
  private background: Float32Array | null = null;
  private readonly tracker: StreamTracker;

  constructor(
    private readonly width: number,
    height: number,
    private readonly fps: number,
  ) {
    this.columns = Math.floor(width / CELL);
    this.rows = Math.floor(height / CELL);
    this.tracker = new StreamTracker({ fps, maxGapMs: 1000 });
  }

  follow(rgb: Uint8Array, ts: number): { readonly bodies: TrackedBody[]; readonly ended: readonly string[] } {
    const boxes = this.blobs(this.moving(rgb));
    const seen = boxes.map((box) => ({ box, score: 1 }));
    const { trackIds, ended } = this.tracker.update(ts, seen, this.columns / this.rows);
    const bodies = seen.flatMap(({ box, score }, at) => {
      const trackId = trackIds[at] ?? null;
      return trackId === null ? [] : [{ trackId, box, score }];
    });
    return { bodies, ended };
  }

  private moving(rgb: Uint8Array): Uint8Array {
    const { columns, rows, width } = this;
    const now = new Float32Array(columns * rows);
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        let sum = 0;
        for (let y = 0; y < CELL; y += 2)
          for (let x = 0; x < CELL; x += 2) sum += rgb[3 * ((row * CELL + y) * width + column * CELL + x) + 1] ?? 0;
        now[row * columns + column] = (4 * sum) / (CELL * CELL);
      }
    const background = (this.background ??= Float32Array.from(now));
    const share = 1 / (LEARNT_S * this.fps);
    return Uint8Array.from(now, (value, at) => {
      const before = background[at] ?? value;
      background[at] = before + share * (value - before);
      return Math.abs(value - before) > MOVED ? 1 : 0;
    });
  }

  private blobs(moved: Uint8Array): TrackedBody['box'][] {
    const { columns, rows } = this;
    const left = new Set([...moved.keys()].filter((at) => moved[at] === 1));
    const found: TrackedBody['box'][] = [];
    for (const first of left) {
      left.delete(first);
      const group = [first];
      for (const at of group)
        for (const [dx, dy] of [
          [-1, 0],
          [1, 0],
          [0, -1],
          [0, 1],
          [0, -2],
          [0, 2],
          [-2, 0],
          [2, 0],
        ] as const) {
          const x = (at % columns) + dx;
          const next = at + dx + dy * columns;
          if (x >= 0 && x < columns && left.delete(next)) group.push(next);
        }
      const xs = group.map((at) => at % columns);
      const ys = group.map((at) => Math.floor(at / columns));
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      const box = {
        x: x / columns,
        y: y / rows,
        width: (Math.max(...xs) + 1 - x) / columns,
        height: (Math.max(...ys) + 1 - y) / rows,
      };
      const area = box.width * box.height;
      if (area >= SMALLEST && area <= LARGEST) found.push(box);
    }
    return found;
  }
}
