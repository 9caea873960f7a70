import type { TrackedFace } from '../../../contracts/face.js';
import { LONG_STAY_MS } from '../../../contracts/sample.js';
import { rejudged, type SampledFrame } from '../sample.js';

export { LONG_STAY_MS };

/** Leaves faces out once they have been in view of one stream for half an hour. */
export class LongStays {
  private readonly tracks = new Map<string, { sinceTs: number; stays: boolean }>();

  /** Faces in view now that stay. */
  get count(): number {
    return [...this.tracks.values()].filter(({ stays }) => stays).length;
  }

  /** The frame without those who are known to stay; learns nothing from it. */
  leaveOut(result: SampledFrame): SampledFrame {
    const stays = (face: TrackedFace): boolean =>
      face.rejected === null && this.tracks.get(face.trackId)?.stays === true;
    if (!result.faces.some(stays)) return result;
    return rejudged(
      result,
      result.faces.map((face) => (stays(face) ? { ...face, rejected: 'stays' as const } : face)),
    );
  }

  /** The frame with those who stay marked; the sample that completes the half hour still counts, so that it shows in the dwell. */
  mark(result: SampledFrame): SampledFrame {
    const faces = result.faces.map((face) => {
      if (face.role === 'seller' || (face.rejected !== null && !this.tracks.has(face.trackId))) return face;
      const track = this.tracks.get(face.trackId) ?? { sinceTs: result.ts, stays: false };
      this.tracks.set(face.trackId, track);
      const { stays } = track;
      track.stays ||= result.ts - track.sinceTs >= LONG_STAY_MS;
      return stays && face.rejected === null ? { ...face, rejected: 'stays' as const } : face;
    });
    for (const trackId of result.endedTracks) this.tracks.delete(trackId);
    return rejudged(result, faces);
  }
}
