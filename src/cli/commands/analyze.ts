import type { StreamConfig } from '../../config/schema.js';
import { givenRecordings } from '../../pipeline/compose/material.js';
import { writeRecordedSamples } from '../../pipeline/compose/recorded-samples.js';
import { AnalysisOutcome } from '../analysis-outcome.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { createProgress } from '../progress.js';
import { ReaderGone, writeResult } from '../write-result.js';
import { withCacheDir } from '../with-cache-dir.js';

export interface AnalyzeOptions {
  readonly config?: string;
  readonly fps: number;
  readonly threshold?: number;
  readonly stillFaces: StreamConfig['stillFaces'];
}

/** Analyses pictures, videos, folders and URLs; NDJSON samples on stdout. Unreadable inputs are named at the end. */
export const analyze = async (
  context: CliContext,
  given: readonly string[],
  options: AnalyzeOptions,
): Promise<void> => {
  const config = withCacheDir(context, readConfig(context, options.config));
  const { recordings, skipped } = await givenRecordings(given, options);
  const outcome = new AnalysisOutcome(context, skipped);
  if (recordings.length === 0) {
    outcome.finish(0);
    return;
  }
  const progress = createProgress(context, recordings.length);
  let files = 0;
  const watch = {
    signal: context.readerGone,
    onFault: outcome.onFault,
    onProgress: (index: number, ts: number | null) => {
      const source = recordings[index]?.source;
      const label = source?.input.label ?? '';
      if (ts === null) progress.at(index + 1, label);
      else progress.at(index, `${label}  ${((ts - (source?.startTs ?? 0)) / 1000).toFixed(1)} s`);
    },
    onEnd: ({ source }: (typeof recordings)[number]) => {
      if (context.readerGone.aborted) throw new ReaderGone();
      if (!outcome.hasFailed(source)) files += 1;
    },
  };
  try {
    const logger = loggerOf(context, config);
    const { frames, samples } = await writeRecordedSamples(config, logger, recordings, watch, (lines) =>
      writeResult(context, lines),
    );
    progress.stop();
    context.err.write(`${context.say('analysed', files, frames, samples)}\n`);
    outcome.finish(files);
  } finally {
    progress.stop();
  }
};
