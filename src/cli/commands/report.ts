import { writeFile } from 'node:fs/promises';
import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import type { HappyIndexReading } from '../../contracts/contact.js';
import type { ReportModel } from '../../api/ports.js';
import { readingOf, withReadingNotes, type SmileReadingName } from '../../contracts/smile-reading.js';
import { LocalTime } from '../../runtime/local-time.js';
import { CellMaker } from '../../pipeline/cells/cell-maker.js';
import { judgeStoredContacts } from '../../pipeline/judge-again.js';
import { createReportModels, reportModel } from '../../pipeline/ports/reports-port.js';
import { renderReport } from '../../report/report-request.js';
import { parsePeriod } from '../../report/period.js';
import { systemClock } from '../../runtime/clock.js';
import { codeOf, EmoscopeError } from '../../runtime/errors.js';
import { openStore } from '../../store/open-store.js';
import type { CliFormat, ReportKind } from '../choices.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { writeResult } from '../write-result.js';
import { fetchReport } from '../service-client.js';

const BINARY: ReadonlySet<CliFormat> = new Set(['xlsx', 'pdf']);

export interface ReportOptions {
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly day?: string;
  readonly streams?: readonly string[];
  readonly threshold?: number;
  readonly smileIndex: SmileReadingName;
  readonly happyIndex?: HappyIndexReading;
  readonly format: CliFormat;
  readonly out?: string;
}

export interface ReportRequest {
  readonly kind: ReportKind;
  readonly fromTs: number;
  readonly toTs: number;
  readonly streams: readonly string[];
  readonly threshold: number;
  readonly smileIndex: SmileReadingName;
  readonly happyIndex: HappyIndexReading;
}

/** Writes a rendered report to a file or to stdout; binary formats need a file on a terminal. */
export const emitReport = async (
  context: CliContext,
  report: ReportModel,
  { format, out }: Pick<ReportOptions, 'format' | 'out'>,
): Promise<void> => {
  if (out === undefined && BINARY.has(format) && process.stdout.isTTY) {
    throw new EmoscopeError('USAGE', `A ${format} file does not belong on a terminal; give --out FILE.`);
  }
  const columns = out === undefined && process.stdout.isTTY ? process.stdout.columns : undefined;
  const { body } = await renderReport({
    report,
    format,
    lang: context.language,
    ...(columns === undefined ? {} : { options: { table: { width: columns } } }),
  });
  if (out === undefined) {
    await writeResult(context, body);
    return;
  }
  await writeFile(out, body);
  context.err.write(`${context.say('written', out)}\n`);
};

const fromStore = async (context: CliContext, config: Config, request: ReportRequest): Promise<ReportModel> => {
  const store = await openStore(config.store, loggerOf(context, config));
  try {
    await judgeStoredContacts(store, config.metrics);
    const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
    await new CellMaker({ store, localTime, clock: systemClock, privacy: () => config.privacy }).run();
    const reports = createReportModels({ store, config: () => config, localTime, clock: systemClock });
    const { kind, ...period } = request;
    const report = await reportModel(reports, kind, { ...period, smileIndex: readingOf(period.smileIndex) });
    return report.kind === 'me1' ? { ...report, model: withReadingNotes(report.model, period.smileIndex) } : report;
  } finally {
    await store.close();
  }
};

/** `emoscope report`: from the store, or from the running service while that holds the store. */
export const report = async (context: CliContext, kind: ReportKind, options: ReportOptions): Promise<void> => {
  const config = readConfig(context, options.config);
  const { from, to, last, day } = options;
  const given = Object.fromEntries(Object.entries({ from, to, last, day }).filter(([, text]) => text !== undefined));
  const period = parsePeriod(Object.keys(given).length === 0 ? { last: '24h' } : given, {
    now: systemClock.now(),
    timeZone: resolveTimeZone(config.site.timeZone),
    lang: context.language,
  });
  const request: ReportRequest = {
    kind,
    ...period,
    streams: options.streams ?? [],
    threshold: options.threshold ?? config.metrics.threshold,
    smileIndex: options.smileIndex,
    happyIndex: options.happyIndex ?? config.metrics.happyIndex,
  };
  const model = await fromStore(context, config, request).catch((error: unknown) => {
    if (codeOf(error) !== 'STORE_LOCKED') throw error;
    return fetchReport(context, config, request);
  });
  await emitReport(context, model, options);
};
