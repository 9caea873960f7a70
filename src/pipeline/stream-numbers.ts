import type { StreamConfig } from '../config/schema.js';
import type { FrameResult } from '../contracts/face.js';
import type { StreamWindows } from '../contracts/window.js';
import { FrameCounter } from '../metrics/frame-counter.js';
import type { LocalTime } from '../runtime/local-time.js';
import { RollingWindows } from '../metrics/rolling-windows.js';
import { samplesOf } from '../metrics/sample.js';
import { TrackAccumulator } from '../metrics/track-accumulator.js';
import type { FrameNumbers } from './numbers-sink.js';

/** One stream's frame results turned into samples, counts, visitors and rolling figures; the same live and offline. */
export class StreamNumbers {
  private readonly windows: RollingWindows;
  private readonly counter: FrameCounter;
  private readonly tracks = new TrackAccumulator();

  constructor(stream: Pick<StreamConfig, 'id' | 'role' | 'zones'>, threshold: number, localTime: LocalTime) {
    this.windows = new RollingWindows({ threshold, localTime, role: stream.role });
    this.counter = new FrameCounter(stream);
  }

  add(result: FrameResult): FrameNumbers {
    const samples = samplesOf(result);
    this.windows.add(result);
    this.tracks.add(samples);
    return { result, samples, frames: this.counter.countsOf(result), tracks: this.tracks.end(result.endedTracks) };
  }

  /** What is still open when the stream stops. */
  finish(): Pick<FrameNumbers, 'frames' | 'tracks'> {
    return { frames: [], tracks: this.tracks.flush() };
  }

  snapshot(nowTs: number): StreamWindows {
    return this.windows.snapshot(nowTs);
  }
}
