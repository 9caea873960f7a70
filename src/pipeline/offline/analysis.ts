import type { Config, StreamConfig } from '../../config/schema.js';
import type { FrameResult } from '../../contracts/face.js';
import type { Frame } from '../../contracts/frame.js';
import { systemClock } from '../../runtime/clock.js';
import { sampled, type SampledFrame } from '../../metrics/faces/sample.js';
import type { LocalTime } from '../../time/local-time.js';
import { inferenceOptionsOf, type LiveInference } from '../camera/monitor.js';
import type { FrameNumbers, NumbersSink } from '../numbers/numbers-sink.js';
import { doorOf, type DoorNumbers } from '../numbers/door-numbers.js';
import { StreamNumbers } from '../numbers/stream-numbers.js';
import { inOrder } from './in-order.js';
import { merged, type OfflineSource, type OnFault } from './picture-stream.js';

/** Frames analysed at once; enough to keep two inference threads busy while the next frame is decoded. */
const FRAMES_AT_ONCE = 4;

/** What offline analysis needs of inference. */
interface OfflineInference extends Pick<LiveInference, 'openStream' | 'closeStream'> {
  analyze(frame: Frame): Promise<FrameResult>;
}

/** One recording with the stream it stands for. */
export interface Recording {
  readonly stream: StreamConfig;
  readonly source: OfflineSource;
}

export interface AnalysisOptions {
  readonly config: Config;
  readonly inference: OfflineInference;
  readonly localTime: LocalTime;
  readonly sink: NumbersSink;
  readonly signal: AbortSignal;
  /** Each frame when its figures are certain, in order; awaited, so that a slow reader of the results holds the analysis back. */
  readonly onFrame?: (frame: SampledFrame) => Promise<void>;
  readonly onFault: OnFault;
}

const hand = async (settled: readonly FrameNumbers[], { sink, onFrame }: AnalysisOptions): Promise<void> => {
  for (const numbers of settled) {
    await onFrame?.(numbers.result);
    sink.numbers(numbers);
  }
};

/**
 * Runs recordings through the same stages as live cameras, on one common clock, as fast as they decode; nothing is
 * dropped. Material that cannot be read, or not to its end, is named to `onFault`, and the rest goes on.
 */
export const analyzeRecordings = async (recordings: readonly Recording[], options: AnalysisOptions): Promise<void> => {
  const { config, inference, localTime, signal, sink } = options;
  const numbers = new Map<string, StreamNumbers>();
  const doors = new Map<string, DoorNumbers>();
  for (const { stream } of recordings) {
    inference.openStream(inferenceOptionsOf(config, stream));
    const door = doorOf(stream, { siteId: config.site.id, localTime, clock: systemClock });
    if (door !== null) doors.set(stream.id, door);
    else numbers.set(stream.id, new StreamNumbers(stream, config.metrics.threshold, localTime));
  }
  try {
    const frames = merged(
      recordings.map(({ source }) => source),
      signal,
      options.onFault,
    );
    for await (const { result } of inOrder(frames, FRAMES_AT_ONCE, (frame) => inference.analyze(frame))) {
      const { bodies } = result;
      if (bodies !== undefined) {
        await options.onFrame?.(sampled(result));
        sink.counted(doors.get(result.streamId)?.add({ ...result, bodies }) ?? []);
      } else await hand(numbers.get(result.streamId)?.add(sampled(result)) ?? [], options);
    }
  } finally {
    for (const { stream } of recordings) inference.closeStream(stream.id);
    for (const one of numbers.values()) {
      await hand(one.settle(), options);
      sink.ended(one.finish());
    }
    for (const door of doors.values()) sink.counted(door.settle());
  }
};
