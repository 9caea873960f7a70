import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import { InferenceService } from '../../inference/engine/service.js';
import type { Logger } from '../../runtime/logger.js';
import { LocalTime } from '../../time/local-time.js';
import { analyzeRecordings, type Recording } from '../offline/analysis.js';
import { sampleLines } from '../offline/sample-line.js';
import type { RecordingWatch } from './recorded-figures.js';

/** What was counted of one recording. */
export interface SampleCounts {
  readonly frames: number;
  readonly samples: number;
}

/**
 * Analyses recordings one after another and gives the samples of each frame as JSON lines to `write`, which holds the analysis
 * back while it is awaited. `onEnd` hears of each recording when it is done; what it throws ends the work.
 */
export const writeRecordedSamples = async (
  config: Config,
  logger: Logger,
  recordings: readonly Recording[],
  watch: RecordingWatch & { readonly onEnd: (recording: Recording) => void },
  write: (lines: string) => Promise<void>,
): Promise<SampleCounts> => {
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const inference = await InferenceService.start({ inference: config.inference, logger });
  const counts = { frames: 0, samples: 0 };
  const sink = {
    numbers: ({ samples }: { readonly samples: readonly unknown[] }) => (counts.samples += samples.length),
    ended: () => undefined,
    counted: () => undefined,
  };
  const { signal, onFault } = watch;
  try {
    for (const [index, recording] of recordings.entries()) {
      const { input, startTs } = recording.source;
      await analyzeRecordings([recording], {
        ...{ config, inference, localTime, sink, signal, onFault },
        onFrame: async (frame) => {
          counts.frames += 1;
          watch.onProgress(index, frame.ts);
          await write(sampleLines(input.label, frame, startTs));
        },
      });
      watch.onEnd(recording);
      watch.onProgress(index, null);
    }
    return counts;
  } finally {
    await inference.close();
  }
};
