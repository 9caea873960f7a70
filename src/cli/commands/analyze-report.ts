import { resolveTimeZone } from '../../config/environment.js';
import type { Config, StreamConfig } from '../../config/schema.js';
import type { ReportFormat } from '../../contracts/report-format.js';
import { InferenceService } from '../../inference/engine/service.js';
import { LocalTime } from '../../time/local-time.js';
import { ContactWatch } from '../../pipeline/numbers/contact-watch.js';
import { analyzeRecordings, type Recording } from '../../pipeline/offline/analysis.js';
import { expandInputs, type Skipped } from '../../pipeline/offline/inputs.js';
import { recordingsOf } from '../../pipeline/offline/material.js';
import { CellMaker } from '../../pipeline/cells/cell-maker.js';
import { StoringSink } from '../../pipeline/numbers/storing-sink.js';
import { makeReport } from '../../reporting/make-report.js';
import type { Report } from '../../reporting/report.js';
import { systemClock } from '../../runtime/clock.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { openStore } from '../../store/open-store.js';
import { AnalysisOutcome } from '../analysis-outcome.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { createProgress, type Progress } from '../progress.js';
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

const MAX_WIDTH_PX = 1920;

/** The configured streams as recordings on one common clock; all of them must be files. */
const configuredRecordings = (config: Config, startTs: number): Recording[] => {
  const streams = config.streams.filter(({ enabled }) => enabled);
  if (streams.length === 0) throw new EmoscopeError('USAGE', 'The configuration has no stream to analyse.');
  return streams.map((stream) => ({
    stream,
    source: {
      streamId: stream.id,
      input: { kind: 'video', source: stream.url, label: stream.id, named: true },
      fps: stream.fps,
      maxWidth: stream.maxWidth,
      startTs: startTs + stream.clockOffsetMs,
    },
  }));
};

/** Configured streams run together, as live; given files one after another, each from the same first instant. */
const batchesOf = async (
  config: Config,
  given: readonly string[],
  { fps, startTs, stillFaces }: Pick<AnalyzeReportOptions, 'fps' | 'stillFaces'> & { readonly startTs: number },
): Promise<{ readonly batches: Recording[][]; readonly skipped: readonly Skipped[] }> => {
  if (given.length === 0) return { batches: [configuredRecordings(config, startTs)], skipped: [] };
  const { inputs, skipped } = await expandInputs(given);
  const recordings = recordingsOf(inputs, { fps, maxWidth: MAX_WIDTH_PX, startTs, stillFaces });
  return { batches: recordings.map((recording) => [recording]), skipped };
};

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
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const startTs = localTime.startOfDay(systemClock.now());
  const { batches, skipped } = await batchesOf(config, given, { ...options, startTs });
  const outcome = new AnalysisOutcome(context, skipped);
  if (batches.length === 0) {
    outcome.finish(0);
    return;
  }
  const logger = loggerOf(context, config);
  const store = await openStore({ ...config.store, kind: 'memory' }, logger);
  const inference = await InferenceService.start({ inference: config.inference, logger });
  const progress = createProgress(context);
  try {
    const contacts = new ContactWatch(given.length === 0 ? config.contacts : [], {
      metrics: config.metrics,
      maxLagMs: Infinity,
      onChange: (change) => {
        if (change.kind === 'end') store.append({ contacts: [change.contact] });
      },
    });
    const sink = new StoringSink(store, contacts, config.privacy);
    const toTs = await runBatches(batches, {
      config,
      inference,
      localTime,
      sink,
      progress,
      startTs,
      outcome,
      signal: context.readerGone,
    });
    contacts.flush();
    await store.flush();
    await new CellMaker({ store, localTime, clock: systemClock, privacy: () => config.privacy }).finish(toTs);
    const streams = [...new Map(batches.flat().map(({ stream }) => [stream.id, stream])).values()];
    const sources = { store, config: () => ({ ...config, streams }), localTime, clock: systemClock };
    const query = queryOf(report, { period: { fromTs: startTs, toTs }, flags: options.flags });
    const model = await makeReport(report, query, AT_THE_MACHINE, sources);
    progress.stop();
    const { kAnonymity } = config.privacy;
    context.err.write(`${kAnonymity <= 1 ? context.say('openFigures') : context.say('guardedFigures', kAnonymity)}\n`);
    await emitReport(context, report, model, options);
    outcome.finish(batches.flat().filter(({ source }) => !outcome.hasFailed(source)).length);
  } finally {
    progress.stop();
    await inference.close();
    await store.close();
  }
};

interface BatchWork {
  readonly config: Config;
  readonly inference: InferenceService;
  readonly localTime: LocalTime;
  readonly sink: StoringSink;
  readonly progress: Progress;
  readonly startTs: number;
  readonly outcome: AnalysisOutcome;
  readonly signal: AbortSignal;
}

/** Analyses batch after batch; gives the end of the material, on the next whole minute. */
const runBatches = async (batches: readonly Recording[][], work: BatchWork): Promise<number> => {
  let lastTs = work.startTs;
  work.progress.total(batches.length);
  for (const [index, batch] of batches.entries()) {
    const label = batch.map(({ source }) => source.input.label).join(', ');
    await analyzeRecordings(batch, {
      ...work,
      onFault: work.outcome.onFault,
      onFrame: ({ ts }) => {
        lastTs = Math.max(lastTs, ts);
        work.progress.at(index, `${label}  ${((ts - work.startTs) / 1000).toFixed(1)} s`);
        return Promise.resolve();
      },
    });
    work.progress.at(index + 1, label);
  }
  return Math.ceil((lastTs + 1) / 60_000) * 60_000;
};
