import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import type { Period } from '../../contracts/period.js';
import type { ReportFormat } from '../../contracts/documents/report-format.js';
import { withStoredFigures } from '../../pipeline/compose/stored-figures.js';
import { parsePeriod, type PeriodContext } from '../../time/read-period.js';
import { makeReport } from '../../reporting/make-report.js';
import { renderReport } from '../../reporting/rendering/render-report.js';
import type { Report } from '../../reporting/report.js';
import { systemClock } from '../../runtime/clock.js';
import { codeOf, EmoscopeError } from '../../runtime/errors.js';
import { audited } from '../audited.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { writeForPeople } from '../private-files.js';
import {
  assertAskable,
  AT_THE_MACHINE,
  queryOf,
  rawQueryOf,
  type GivenFlags,
  type ReportQuestion,
} from '../report-query.js';
import { fetchReport } from '../service-client.js';
import { writeResult } from '../write-result.js';

const BINARY: ReadonlySet<ReportFormat> = new Set(['xlsx', 'pdf']);

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
  /** The reports that compare two periods. */
  readonly pairs: readonly string[];
  /** The flags of the reports, by the names of their parameters. */
  readonly flags: GivenFlags;
  /** Which of them, `streams` among them, were given and not left as they are. */
  readonly given: readonly string[];
  readonly format: ReportFormat;
  readonly out?: string;
}

/** Throws USAGE where a report does not come in that format. */
export const assertFormat = ({ kind, formats }: Report, format: ReportFormat): void => {
  if (format === 'table' || formats.includes(format)) return;
  throw new EmoscopeError('USAGE', {
    ru: `Отчёт ${kind} бывает таким: table, ${formats.join(', ')}.`,
    en: `The report ${kind} comes as table, ${formats.join(', ')}.`,
  });
};

/** Writes a rendered report to a file or to stdout; binary formats need a file on a terminal. */
export const emitReport = async (
  context: CliContext,
  report: Report,
  model: unknown,
  { format, out }: Pick<ReportOptions, 'format' | 'out'>,
): Promise<void> => {
  if (out === undefined && BINARY.has(format) && process.stdout.isTTY) {
    throw new EmoscopeError('USAGE', `A ${format} file does not belong on a terminal; give --out FILE.`);
  }
  const columns = out === undefined && process.stdout.isTTY ? process.stdout.columns : undefined;
  const options = columns === undefined ? {} : { table: { width: columns } };
  const { body } = await renderReport(report, model, format, context.language, options);
  if (out === undefined) {
    await writeResult(context, body);
    return;
  }
  await writeForPeople(out, body);
  context.err.write(`${context.say('written', out)}\n`);
};

const fromStore = (context: CliContext, config: Config, report: Report, question: ReportQuestion): Promise<unknown> =>
  withStoredFigures(config, loggerOf(context, config), (sources) => {
    const make = () => makeReport(report, queryOf(report, question), AT_THE_MACHINE, sources);
    const look = { kind: 'personal-data', action: `reports.${report.kind}`, target: null } as const;
    return report.isPersonal ? audited(context, config, look, make) : make();
  });

const named = (words: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(words).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** The second period of a report that has one; throws USAGE where it is missing or does not belong. */
const otherPeriodOf = ({ covers }: Report, options: ReportOptions, context: PeriodContext): Period | undefined => {
  const { otherFrom, otherTo, otherDay, pairs } = options;
  const other = named({ from: otherFrom, to: otherTo, day: otherDay });
  const isGiven = Object.keys(other).length > 0;
  if (covers === 'two-periods' && isGiven) return parsePeriod(other, context);
  if (covers === 'period' && !isGiven) return undefined;
  throw new EmoscopeError('USAGE', {
    ru: `Второй период (--other-from и --other-to или --other-day) нужен отчёту ${pairs.join(', ')}, и только ему.`,
    en: `The report ${pairs.join(', ')}, and no other, needs a second period: --other-from and --other-to, or --other-day.`,
  });
};

/** `emoscope report`: from the store, or from the running service while that holds the store. */
export const report = async (context: CliContext, asked: Report, options: ReportOptions): Promise<void> => {
  assertFormat(asked, options.format);
  assertAskable(asked, options.given);
  const config = readConfig(context, options.config);
  const { from, to, last, day } = options;
  const given = named({ from, to, last, day });
  const clock = { now: systemClock.now(), timeZone: resolveTimeZone(config.site.timeZone), lang: context.language };
  const period = parsePeriod(Object.keys(given).length === 0 ? { last: '24h' } : given, clock);
  const question: ReportQuestion = {
    period,
    other: otherPeriodOf(asked, options, clock),
    streams: options.streams,
    flags: options.flags,
  };
  const model = await fromStore(context, config, asked, question).catch((error: unknown) => {
    if (codeOf(error) !== 'STORE_LOCKED') throw error;
    return fetchReport(context, config, asked.kind, rawQueryOf(asked, question));
  });
  await emitReport(context, asked, model, options);
};
