import type { Config, StreamConfig } from '../../config/schema.js';
import { resolveTimeZone } from '../../config/environment.js';
import { InferenceService } from '../../inference/engine/service.js';
import { LocalTime } from '../../time/local-time.js';
import { analyzeRecordings, type Recording } from '../../pipeline/offline/analysis.js';
import { expandInputs } from '../../pipeline/offline/inputs.js';
import { recordingsOf } from '../../pipeline/offline/material.js';
import { sampleLines } from '../../pipeline/offline/sample-line.js';
import { AnalysisOutcome } from '../analysis-outcome.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { createProgress, type Progress } from '../progress.js';
import { ReaderGone, writeResult } from '../write-result.js';
import { withCacheDir } from '../with-cache-dir.js';

export interface AnalyzeOptions {
  readonly config?: string;
  readonly fps: number;
  readonly threshold?: number;
  readonly stillFaces: StreamConfig['stillFaces'];
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
  const { inputs, skipped } = await expandInputs(given);
  const outcome = new AnalysisOutcome(context, skipped);
  if (inputs.length === 0) {
    outcome.finish(0);
    return;
  }
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const recordings = recordingsOf(inputs, {
    ...{ fps: options.fps, maxWidth: MAX_WIDTH_PX, startTs: 0 },
    stillFaces: options.stillFaces,
  });
  const inference = await InferenceService.start({ inference: config.inference, logger: loggerOf(context, config) });
  const progress = createProgress(context);
  try {
    progress.total(recordings.length);
    await analyzeAll(context, recordings, { config, inference, localTime, progress, outcome });
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
  readonly outcome: AnalysisOutcome;
}

const analyzeAll = async (context: CliContext, recordings: readonly Recording[], work: Work): Promise<void> => {
  const counts: Counts = { files: 0, frames: 0, samples: 0 };
  for (const [index, recording] of recordings.entries()) {
    const { label } = recording.source.input;
    await analyzeRecordings([recording], {
      ...work,
      signal: context.readerGone,
      sink: { numbers: ({ samples }) => (counts.samples += samples.length), ended: () => undefined },
      onFault: work.outcome.onFault,
      onFrame: async (result) => {
        counts.frames += 1;
        work.progress.at(index, `${label}  ${((result.ts - recording.source.startTs) / 1000).toFixed(1)} s`);
        await writeResult(context, sampleLines(label, result, recording.source.startTs));
      },
    });
    if (context.readerGone.aborted) throw new ReaderGone();
    if (!work.outcome.hasFailed(recording.source)) counts.files += 1;
    work.progress.at(index + 1, label);
  }
  work.progress.stop();
  context.err.write(`${context.say('analysed', counts.files, counts.frames, counts.samples)}\n`);
  work.outcome.finish(counts.files);
};
