import { TrackAccumulator } from '../../metrics/faces/track-accumulator.js';
import type { LostVisit } from '../../store/ports/resume-reader.js';
import type { RowSink } from '../../store/ports/row-sink.js';
import type { VisitReader } from '../../store/ports/visit-reader.js';

/** More samples than a visit of a day has at 30 frames a second. */
const MOST_SAMPLES = 3_000_000;

/**
 * Sums up visits whose process died before it did, from their samples, so that they count wherever visitors are counted.
 * Gives how many; fewer when `signal` aborts.
 */
export const sumUpLostVisits = async (
  store: Pick<VisitReader, 'samples'> & RowSink,
  visits: readonly LostVisit[],
  signal?: AbortSignal,
): Promise<number> => {
  let done = 0;
  for (const { streamId, role, trackId, firstTs, lastTs } of visits) {
    if (signal?.aborted === true) break;
    const own = { streams: [streamId], roles: [role], tracks: [trackId], limit: MOST_SAMPLES };
    const track = new TrackAccumulator();
    track.add(await store.samples({ ...own, fromTs: firstTs, toTs: lastTs + 1 }));
    store.append({ tracks: track.flush() });
    done += 1;
  }
  if (done > 0) await store.flush();
  return done;
};
