import type { ZoneConfig } from '../../config/schema.js';
import type { Box } from '../../contracts/face.js';
import type { PixelBox, SharedPicture } from '../pixels/picture.js';
import { type Remembered, ViewChange } from './view-change.js';

/** The detector sees faces from about 9 of its 256 input pixels; 24 px faces therefore need views of at most this side. */
const MAX_TILE_PX = 640;
/** A compressed face of 24 px is told from what is around it by about 20 pixels. */
const MIN_TILE_PX = 300;
/** Tiles of a small view are this share of its longer side: two rows of four in a wide one. */
const TILE_SHARE = 0.3125;
/** Neighbouring tiles share this much of their side, so that a face small enough to need a tile lies whole in one. */
const OVERLAP = 0.175;
/** A view this much larger than a tile still needs no second one. */
const STRETCH = 1.15;
/** Views no wider than this show a 24 px face well enough as they are. */
const WIDE_PX = 480;
const MAX_TILES = 24;
/**
 * A face as high as the view may fill this share of what the detector sees, and no more: it misses faces that fill its
 * input (of 277 pictures cut close around a face 222 were recognised; with this margin 260). Views of 4:3 and wider have it.
 */
const FULL_FACE_SHARE = 3 / 4;
/** A followed face below this many detector pixels of the whole view is looked at more closely. */
const CLOSE_LOOK_PX = 13;
/** Each frame has so many looks at tiles for as many squares of this side as the view holds, and two at least. */
const LOOK_PER_PX = 550;
const MIN_LOOKS = 2;
/** In a view in which everything moves so many tiles as a frame has looks are seen in this time, if one a frame is enough for that. */
const SWEEP_S = 2;
/** So many looks a quiet view saves up for the moment when people come in. */
const SAVED_LOOKS = 3;
/** A tile in which nothing has changed since it was last looked at is looked at again after this time. */
const STILL_SWEEP_S = 10;
/** Someone far away changes about so many points; what changes more is no more urgent. */
const SOMEONE_POINTS = 40;
const ZONE_MARGIN = 0.1;
/** A zone gains nothing from its own look when it is nearly as large as the view. */
const ZONE_MAX_SHARE = 0.75;

interface Size {
  readonly width: number;
  readonly height: number;
}

const starts = (length: number, side: number): number[] => {
  if (length <= side * STRETCH) return [0];
  const count = Math.ceil((length / side - OVERLAP) / (1 - OVERLAP));
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - side)) / (count - 1)));
};

/** Overlapping squares that cover the view; few and larger ones when the view is huge. None for a view that needs none. */
export const tilesOf = ({ width, height }: Size): PixelBox[] => {
  if (Math.max(width, height) <= WIDE_PX) return [];
  const smallest = Math.min(MAX_TILE_PX, Math.max(MIN_TILE_PX, TILE_SHARE * Math.max(width, height)));
  for (let side = Math.ceil(smallest); ; side = Math.ceil(side * 1.25)) {
    const columns = starts(width, side);
    const rows = starts(height, side);
    if (columns.length * rows.length > MAX_TILES) continue;
    const size = { width: columns.length > 1 ? side : width, height: rows.length > 1 ? side : height };
    return rows.flatMap((y) => columns.map((x) => ({ x, y, ...size })));
  }
};

/** Where a zone lies, with a margin for faces on its edge; null when looking at the whole view is as good. */
export const zoneRegion = (zone: ZoneConfig, { width, height }: Size): PixelBox | null => {
  const xs = zone.polygon.map(([x]) => x);
  const ys = zone.polygon.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const marginX = (right - left) * ZONE_MARGIN;
  const marginY = (bottom - top) * ZONE_MARGIN;
  const x = Math.max(0, left - marginX) * width;
  const y = Math.max(0, top - marginY) * height;
  const region = {
    x,
    y,
    width: Math.min(1, right + marginX) * width - x,
    height: Math.min(1, bottom + marginY) * height - y,
  };
  const side = Math.max(region.width, region.height);
  return side >= 8 && side < ZONE_MAX_SHARE * Math.max(width, height) ? region : null;
};

/** What is looked at to see the whole view: the view, with a margin where it is nearly square. */
export const wholeView = ({ width, height }: Size): PixelBox => {
  const side = Math.min(width, height) / FULL_FACE_SHARE;
  const [marginX, marginY] = [Math.max(0, side - width) / 2, Math.max(0, side - height) / 2];
  if (Math.max(width, height) >= side) return { x: 0, y: 0, width, height };
  return { x: -marginX, y: -marginY, width: width + 2 * marginX, height: height + 2 * marginY };
};

const holds = (region: PixelBox, box: PixelBox): boolean =>
  box.x >= region.x &&
  box.y >= region.y &&
  box.x + box.width <= region.x + region.width &&
  box.y + box.height <= region.y + region.height;

/** A tile, what it looked like when the detector last looked at it, in which frame, and at how many points it has differed since at most. */
interface Tile {
  readonly region: PixelBox;
  before: Remembered;
  seenAt: number;
  changed: number;
}

/**
 * Decides where the detector looks in each frame of a stream: the whole view always; each zone at its own resolution;
 * of a wide view all tiles in the first frame, then one at a time those in which something has changed, where most has
 * changed and longest waits first (what stands still would be answered as before), the others now and then; and the tiles
 * in which small faces are being followed: all, or as many as a frame has looks for, in turn.
 */
export class LookPlan {
  private size: Size = { width: 0, height: 0 };
  private zoneRegions: PixelBox[] = [];
  private change = new ViewChange(this.size);
  private tiles: Tile[] = [];
  private frames = 0;
  private credit = 0;
  /** Looks at tiles that a frame has. */
  private looks = MIN_LOOKS;

  constructor(
    private readonly zones: readonly ZoneConfig[],
    private readonly fps: number,
  ) {}

  /** Regions for this frame; `expected` are the faces being followed, as fractions of the frame. */
  regions(picture: SharedPicture, expected: readonly Box[]): PixelBox[] {
    const { width, height } = picture;
    const whole = wholeView(picture);
    const fresh = width !== this.size.width || height !== this.size.height;
    if (fresh) this.measure(picture);
    this.frames += 1;
    if (this.tiles.length === 0) return [whole, ...this.zoneRegions];
    this.change.look(picture);
    for (const tile of this.tiles) tile.changed = Math.max(tile.changed, this.change.changedPoints(tile.before));
    const chosen = fresh ? new Set(this.tiles) : this.closeLooks(expected);
    if (!fresh) this.turn(chosen);
    for (const tile of chosen) {
      tile.before = this.change.remember(tile.region);
      tile.seenAt = this.frames;
      tile.changed = 0;
    }
    return [whole, ...this.zoneRegions, ...[...chosen].map(({ region }) => region)];
  }

  private measure({ width, height }: Size): void {
    this.size = { width, height };
    this.change = new ViewChange(this.size);
    this.zoneRegions = this.zones.flatMap((zone) => zoneRegion(zone, this.size) ?? []);
    this.tiles = tilesOf(this.size).map((region) => ({
      region,
      before: this.change.remember(region),
      seenAt: 0,
      changed: 0,
    }));
    this.looks = Math.max(MIN_LOOKS, Math.round((this.size.width * this.size.height) / LOOK_PER_PX ** 2));
    this.credit = SAVED_LOOKS;
  }

  /** Adds at most one tile a frame, in place of a close look where a frame has no more of them. */
  private turn(chosen: Set<Tile>): void {
    const { tiles, frames, fps, looks } = this;
    const perFrame = Math.min(1, looks / (SWEEP_S * Math.max(0.1, fps)));
    this.credit = Math.min(SAVED_LOOKS, this.credit + perFrame);
    if (this.credit < 1) return;
    const due = frames - STILL_SWEEP_S * fps;
    const urgency = ({ changed, seenAt }: Tile): number => Math.min(changed, SOMEONE_POINTS) * (frames - seenAt);
    const others = tiles.filter((tile) => !chosen.has(tile)).sort((a, b) => a.seenAt - b.seenAt);
    const changed = [...others].sort((a, b) => urgency(b) - urgency(a)).find((tile) => urgency(tile) > 0);
    const tile = changed ?? others.find(({ seenAt }) => seenAt <= due);
    if (tile === undefined) return;
    this.credit -= 1;
    if (chosen.size >= looks) chosen.delete([...chosen].at(-1) as Tile);
    chosen.add(tile);
  }

  /** Tiles that hold all small faces being followed, where most and longest unseen ones are first. */
  private closeLooks(expected: readonly Box[]): Set<Tile> {
    const { width, height } = this.size;
    const whole = wholeView(this.size);
    const scale = 256 / Math.max(whole.width, whole.height);
    let open = expected
      .filter((face) => face.width * width * scale < CLOSE_LOOK_PX)
      .map(({ x, y, width: wide, height: high }) => ({
        x: x * width,
        y: y * height,
        width: wide * width,
        height: high * height,
      }));
    const looks = new Set<Tile>();
    const worth = ({ region, seenAt }: Tile): number =>
      open.filter((box) => holds(region, box)).length * (this.frames - seenAt);
    while (open.length > 0 && looks.size < this.looks) {
      const { tile, worth: most } = this.tiles
        .map((one) => ({ tile: one, worth: worth(one) }))
        .reduce((best, one) => (one.worth > best.worth ? one : best));
      if (most === 0) break;
      looks.add(tile);
      open = open.filter((box) => !holds(tile.region, box));
    }
    return looks;
  }
}
