import type { TrackedFace } from '../../contracts/face.js';
import { Episode } from './episode.js';
import type { ContactOptions } from './options.js';

/** A face that never leaves (a poster) must not grow memory: after this long the contact is closed and a new one begins. */
const LONGEST_MS = 30 * 60_000;

/** Turns the customer view's faces into episodes: one per customer, with gaps shorter than the limit bridged. */
export class Customers {
  private open: Episode[] = [];

  constructor(
    private readonly options: Pick<ContactOptions, 'contactGapMs'>,
    private readonly newId: () => string,
  ) {}

  get episodes(): readonly Episode[] {
    return this.open;
  }

  /** Takes the faces of one analysed frame; returns the episodes that are over. */
  observe(ts: number, faces: readonly TrackedFace[]): Episode[] {
    // First, so that a camera that was blind for long does not join two people.
    const over = this.close((episode) => this.isOver(episode, ts));
    const seen = new Map<Episode, TrackedFace>();
    for (const face of faces) {
      const owner = this.open.find((episode) => episode.owns(face.trackId));
      if (owner !== undefined) seen.set(owner, larger(seen.get(owner), face));
    }
    for (const face of faces) {
      if (face.rejected !== null || this.open.some((episode) => episode.owns(face.trackId))) continue;
      seen.set(this.rejoined(face, seen) ?? this.begin(ts, face), face);
    }
    for (const episode of this.open) episode.observe(ts, seen.get(episode) ?? null);
    return over;
  }

  /** Ends every open episode. */
  flush(): Episode[] {
    return this.close(() => true);
  }

  private begin(ts: number, face: TrackedFace): Episode {
    const episode = new Episode(this.newId(), ts, face);
    this.open.push(episode);
    return episode;
  }

  /** The episode, lost from view, whose customer this new track can be: the nearest. */
  private rejoined(face: TrackedFace, seen: ReadonlyMap<Episode, TrackedFace>): Episode | null {
    let best: { episode: Episode; widths: number } | null = null;
    for (const episode of this.open) {
      const widths = seen.has(episode) ? null : episode.distanceTo(face);
      if (widths !== null && (best === null || widths < best.widths)) best = { episode, widths };
    }
    best?.episode.adopt(face.trackId);
    return best?.episode ?? null;
  }

  private isOver(episode: Episode, ts: number): boolean {
    return ts - episode.lastSeenTs >= this.options.contactGapMs || ts - episode.startTs >= LONGEST_MS;
  }

  private close(over: (episode: Episode) => boolean): Episode[] {
    const closed = this.open.filter(over);
    this.open = this.open.filter((episode) => !closed.includes(episode));
    return closed;
  }
}

const larger = (a: TrackedFace | undefined, b: TrackedFace): TrackedFace =>
  a === undefined || b.box.width * b.box.height > a.box.width * a.box.height ? b : a;
