import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import type { HappyIndexReading } from '../../contracts/contact.js';
import type { Me1Params } from '../../contracts/me1.js';
import type { ReportModel } from '../../api/ports.js';
import { readingOf, withReadingNotes, type SmileReadingName } from '../../contracts/smile-reading.js';
import { LocalTime } from '../../time/local-time.js';
import { CellMaker } from '../../pipeline/cells/cell-maker.js';
import { judgeStoredContacts } from '../../pipeline/judge-again.js';
import { sumUpLostVisits } from '../../pipeline/lost-visits.js';
import { createReportModels, reportModel } from '../../pipeline/ports/reports-port.js';
import { renderReport } from '../../reporting/rendering/report-request.js';
import type { Period } from '../../contracts/period.js';
import { parsePeriod, type PeriodContext } from '../../time/read-period.js';
import { systemClock } from '../../runtime/clock.js';
import { codeOf, EmoscopeError } from '../../runtime/errors.js';
import { openStore } from '../../store/open-store.js';
import type { CliFormat, PeriodReportKind, ReportKind } from '../choices.js';
import { audited } from '../audited.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { writeForPeople } from '../private-files.js';
import { writeResult } from '../write-result.js';
import { fetchReport } from '../service-client.js';

const BINARY: ReadonlySet<CliFormat> = new Set(['xlsx', 'pdf']);

export interface ReportOptions {
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly day?: string;
  readonly otherFrom?: string;
  readonly otherTo?: string;
  readonly otherDay?: string;
  readonly streams?: readonly string[];
  readonly threshold?: number;
  readonly smileIndex: SmileReadingName;
  readonly happyIndex?: HappyIndexReading;
  readonly format: CliFormat;
  readonly out?: string;
}

/** Which report: one of a period, or a comparison with a second one. */
type Subject = { readonly kind: PeriodReportKind } | { readonly kind: 'comparison'; readonly other: Period };

type ReportRequest = Subject &
  Period & {
    readonly streams: readonly string[];
    readonly threshold: number;
    readonly smileIndex: SmileReadingName;
    readonly happyIndex: HappyIndexReading;
  };

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
  await writeForPeople(out, body);
  context.err.write(`${context.say('written', out)}\n`);
};

const comparisonOf = async (
  reports: ReturnType<typeof createReportModels>,
  request: ReportRequest & { readonly kind: 'comparison' },
): Promise<ReportModel> => {
  const { streams, threshold } = request;
  const paramsOf = ({ fromTs, toTs }: Period): Me1Params => ({
    fromTs,
    toTs,
    ...(streams.length === 0 ? {} : { streams }),
    threshold,
    smileIndex: 'face',
  });
  return { kind: 'comparison', model: await reports.comparison(paramsOf(request), paramsOf(request.other)) };
};

const fromStore = async (context: CliContext, config: Config, request: ReportRequest): Promise<ReportModel> => {
  const store = await openStore(config.store, loggerOf(context, config));
  try {
    await judgeStoredContacts(store, config.metrics);
    await sumUpLostVisits(store, await store.lostVisits(systemClock.now()));
    const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
    await new CellMaker({ store, localTime, clock: systemClock, privacy: () => config.privacy }).run();
    const reports = createReportModels({ store, config: () => config, localTime, clock: systemClock });
    if (request.kind === 'comparison') return await comparisonOf(reports, request);
    const { kind, ...period } = request;
    const make = () => reportModel(reports, kind, { ...period, smileIndex: readingOf(period.smileIndex) });
    const look = { kind: 'personal-data', action: 'reports.contacts', target: null } as const;
    const report = kind === 'contacts' ? await audited(context, config, look, make) : await make();
    return report.kind === 'me1' ? { ...report, model: withReadingNotes(report.model, period.smileIndex) } : report;
  } finally {
    await store.close();
  }
};

const named = (words: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(words).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** The report with its second period, if it has one; throws USAGE where that is missing or does not belong. */
const subjectOf = (kind: ReportKind, options: ReportOptions, context: PeriodContext): Subject => {
  const { otherFrom, otherTo, otherDay } = options;
  const other = named({ from: otherFrom, to: otherTo, day: otherDay });
  const isGiven = Object.keys(other).length > 0;
  if (kind === 'comparison' && isGiven) return { kind, other: parsePeriod(other, context) };
  if (kind !== 'comparison' && !isGiven) return { kind };
  throw new EmoscopeError('USAGE', {
    ru: 'Второй период (--other-from и --other-to или --other-day) нужен отчёту comparison, и только ему.',
    en: 'The report comparison, and no other, needs a second period: --other-from and --other-to, or --other-day.',
  });
};

/** `emoscope report`: from the store, or from the running service while that holds the store. */
export const report = async (context: CliContext, kind: ReportKind, options: ReportOptions): Promise<void> => {
  const config = readConfig(context, options.config);
  const { from, to, last, day } = options;
  const given = named({ from, to, last, day });
  const clock = { now: systemClock.now(), timeZone: resolveTimeZone(config.site.timeZone), lang: context.language };
  const period = parsePeriod(Object.keys(given).length === 0 ? { last: '24h' } : given, clock);
  const request: ReportRequest = {
    ...subjectOf(kind, options, clock),
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
