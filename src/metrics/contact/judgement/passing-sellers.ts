import type { Box, TrackedFace } from '../../../contracts/face.js';
import type { Episode } from '../episode.js';

/** A person seen in the seller's view for this long belongs there; one who only walks past does not, ms. */
const BELONGS_MS = 3000;
/** Frames further apart than this say nothing of the time between them, ms. */
const LONGEST_STEP_MS = 1000;
/** On the border of two views a face may be in both for so long, ms. */
const BOTH_VIEWS_MS = 1000;
/** Ages further apart than this are not the same person's, years; two estimates of one age often are 10 apart. */
const AGE_APART = 25;
/** A track that begins this near to where another was lost goes on from it, face widths. */
const NEAR_WIDTHS = 1;
const MEMORY_MS = 35 * 60_000;

interface Seen {
  readonly firstTs: number;
  readonly firstBox: Box;
  lastTs: number;
  presentMs: number;
  face: TrackedFace;
}

interface Options {
  /** How long a seller may be in neither view on the way, ms. */
  readonly handoverMs: number;
  /** Both views are of one camera, so that tracks and places are comparable. */
  readonly sameStream: boolean;
}

/**
 * Tells sellers who pass through the customers' view from customers, without recognising anyone: by the track that came
 * from the seller's side, or by the seller who was gone for just as long. Error rates: docs/accuracy.md.
 */
export class PassingSellers {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly options: Options) {}

  /** Takes the faces of one frame of the seller's view. */
  observe(ts: number, faces: readonly TrackedFace[]): void {
    for (const face of faces) {
      if (face.rejected === 'still') continue;
      const known = this.seen.get(face.trackId) ?? { firstTs: ts, firstBox: face.box, lastTs: ts, presentMs: 0, face };
      const step = ts - known.lastTs;
      if (step <= LONGEST_STEP_MS) known.presentMs += step;
      known.lastTs = ts;
      known.face = face;
      this.seen.set(face.trackId, known);
    }
    for (const [trackId, { lastTs }] of this.seen) if (ts - lastTs > MEMORY_MS) this.seen.delete(trackId);
  }

  /** Came over from the seller's side of the same camera: the same track, or one that begins where that one was lost. */
  cameOver(episode: Episode): boolean {
    if (!this.options.sameStream) return false;
    const continues = (seller: Seen): boolean =>
      this.wasLostBefore(seller, episode.startTs, 0) &&
      episode.distanceTo(seller.face, 'first') !== null &&
      this.comersLike(seller, episode.startTs, episode.lastSeenTs).length === 0;
    return [...this.seen].some(
      ([trackId, seller]) => belongs(seller, episode.startTs) && (episode.owns(trackId) || continues(seller)),
    );
  }

  /** May be a seller who has just left the other camera, as long as nobody like that has come into its view since. */
  mayPass(episode: Episode): boolean {
    return this.leavers(episode).length > 0;
  }

  /** Has passed: one who may be the seller, and a seller came into the other view just after. */
  hasPassed(episode: Episode): boolean {
    const { lastSeenTs } = episode;
    return this.leavers(episode).some(
      (leaver) =>
        this.comersLike(leaver, lastSeenTs - BOTH_VIEWS_MS, lastSeenTs + this.options.handoverMs + 1).length > 0,
    );
  }

  /** Forgets everything, as after a clock that jumped back. */
  reset(): void {
    this.seen.clear();
  }

  private leavers({ startTs, lastSeenTs, newestFace }: Episode): Seen[] {
    if (this.options.sameStream) return [];
    return [...this.seen.values()].filter(
      (seller) =>
        belongs(seller, startTs) &&
        this.wasLostBefore(seller, startTs, BOTH_VIEWS_MS) &&
        alike(seller.face, newestFace) &&
        this.comersLike(seller, startTs, lastSeenTs - BOTH_VIEWS_MS).length === 0,
    );
  }

  /** Last seen shortly before the other was first seen, or up to `togetherMs` after; a track that goes on is somebody else. */
  private wasLostBefore({ lastTs }: Seen, startTs: number, togetherMs: number): boolean {
    return startTs - lastTs <= this.options.handoverMs && lastTs - startTs <= togetherMs;
  }

  /** Who came into the seller's view in (`fromTs`, `toTs`) and may be this one; a colleague whose track was cut did not come. */
  private comersLike(one: Seen, fromTs: number, toTs: number): Seen[] {
    const all = [...this.seen.values()];
    return all.filter(
      (comer) =>
        comer.firstTs > fromTs &&
        comer.firstTs < toTs &&
        alike(comer.face, one.face) &&
        !all.some((other) => other !== one && other !== comer && this.continuesAs(other, comer)),
    );
  }

  private continuesAs(lost: Seen, found: Seen): boolean {
    const gapMs = found.firstTs - lost.lastTs;
    return gapMs > 0 && gapMs <= this.options.handoverMs && apartInWidths(lost.face.box, found.firstBox) <= NEAR_WIDTHS;
  }
}

const apartInWidths = (a: Box, b: Box): number => {
  const dx = a.x + a.width / 2 - b.x - b.width / 2;
  const dy = a.y + a.height / 2 - b.y - b.height / 2;
  return Math.hypot((2 * dx) / (a.width + b.width), (2 * dy) / (a.height + b.height));
};

const belongs = ({ firstTs, presentMs }: Seen, startTs: number): boolean =>
  firstTs < startTs && presentMs >= BELONGS_MS;

/** Nothing in age and gender says that these are two people. */
const alike = (a: TrackedFace, b: TrackedFace): boolean => {
  const genders = a.gender !== null && b.gender !== null && Math.abs(a.gender - b.gender) > 0.6;
  const ages = a.age !== null && b.age !== null && Math.abs(a.age - b.age) > AGE_APART;
  return !genders && !ages;
};
