import type { TrackedBody } from '../../contracts/face.js';
import { fractionsOf, type PixelBox } from '../pixels/picture.js';
import { StreamTracker } from './tracker/stream-tracker.js';

/** Bodies at least this sure begin a track; the network is less sure of people seen from behind and above. */
const SURE_SCORE = 0.4;
const WEAK_SCORE = 0.2;
/** Who is hidden for longer is somebody new: at a door people do not stop behind one another. */
const MAX_GAP_MS = 1000;

/** Follows the bodies of one stream by position, size and motion alone. */
export class StreamBodies {
  private readonly tracker: StreamTracker;

  constructor({ fps }: { readonly fps: number }) {
    this.tracker = new StreamTracker({ fps, maxGapMs: MAX_GAP_MS, sureScore: SURE_SCORE, weakScore: WEAK_SCORE });
  }

  /** Gives each finding its track; those too weak to be followed are left out. */
  follow(
    found: readonly { readonly box: PixelBox; readonly score: number }[],
    frame: { readonly ts: number; readonly width: number; readonly height: number },
  ): { readonly bodies: readonly TrackedBody[]; readonly ended: readonly string[] } {
    const { ts, width, height } = frame;
    const seen = found.map(({ box, score }) => ({ box: fractionsOf(box, frame), score }));
    const { trackIds, ended } = this.tracker.update(ts, seen, width / height);
    const bodies = seen.flatMap(({ box, score }, at) => {
      const trackId = trackIds[at] ?? null;
      return trackId === null ? [] : [{ trackId, box, score }];
    });
    return { bodies, ended };
  }

  /** Ends every track and returns their ids. */
  endAll(): readonly string[] {
    return this.tracker.endAll();
  }
}
