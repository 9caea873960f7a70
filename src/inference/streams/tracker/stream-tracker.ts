import type { Box } from '../../../contracts/face.js';
import { assignCheapest } from './assignment.js';
import { FrameRhythm } from './frame-rhythm.js';
import { newTrackId } from './track-id.js';
import { Track } from './track.js';

/** A detector's box in fractions of the frame, with its confidence. */
export interface Detection {
  readonly box: Box;
  readonly score: number;
}

export interface TrackerOptions {
  /** A face unseen for longer than this is gone, ms; default 1500. Widened by the rate that is achieved, so that one missed frame never ends a track. */
  readonly maxGapMs?: number;
  /** Analysed frames per second that are asked for: the rate until frames show the real one. */
  readonly fps?: number;
  /** Detections at least this sure are matched first and may start tracks; default 0.5. */
  readonly sureScore?: number;
  /** Less sure detections down to this may only continue a track; default 0.2. */
  readonly weakScore?: number;
  /** Default: random, 72 bits. */
  readonly newId?: () => string;
}

export interface TrackerUpdate {
  /** Track of each detection, by its index; null: too weak to be followed. */
  readonly trackIds: readonly (string | null)[];
  /** Tracks that ended: unseen for longer than the gap. */
  readonly ended: readonly string[];
}

const MAX_WEAK_COST = 0.8;
/** A track lives over so many of the intervals at which frames really come: two missed frames never end it. */
const GAP_FRAMES = 3;

const usable = ({ box, score }: Detection): boolean =>
  Number.isFinite(box.x + box.y + box.width + box.height + score) && box.width > 0 && box.height > 0;

/**
 * Follows the faces of one stream by position, size and motion (no picture, no embedding): sure detections are matched
 * first, weak ones only prolong what is already followed (after ByteTrack, Zhang et al. 2022), motion restarts from
 * the observation after a gap (after OC-SORT, Cao et al. 2023). Deterministic given ids and timestamps.
 */
export class StreamTracker {
  private tracks: Track[] = [];
  /** Time of the newest frame, ms; runs on its own so that a small step back of the camera's clock stands still here. */
  private nowMs = 0;
  private lastTsMs: number | null = null;
  private lastAspect: number | null = null;
  private readonly shortestGapMs: number;
  private readonly rhythm: FrameRhythm;
  private readonly sureScore: number;
  private readonly weakScore: number;
  private readonly newId: () => string;

  constructor(options: TrackerOptions = {}) {
    const { maxGapMs = 1500, fps, sureScore = 0.5, weakScore = 0.2, newId = newTrackId } = options;
    this.shortestGapMs = maxGapMs;
    this.rhythm = new FrameRhythm(fps === undefined ? null : 1000 / fps);
    this.sureScore = sureScore;
    this.weakScore = weakScore;
    this.newId = newId;
  }

  /** Ids of the tracks alive, those in a gap included. */
  get alive(): readonly string[] {
    return this.tracks.map((track) => track.id);
  }

  /** Where the faces seen in the last frame should be at `tsMs`; for looking there instead of everywhere. */
  predict(tsMs: number): { readonly trackId: string; readonly box: Box }[] {
    const elapsedS = Math.max(0, tsMs - (this.lastTsMs ?? tsMs)) / 1000;
    return this.tracks
      .filter((track) => track.lastSeenMs === this.nowMs)
      .map((track) => ({ trackId: track.id, box: track.ahead(elapsedS) }));
  }

  /** Takes the detections of one frame; `aspect` is frame width ÷ height. A jump back in time by more than the gap ends all tracks. */
  update(tsMs: number, detections: readonly Detection[], aspect: number): TrackerUpdate {
    const previousMs = this.nowMs;
    const ended = this.moveTo(tsMs, aspect);
    const nowMs = this.nowMs;
    const trackIds = new Array<string | null>(detections.length).fill(null);
    const sure = [...detections.keys()].filter((index) => this.atLeast(detections, index, this.sureScore));
    const weak = [...detections.keys()].filter(
      (index) => this.atLeast(detections, index, this.weakScore) && !sure.includes(index),
    );
    const free = new Set(this.tracks);
    const claim = (indices: readonly number[], tracks: readonly Track[], maxCost: number): void => {
      const cost = tracks.map((track) =>
        indices.map((index) => {
          const detection = detections[index];
          if (detection === undefined) return Infinity;
          const value = track.cost(detection.box, track.lastSeenMs !== previousMs);
          return value <= maxCost ? value : Infinity;
        }),
      );
      assignCheapest(cost).forEach((column, row) => {
        const track = tracks[row];
        const index = indices[column];
        const detection = index === undefined ? undefined : detections[index];
        if (track === undefined || index === undefined || detection === undefined) return;
        trackIds[index] = track.id;
        free.delete(track);
        track.correct(detection.box, nowMs, track.lastSeenMs !== previousMs);
      });
    };
    claim(sure, [...free], Infinity);
    claim(
      weak,
      [...free].filter((track) => track.lastSeenMs === previousMs),
      MAX_WEAK_COST,
    );
    for (const index of sure) {
      const detection = detections[index];
      if (trackIds[index] !== null || detection === undefined) continue;
      const track = new Track(this.newId(), detection.box, nowMs, aspect);
      this.tracks.push(track);
      trackIds[index] = track.id;
    }
    return { trackIds, ended };
  }

  /** Ends every track and returns their ids (the stream closes or its picture changed). */
  endAll(): string[] {
    const ended = this.tracks.map((track) => track.id);
    this.tracks = [];
    return ended;
  }

  private atLeast(detections: readonly Detection[], index: number, score: number): boolean {
    const detection = detections[index];
    return detection !== undefined && usable(detection) && detection.score >= score;
  }

  private moveTo(tsMs: number, aspect: number): string[] {
    const changedShape = this.lastAspect !== null && Math.abs(this.lastAspect - aspect) > 0.01 * aspect;
    const elapsedMs = tsMs - (this.lastTsMs ?? tsMs);
    const maxGapMs = Math.max(this.shortestGapMs, GAP_FRAMES * this.rhythm.intervalMs(elapsedMs));
    this.lastAspect = aspect;
    this.lastTsMs = tsMs;
    if (changedShape || elapsedMs < -maxGapMs) return this.endAll();
    this.nowMs += Math.max(0, elapsedMs);
    const limitMs = this.nowMs - maxGapMs;
    const ended = this.tracks.filter((track) => track.lastSeenMs < limitMs).map((track) => track.id);
    this.tracks = this.tracks.filter((track) => track.lastSeenMs >= limitMs);
    for (const track of this.tracks) track.advance(Math.max(0, elapsedMs) / 1000);
    return ended;
  }
}
