import type { Config } from '../../config/schema.js';
import { resolveTimeZone } from '../../config/environment.js';
import { InferenceService } from '../../inference/service.js';
import { LocalTime } from '../../runtime/local-time.js';
import { analyzeRecordings, type Recording } from '../../pipeline/offline/analysis.js';
import { expandInputs } from '../../pipeline/offline/inputs.js';
import { recordingsOf } from '../../pipeline/offline/material.js';
import { sampleLines } from '../../pipeline/offline/sample-line.js';
import { codeOf, EmoscopeError } from '../../runtime/errors.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { describeFailure } from '../outcome.js';
import { createProgress, type Progress } from '../progress.js';
import { writeResult } from '../write-result.js';
import { withCacheDir } from '../with-cache-dir.js';

export interface AnalyzeOptions {
  readonly config?: string;
  readonly fps: number;
  readonly threshold?: number;
}

const MAX_WIDTH_PX = 1920;

interface Counts {
  files: number;
  frames: number;
  samples: number;
}

/** Analyses pictures, videos, folders and URLs; NDJSON samples on stdout. Unreadable inputs are named at the end. */
export const analyze = async (
  context: CliContext,
  given: readonly string[],
  options: AnalyzeOptions,
): Promise<void> => {
  const config = withCacheDir(context, readConfig(context, options.config));
  const inputs = await expandInputs(given);
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const recordings = recordingsOf(inputs, { fps: options.fps, maxWidth: MAX_WIDTH_PX, startTs: 0 });
  const inference = await InferenceService.start({ inference: config.inference, logger: loggerOf(context, config) });
  const progress = createProgress(context);
  try {
    progress.total(recordings.length);
    await analyzeAll(context, recordings, { config, inference, localTime, progress });
  } finally {
    progress.stop();
    await inference.close();
  }
};

interface Work {
  readonly config: Config;
  readonly inference: InferenceService;
  readonly localTime: LocalTime;
  readonly progress: Progress;
}

const analyzeAll = async (context: CliContext, recordings: readonly Recording[], work: Work): Promise<void> => {
  const counts: Counts = { files: 0, frames: 0, samples: 0 };
  const failures: string[] = [];
  for (const [index, recording] of recordings.entries()) {
    const { label } = recording.source.input;
    try {
      await analyzeRecordings([recording], {
        ...work,
        signal: new AbortController().signal,
        sink: { numbers: ({ samples }) => (counts.samples += samples.length) },
        onFrame: async (result) => {
          counts.frames += 1;
          work.progress.at(index, `${label}  ${((result.ts - recording.source.startTs) / 1000).toFixed(1)} s`);
          await writeResult(context, sampleLines(label, result, recording.source.startTs));
        },
      });
      counts.files += 1;
    } catch (error) {
      if (codeOf(error) === 'INTERNAL') throw error;
      failures.push(`${label}: ${describeFailure(error)}`);
    }
    work.progress.at(index + 1, label);
  }
  work.progress.stop();
  context.err.write(`${context.say('analysed', counts.files, counts.frames, counts.samples)}\n`);
  if (failures.length > 0) throw new EmoscopeError('INPUT_UNREADABLE', failures.join('\n'));
};
