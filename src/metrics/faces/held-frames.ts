import type { TrackedFace } from '../../contracts/face.js';
import { rejudged, type SampledFrame } from './sample.js';

/** Frames wait no longer than this for a face to be judged, capture time, ms: a little more than a judgement takes. */
const LONGEST_MS = 7000;

/**
 * Frames of one stream that wait until it is known whether every face in them lives, so that what turns out to be a
 * poster never enters a figure. A track that ends before it was judged was a person. Frames leave in order.
 */
export class HeldFrames {
  private held: SampledFrame[] = [];
  /** Tracks in waiting frames that have been judged; true: still. */
  private readonly judged = new Map<string, boolean>();

  /** Frames that wait, as they are known now. */
  get waiting(): readonly SampledFrame[] {
    return this.held;
  }

  /**
   * Takes the next frame; returns those that need not wait any more. Those that wait for another face are shown without
   * one that was found to be a picture from then on, as a new object.
   */
  add(result: SampledFrame): SampledFrame[] {
    for (const face of result.faces) if (face.unsure !== true) this.judged.set(face.trackId, face.rejected === 'still');
    for (const trackId of result.endedTracks) if (!this.judged.has(trackId)) this.judged.set(trackId, false);
    this.held.push(result);
    const free = this.held.findIndex((frame) => this.mustWait(frame, result.ts));
    const settled = this.release(free === -1 ? this.held.length : free);
    this.held = this.held.map((frame) => this.withoutPictures(frame));
    return settled;
  }

  /** Lets everything go, as when the stream stops or no more frames come. */
  flush(): SampledFrame[] {
    return this.release(this.held.length);
  }

  private mustWait({ ts, faces }: SampledFrame, nowTs: number): boolean {
    if (Math.abs(nowTs - ts) > LONGEST_MS) return false;
    return faces.some(
      ({ trackId, unsure, rejected }) => unsure === true && rejected === null && !this.judged.has(trackId),
    );
  }

  private release(count: number): SampledFrame[] {
    const free = this.held.slice(0, count);
    this.held = this.held.slice(count);
    const settled = free.map((frame) =>
      rejudged(
        frame,
        frame.faces.map((face) => this.settled(face)),
      ),
    );
    for (const { endedTracks } of free) for (const trackId of endedTracks) this.judged.delete(trackId);
    return settled;
  }

  private withoutPictures(frame: SampledFrame): SampledFrame {
    const isKnown = (face: TrackedFace): boolean => face.unsure === true && this.isPicture(face);
    if (!frame.faces.some(isKnown)) return frame;
    return rejudged(
      frame,
      frame.faces.map((face) => (isKnown(face) ? this.settled(face) : face)),
    );
  }

  private settled(face: TrackedFace): TrackedFace {
    if (face.unsure !== true) return face;
    return { ...face, unsure: false, rejected: this.isPicture(face) ? 'still' : face.rejected };
  }

  private isPicture({ trackId, rejected }: TrackedFace): boolean {
    return rejected === null && this.judged.get(trackId) === true;
  }
}
