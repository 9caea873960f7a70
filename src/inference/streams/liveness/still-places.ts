import type { Box } from '../../../contracts/face.js';
import { iou } from '../tracker/overlap.js';

/** A place where nothing was seen for this long is forgotten: the poster has been taken down, ms. */
const FORGET_MS = 10 * 60_000;
/** Boxes that overlap this much lie on the same picture. */
const SAME = 0.5;
const MAX_PLACES = 50;

/** Where pictures of faces hang in the view of one stream, so that one found again after being hidden is not a new face. */
export class StillPlaces {
  private places: { box: Box; seenMs: number }[] = [];

  /** A picture is seen here. */
  remember(tsMs: number, box: Box): void {
    const others = this.places.filter((place) => iou(place.box, box) < SAME && tsMs - place.seenMs < FORGET_MS);
    this.places = [...others, { box, seenMs: tsMs }].slice(-MAX_PLACES);
  }

  holds(tsMs: number, box: Box): boolean {
    return this.places.some((place) => iou(place.box, box) >= SAME && Math.abs(tsMs - place.seenMs) < FORGET_MS);
  }
}
