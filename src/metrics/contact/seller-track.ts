import type { TrackedFace } from '../../contracts/face.js';
import type { Reading } from './curves/curve.js';

/** The Happiness of the seller in view: one person is followed while in view, else the largest recognised face. */
export class SellerTrack {
  private readings: Reading[] = [];
  private trackId: string | null = null;

  /** Capture time of the newest frame of the seller view; −Infinity before the first. */
  newestTs = -Infinity;

  observe(ts: number, faces: readonly TrackedFace[]): void {
    const recognised = faces.filter((face) => face.rejected === null);
    const same = recognised.find((face) => face.trackId === this.trackId);
    const seller = same ?? recognised.reduce<TrackedFace | null>(largerOf, null);
    this.trackId = seller?.trackId ?? this.trackId;
    this.readings.push({ ts, value: seller?.emotions.happiness ?? null });
    this.newestTs = ts;
  }

  /** Readings within [fromTs, toTs]. */
  between(fromTs: number, toTs: number): Reading[] {
    return this.readings.filter(({ ts }) => ts >= fromTs && ts <= toTs);
  }

  /** Drops what no open or coming contact needs. */
  forgetBefore(ts: number): void {
    const keep = this.readings.findIndex((reading) => reading.ts >= ts);
    if (keep === -1) this.readings = [];
    else if (keep > 0) this.readings = this.readings.slice(keep);
  }

  /** Forgets everything, as after a clock that jumped back. */
  reset(): void {
    this.readings = [];
    this.newestTs = -Infinity;
  }
}

const largerOf = (a: TrackedFace | null, b: TrackedFace): TrackedFace =>
  a === null || b.box.width * b.box.height > a.box.width * a.box.height ? b : a;
