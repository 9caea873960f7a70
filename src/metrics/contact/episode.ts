import type { TrackedFace } from '../../contracts/face.js';
import type { CustomerReading } from './record.js';

/** Centres further apart than this many mean box widths are not the same person after a gap. */
const REJOIN_WIDTHS = 2;
/** Boxes that differ by more than this factor in size are not either. */
const REJOIN_SIZE_RATIO = 2.5;
const SURE_MALE = 0.8;
const SURE_FEMALE = 0.2;

/** One customer at the contact point, over all tracks that short gaps split them into. */
export class Episode {
  readonly readings: CustomerReading[] = [];
  /** The contact has lasted long enough and was announced. */
  announced = false;
  lastUpdateTs = -Infinity;
  private readonly trackIds = new Set<string>();
  private readonly firstFace: TrackedFace;
  private lastFace: TrackedFace;
  lastSeenTs: number;

  constructor(
    readonly id: string,
    readonly startTs: number,
    face: TrackedFace,
  ) {
    this.firstFace = face;
    this.lastFace = face;
    this.lastSeenTs = startTs;
    this.trackIds.add(face.trackId);
  }

  get durationMs(): number {
    return this.lastSeenTs - this.startTs;
  }

  get newestFace(): TrackedFace {
    return this.lastFace;
  }

  owns(trackId: string): boolean {
    return this.trackIds.has(trackId);
  }

  adopt(trackId: string): void {
    this.trackIds.add(trackId);
  }

  /** Records one analysed frame; `face` null: the customer is not in it. */
  observe(ts: number, face: TrackedFace | null): void {
    const measured = face?.rejected === null ? face : null;
    this.readings.push({ ts, raw: measured?.emotions ?? null, smoothed: measured?.smoothed ?? null });
    if (face === null) return;
    this.lastSeenTs = ts;
    this.lastFace = face;
  }

  /**
   * How far another face stands from where this customer was last (or first) seen, in box widths; null when it cannot be
   * the same person by place, size or gender.
   */
  distanceTo(face: TrackedFace, end: 'first' | 'last' = 'last'): number | null {
    const a = (end === 'first' ? this.firstFace : this.lastFace).box;
    const b = face.box;
    const ratio = Math.max(a.width, b.width) / Math.min(a.width, b.width);
    const dx = a.x + a.width / 2 - (b.x + b.width / 2);
    const dy = a.y + a.height / 2 - (b.y + b.height / 2);
    const widths = Math.hypot(dx / ((a.width + b.width) / 2), dy / ((a.height + b.height) / 2));
    const same = widths <= REJOIN_WIDTHS && ratio <= REJOIN_SIZE_RATIO && !this.contradicts(face.gender);
    return same ? widths : null;
  }

  private contradicts(gender: number | null): boolean {
    const own = this.lastFace.gender;
    if (own === null || gender === null) return false;
    return (own >= SURE_MALE && gender <= SURE_FEMALE) || (own <= SURE_FEMALE && gender >= SURE_MALE);
  }
}
