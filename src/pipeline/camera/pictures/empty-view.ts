import type { Box } from '../../../contracts/face.js';
import { blockMeans, gridOf, type BlockGrid } from './block-grid.js';
import type { Frame } from '../../../contracts/frame.js';

/** Looked at so often. */
const LOOK_EVERY_MS = 1000;
/** A block is taken for empty once it was alike in so many looks more than not, with nobody near: about a minute. */
const EMPTY_LOOKS = 60;
/** A block is alike while its mean differs from the last look's by no more levels (0–255). */
const ALIKE_LEVELS = 5;
/** From this difference on, beyond that of the whole view, somebody is in front of a block. */
const CHANGED_LEVELS = 10;
/** What a block looks like when empty is kept for two lights, as by day and by night. */
const LIGHTS = 2;
/** The view is known once this share of its blocks is. */
const KNOWN_SHARE = 0.5;

/** Greatest difference of a colour, of three channels from `a` at `atA` and from `b` at `atB`. */
const difference = (a: Uint8Array, atA: number, b: Uint8Array, atB: number): number =>
  Math.max(
    Math.abs((a[atA] as number) - (b[atB] as number)),
    Math.abs((a[atA + 1] as number) - (b[atB + 1] as number)),
    Math.abs((a[atA + 2] as number) - (b[atB + 2] as number)),
  );

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Which blocks somebody with this face may fill: a width to either side, a height above, and all below. */
const bodyOf = ({ x, y, width, height }: Box, { columns, rows }: BlockGrid) => ({
  left: Math.floor((x - width) * columns),
  right: Math.floor((x + 2 * width) * columns),
  top: Math.floor((y - height) * rows),
});

/**
 * What a camera's view looks like, in large blocks, where nobody is: what each block looks like most of the time while no
 * found face is near. It is only compared with, never shown. In memory only, less than two kilobytes a camera.
 */
export class EmptyView {
  readonly grid: BlockGrid;
  private readonly blocks: number;
  /** Mean colours of the empty blocks, one set for each light, the last confirmed first. */
  private readonly empty: Uint8Array;
  /** How many lights of each block are known. */
  private readonly lights: Uint8Array;
  /** Mean colours that may be those of the empty blocks, and by how many looks more they were seen than others were. */
  private readonly candidates: Uint8Array;
  private readonly votes: Uint8Array;
  private lookedMs = -Infinity;

  constructor(private readonly size: Pick<Frame, 'width' | 'height'>) {
    this.grid = gridOf(size);
    this.blocks = this.grid.columns * this.grid.rows;
    this.empty = new Uint8Array(this.blocks * LIGHTS * 3);
    this.lights = new Uint8Array(this.blocks);
    this.candidates = new Uint8Array(this.blocks * 3);
    this.votes = new Uint8Array(this.blocks);
  }

  /** Whether frames of this size belong to this view. */
  fits({ width, height }: Pick<Frame, 'width' | 'height'>): boolean {
    return width === this.size.width && height === this.size.height;
  }

  /** Whether enough of the view is known for figures to be seen in it. */
  get known(): boolean {
    return this.lights.reduce((count, lights) => count + (lights > 0 ? 1 : 0), 0) >= this.blocks * KNOWN_SHARE;
  }

  /** Learns from a frame in which these faces were found; all but one frame a second cost nothing. */
  learn(frame: Frame, faces: readonly Box[]): void {
    const nowMs = frame.arrivedMs;
    if (nowMs - this.lookedMs < LOOK_EVERY_MS) return;
    this.lookedMs = nowMs;
    const means = blockMeans(frame, this.grid);
    const bodies = faces.map((face) => bodyOf(face, this.grid));
    for (let block = 0; block < this.blocks; block += 1) {
      const column = block % this.grid.columns;
      const row = Math.floor(block / this.grid.columns);
      const near = bodies.some(({ left, right, top }) => column >= left && column <= right && row >= top);
      if (!near) this.vote(block, means);
    }
  }

  /** One for each block in front of which somebody or something is, zero elsewhere and where the view is not known. */
  changed(frame: Frame): Uint8Array {
    const means = blockMeans(frame, this.grid);
    const nearest = Int32Array.from({ length: this.blocks }, (_, block) => this.nearest(block, means));
    const differences = [0, 1, 2].map((channel) =>
      Array.from(nearest, (at, block) =>
        at < 0 ? 0 : (means[block * 3 + channel] as number) - (this.empty[at + channel] as number),
      ),
    );
    // Clouds and the camera's own exposure change all blocks alike.
    const light = differences.map((all) => median(all.filter((_, block) => (nearest[block] as number) >= 0)));
    return Uint8Array.from(nearest, (at, block) =>
      at >= 0 &&
      differences.some((all, channel) => Math.abs((all[block] as number) - (light[channel] as number)) > CHANGED_LEVELS)
        ? 1
        : 0,
    );
  }

  /** Counts for or against the candidate of a block (a majority vote after Boyer and Moore); keeps it once it has won. */
  private vote(block: number, means: Uint8Array): void {
    const at = block * 3;
    const votes = this.votes[block] as number;
    if (votes > 0 && difference(means, at, this.candidates, at) > ALIKE_LEVELS) {
      this.votes[block] = votes - 1;
      return;
    }
    this.candidates.set(means.subarray(at, at + 3), at);
    this.votes[block] = Math.min(EMPTY_LOOKS, votes + 1);
    if (this.votes[block] === EMPTY_LOOKS) this.keep(block, means);
  }

  /** Where in `empty` the most alike of a block's known lights begins; -1 where none is known. */
  private nearest(block: number, means: Uint8Array): number {
    let best = -1;
    let least = Infinity;
    for (let light = 0; light < (this.lights[block] as number); light += 1) {
      const at = (block * LIGHTS + light) * 3;
      const differs = difference(means, block * 3, this.empty, at);
      if (differs < least) [best, least] = [at, differs];
    }
    return best;
  }

  /** Puts a block's present colour first, in place of the one it is alike or of the oldest. */
  private keep(block: number, means: Uint8Array): void {
    const first = block * LIGHTS * 3;
    const alike = this.nearest(block, means);
    const known = alike >= 0 && difference(means, block * 3, this.empty, alike) <= CHANGED_LEVELS;
    if (!known) this.lights[block] = Math.min(LIGHTS, (this.lights[block] as number) + 1);
    const replaced = known ? alike : first + ((this.lights[block] as number) - 1) * 3;
    this.empty.copyWithin(first + 3, first, replaced);
    this.empty.set(means.subarray(block * 3, block * 3 + 3), first);
  }
}
