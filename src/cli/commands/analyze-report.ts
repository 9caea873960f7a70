import type { StreamConfig } from '../../config/schema.js';
import type { ReportFormat } from '../../contracts/documents/report-format.js';
import { materialOf } from '../../pipeline/compose/material.js';
import { withRecordedFigures } from '../../pipeline/compose/recorded-figures.js';
import { makeReport } from '../../reporting/make-report.js';
import type { Report } from '../../reporting/report.js';
import { AnalysisOutcome } from '../analysis-outcome.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { createProgress } from '../progress.js';
import { AT_THE_MACHINE, queryOf, type GivenFlags } from '../report-query.js';
import { withCacheDir } from '../with-cache-dir.js';
import { assertFormat, emitReport } from './report.js';

export interface AnalyzeReportOptions {
  readonly config?: string;
  /** Analysed frames per second of given files; a configured stream has its own. */
  readonly fps: number;
  readonly stillFaces: StreamConfig['stillFaces'];
  /** The flags of the report, by the names of their parameters. */
  readonly flags: GivenFlags;
  readonly format: ReportFormat;
  readonly out?: string;
  /** Figures of any number of people, as is anyone's right with recordings of their own. */
  readonly open?: boolean;
}

/**
 * `emoscope analyze --report`: the material through the same stages, store and report as live. Its first instant is
 * today's midnight, so that times in the report are positions in the material.
 */
export const analyzeReport = async (
  context: CliContext,
  given: readonly string[],
  report: Report,
  options: AnalyzeReportOptions,
): Promise<void> => {
  assertFormat(report, options.format);
  const read = withCacheDir(context, readConfig(context, options.config));
  const config = options.open === true ? { ...read, privacy: { ...read.privacy, kAnonymity: 1 } } : read;
  const { batches, startTs, skipped } = await materialOf(config, given, options);
  const outcome = new AnalysisOutcome(context, skipped);
  if (batches.length === 0) {
    outcome.finish(0);
    return;
  }
  const progress = createProgress(context, batches.length);
  const labels = batches.map((batch) => batch.map(({ source }) => source.input.label).join(', '));
  const watch = {
    signal: context.readerGone,
    onFault: outcome.onFault,
    onProgress: (index: number, ts: number | null) => {
      const label = labels[index] ?? '';
      if (ts === null) progress.at(index + 1, label);
      else progress.at(index, `${label}  ${((ts - startTs) / 1000).toFixed(1)} s`);
    },
  };
  // Contacts are watched where the cameras they name are analysed.
  const watched = given.length === 0 ? config : { ...config, contacts: [] };
  const material = { batches, startTs };
  try {
    await withRecordedFigures(watched, loggerOf(context, config), material, watch, async (sources, period) => {
      const query = queryOf(report, { period, flags: options.flags });
      const model = await makeReport(report, query, AT_THE_MACHINE, sources);
      progress.stop();
      const { kAnonymity } = config.privacy;
      const words = kAnonymity <= 1 ? context.say('openFigures') : context.say('guardedFigures', kAnonymity);
      context.err.write(`${words}\n`);
      await emitReport(context, report, model, options);
      outcome.finish(batches.flat().filter(({ source }) => !outcome.hasFailed(source)).length);
    });
  } finally {
    progress.stop();
  }
};
