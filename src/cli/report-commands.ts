import { Argument, Option, type Command } from 'commander';
import type { StreamConfig } from '../config/schema.js';
import type { Bilingual } from '../contracts/bilingual.js';
import { REPORT_FORMATS, type ReportFormat } from '../contracts/documents/report-format.js';
import type { Flag } from '../reporting/offer.js';
import { reportOf } from '../reporting/report-of.js';
import type { Report } from '../reporting/report.js';
import { EmoscopeError } from '../runtime/errors.js';
import type { ReportOptions } from './commands/report.js';
import type { CliContext } from './context.js';
import { configOption, listOf, numberBetween } from './options.js';

/** The flags of all reports, each once. */
const flagsOf = (reports: readonly Report[]): readonly Flag[] => [
  ...new Map(reports.flatMap(({ flags }) => flags).map((flag) => [flag.flag, flag])).values(),
];

const optionOf = ({ flag, words, choices, range, fallback }: Flag): Option => {
  const option = new Option(flag, words.en);
  if (choices !== undefined) option.choices(choices);
  if (range !== undefined) option.argParser(numberBetween(...range));
  return fallback === undefined ? option : option.default(fallback);
};

/** The parameter of a flag: `smileIndex` of `--smile-index <reading>`. */
const nameOf = ({ flag, words }: Flag): string => new Option(flag, words.en).attributeName();

const kindsOf = (reports: readonly Report[]): string[] => reports.map(({ kind }) => kind);

const reportsFrom = (reports: readonly Report[]): Bilingual => {
  const kinds = kindsOf(reports);
  const all = (or: string): string => [kinds.slice(0, -1).join(', '), ...kinds.slice(-1)].join(or);
  return { ru: `отчёт из хранилища: ${all(' или ')}`, en: `a report from the store: ${all(' or ')}` };
};

/** The reports that compare two periods. */
const pairsOf = (reports: readonly Report[]): Report[] => reports.filter(({ covers }) => covers === 'two-periods');

const secondPeriod = (reports: readonly Report[]): Readonly<Record<'from' | 'to' | 'day', Bilingual>> => {
  const kinds = kindsOf(pairsOf(reports)).join(', ');
  const of = (ru: string, en: string): Bilingual => ({ ru: `для ${kinds}: ${ru}`, en: `of ${kinds}: ${en}` });
  return {
    from: of('начало второго периода', 'first moment of the second period'),
    to: of('его конец, не включая; по умолчанию — сейчас', 'its end, not included; default: now'),
    day: of('второй период как одни местные сутки', 'the second period as one local day'),
  };
};

/** The words of `--help` that come with the reports: Russian by English. */
export const reportWords = (reports: readonly Report[]): Readonly<Record<string, string>> => {
  const flags = flagsOf(reports).map(({ words }) => words);
  const all = [reportsFrom(reports), ...Object.values(secondPeriod(reports)), ...flags];
  return Object.fromEntries(all.map(({ ru, en }) => [en, ru]));
};

/** `emoscope report <kind>` for every report of the registry. */
export const addReport = (program: Command, context: () => CliContext, reports: readonly Report[]): void => {
  const second = secondPeriod(reports);
  const command = program
    .command('report')
    .description(reportsFrom(reports).en)
    .addArgument(new Argument('<kind>').choices(kindsOf(reports)))
    .addOption(configOption())
    .option('--from <time>', 'first moment: 2026-11-01, 2026-11-01T09:30, yesterday …')
    .option('--to <time>', 'end, not included; default: now')
    .option('--last <span>', '15m, 24h, 7d …; the default is 24h')
    .option('--day <day>', 'one local day: a date, today, yesterday')
    .option('--other-from <time>', second.from.en)
    .option('--other-to <time>', second.to.en)
    .option('--other-day <day>', second.day.en)
    .option('--streams <ids>', 'comma-separated; default: all', listOf);
  for (const flag of flagsOf(reports)) command.addOption(optionOf(flag));
  command
    .addOption(new Option('--format <format>', 'of the report').choices([...REPORT_FORMATS]).default('table'))
    .option('--out <file>', 'write to a file')
    .action(async (kind: string, options: Omit<ReportOptions, 'flags' | 'given' | 'pairs'>) => {
      const asked = reportOf(reports, kind);
      const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
      // What a flag is where it is not given holds for the reports that have the flag alone.
      const own = new Set(asked.flags.map(nameOf));
      const flags = Object.entries(options).filter(([name]) => own.has(name) || isGiven(name));
      await (
        await import('./commands/report.js')
      ).report(context(), asked, {
        ...options,
        pairs: kindsOf(pairsOf(reports)),
        flags: Object.fromEntries(flags),
        given: ['streams', ...flagsOf(reports).map(nameOf)].filter(isGiven),
      });
    });
};

interface AnalyzeArguments {
  readonly config?: string;
  readonly fps: number;
  readonly threshold?: number;
  readonly stillFaces: StreamConfig['stillFaces'];
  readonly json?: boolean;
  readonly report?: true | string;
  readonly format?: ReportFormat;
  readonly out?: string;
  readonly open?: boolean;
}

/** `emoscope analyze`: samples of recordings, or a report of one period about them. */
export const addAnalyze = (program: Command, context: () => CliContext, reports: readonly Report[]): void => {
  const ofPeriods = reports.filter(({ covers }) => covers === 'period');
  const command = program
    .command('analyze')
    .description('analyse pictures, videos, folders or URLs, or with --config the configured files; NDJSON on stdout')
    .argument('[inputs...]', 'pictures, videos, folders, URLs')
    .addOption(configOption())
    .option('--fps <n>', 'analysed frames per second of video', numberBetween(0.1, 60), 5)
    .option('--threshold <T>', 'T of the Smile-Index, 0–100', numberBetween(0, 100))
    .addOption(
      new Option(
        '--still-faces <choice>',
        'faces of given files that do not live: posters, screens; photographs as film',
      )
        .choices(['leave-out', 'keep'])
        .default('leave-out'),
    )
    .option('--json', 'samples as NDJSON (the default), or the report as JSON')
    .addOption(
      new Option('--report [kind]', 'a report of the material instead of samples').choices(kindsOf(ofPeriods)),
    );
  const known = new Set(command.options.map((option) => option.attributeName()));
  for (const flag of flagsOf(ofPeriods)) {
    const option = optionOf(flag);
    if (flag.ofRecordings === true && !known.has(option.attributeName())) command.addOption(option);
  }
  command
    .addOption(new Option('--format <format>', 'of the report').choices([...REPORT_FORMATS]))
    .option('--out <file>', 'write the report to a file')
    .option('--open', 'with --report: show figures of any number of people, small groups too')
    .action((inputs: string[], options: AnalyzeArguments) => analyze(context(), inputs, options, ofPeriods));
};

const analyze = async (
  context: CliContext,
  inputs: readonly string[],
  options: AnalyzeArguments,
  reports: readonly Report[],
): Promise<void> => {
  const { report, json, format = json === true ? 'json' : 'table', ...rest } = options;
  if (report !== undefined || inputs.length === 0) {
    if (inputs.length === 0 && options.config === undefined) {
      throw new EmoscopeError('USAGE', 'analyze needs inputs, or --config with streams that are files.');
    }
    const asked = reportOf(reports, report === undefined || report === true ? 'me1' : report);
    const { analyzeReport } = await import('./commands/analyze-report.js');
    return analyzeReport(context, inputs, asked, { ...rest, flags: { ...options }, format });
  }
  return (await import('./commands/analyze.js')).analyze(context, inputs, rest);
};
