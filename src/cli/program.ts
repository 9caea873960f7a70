import type { Language } from '../contracts/language.js';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createRequire } from 'node:module';
import type { AnalyzeOptions } from './commands/analyze.js';
import type { DemoOptions } from './commands/demo.js';
import type { ServeOptions } from './commands/serve.js';
import type { DoctorOptions } from './commands/doctor.js';
import type { ReportOptions } from './commands/report.js';
import {
  CLI_FORMATS,
  PERIOD_REPORT_KINDS,
  REPORT_KINDS,
  type CliFormat,
  type PeriodReportKind,
  type ReportKind,
} from './choices.js';
import type { UserChangeOptions, UserOptions } from './commands/user.js';
import { HAPPY_INDEX_READINGS, type HappyIndexReading } from '../contracts/contact.js';
import { ACCOUNT_ROLES } from '../api/auth/roles.js';
import { SMILE_READING_NAMES } from '../contracts/smile-reading.js';
import { EmoscopeError } from '../runtime/errors.js';
import { languageOf, processEnvironment } from '../config/environment.js';
import { inLanguage } from './help-words.js';
import { createContext, type CliContext } from './context.js';
import { leaveNoCore } from './no-core.js';
import { describeFailure, exitCodeOf } from './outcome.js';
import { keepFilesPrivate } from './private-files.js';
import { ReaderGone } from './write-result.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const numberBetween = (low: number, high: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high)) {
    throw new InvalidArgumentError(`expected a number from ${low} to ${high}`);
  }
  return value;
};

const configOption = (): Option => new Option('--config <file>', 'configuration file (default: emoscope.yaml)');

/** `--lang` wherever it stands, else the environment; needed before the arguments are understood. */
const askedLanguage = (): Language => {
  const index = process.argv.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const given = index < 0 ? undefined : (process.argv[index]?.split('=')[1] ?? process.argv[index + 1]);
  return languageOf(processEnvironment(), given);
};

const buildProgram = (): Command => {
  const program = new Command('emoscope')
    .description('Emotion monitor for shops: cameras → faces → Smile-Index, Happy-Index, C-Value, МЭ-1')
    .version(version)
    .option('--lang <language>', 'ru or en (default: from LANG, else ru)')
    .exitOverride()
    .showHelpAfterError('(emoscope --help lists the commands)');
  const context = (): CliContext => createContext(program.opts<{ lang?: string }>().lang);

  program
    .command('serve')
    .description('run the service: cameras → metrics → store → API and dashboard')
    .addOption(configOption())
    .action(async (options: ServeOptions) => (await import('./commands/serve.js')).serve(context(), options, version));
  program
    .command('demo')
    .description('run the service over demo cameras, with no configuration and no network')
    .option('--port <n>', 'port of the dashboard; 0 picks a free one', numberBetween(0, 65_535), 8080)
    .action(async (options: DemoOptions) => (await import('./commands/demo.js')).demo(context(), options, version));
  program
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
      new Option('--report [kind]', 'a report of the material instead of samples').choices([...PERIOD_REPORT_KINDS]),
    )
    .addOption(
      new Option('--happy-index <reading>', 'peak: also the literal reading of Happy-Index').choices([
        ...HAPPY_INDEX_READINGS,
      ]),
    )
    .addOption(new Option('--format <format>', 'of the report').choices([...CLI_FORMATS]))
    .option('--out <file>', 'write the report to a file')
    .option('--open', 'with --report: show figures of any number of people, small groups too')
    .action((inputs: string[], options: AnalyzeArguments) => runAnalyze(context(), inputs, options));
  addStoreCommands(program, context);
  program
    .command('doctor')
    .description('check ffmpeg, models, device, store and every camera; exit 1 with a named cause')
    .addOption(configOption())
    .option('--json', 'findings as JSON')
    .option('--bundle <file>', 'also write a support bundle without secrets')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('./commands/doctor.js');
      if (!(await doctor(context(), options, version))) process.exitCode = 1;
    });
  program
    .command('models')
    .description('the models in use: file, source, licence, input, sha256, device and provider')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .action(async (options: { config?: string; json?: boolean }) =>
      (await import('./commands/models.js')).models(context(), options),
    );
  addUserCommands(program, context);
  addPrivacyCommands(program, context);
  return program;
};

interface AnalyzeArguments extends AnalyzeOptions {
  readonly json?: boolean;
  readonly report?: true | PeriodReportKind;
  readonly happyIndex?: HappyIndexReading;
  readonly format?: CliFormat;
  readonly out?: string;
  readonly open?: boolean;
}

const runAnalyze = async (context: CliContext, inputs: readonly string[], options: AnalyzeArguments): Promise<void> => {
  const { report, json, format = json === true ? 'json' : 'table', ...rest } = options;
  if (report !== undefined || inputs.length === 0) {
    if (inputs.length === 0 && options.config === undefined) {
      throw new EmoscopeError('USAGE', 'analyze needs inputs, or --config with streams that are files.');
    }
    const kind = report === undefined || report === true ? 'me1' : report;
    const { analyzeReport } = await import('./commands/analyze-report.js');
    return analyzeReport(context, inputs, { ...rest, kind, format });
  }
  const { analyze } = await import('./commands/analyze.js');
  return analyze(context, inputs, rest);
};

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const addStoreCommands = (program: Command, context: () => CliContext): void => {
  program
    .command('report')
    .description('a report from the store: me1, questions, contacts, visitors or comparison')
    .addArgument(new Argument('<kind>').choices([...REPORT_KINDS]))
    .addOption(configOption())
    .option('--from <time>', 'first moment: 2026-11-01, 2026-11-01T09:30, yesterday …')
    .option('--to <time>', 'end, not included; default: now')
    .option('--last <span>', '15m, 24h, 7d …; the default is 24h')
    .option('--day <day>', 'one local day: a date, today, yesterday')
    .option('--other-from <time>', 'of comparison: first moment of the second period')
    .option('--other-to <time>', 'of comparison: its end, not included; default: now')
    .option('--other-day <day>', 'of comparison: the second period as one local day')
    .option('--streams <ids>', 'comma-separated; default: all', listOf)
    .option('--threshold <T>', 'T of the Smile-Index, 0–100', numberBetween(0, 100))
    .addOption(
      new Option('--smile-index <reading>', 'reading of Smile-Index; share is the old name of frame')
        .choices([...SMILE_READING_NAMES])
        .default('face'),
    )
    .addOption(
      new Option('--happy-index <reading>', 'peak: also the literal reading of Happy-Index').choices([
        ...HAPPY_INDEX_READINGS,
      ]),
    )
    .addOption(new Option('--format <format>', 'of the report').choices([...CLI_FORMATS]).default('table'))
    .option('--out <file>', 'write to a file')
    .action(async (kind: ReportKind, options: ReportOptions) =>
      (await import('./commands/report.js')).report(context(), kind, options),
    );
  program
    .command('backup')
    .description('write a consistent copy of the store, also while the service runs')
    .argument('<file>', 'must not exist')
    .addOption(configOption())
    .action(async (file: string, options: { config?: string }) =>
      (await import('./commands/store.js')).backup(context(), file, options),
    );
  program
    .command('restore')
    .description('put a backup in the place of the store; the present one is kept beside it')
    .argument('<file>', 'a backup')
    .addOption(configOption())
    .action(async (file: string, options: { config?: string }) =>
      (await import('./commands/store.js')).restore(context(), file, options),
    );
};

const addUserCommands = (program: Command, context: () => CliContext): void => {
  const user = program.command('user').description('accounts and API keys');
  user
    .command('add')
    .description('add an account, or with --key an API key; a name that is taken is refused')
    .argument('<name>')
    .addOption(configOption())
    .addOption(new Option('--role <role>', 'what it may do').choices([...ACCOUNT_ROLES]).default('viewer'))
    .option('--key', 'an API key for a machine')
    .action(async (name: string, options: UserOptions) =>
      (await import('./commands/user.js')).userAdd(context(), name, options),
    );
  user
    .command('change')
    .description('give an account a new password or role')
    .argument('<name>')
    .addOption(configOption())
    .addOption(new Option('--role <role>', 'what it may do').choices([...ACCOUNT_ROLES]))
    .option('--password', 'a new password, from EMOSCOPE_PASSWORD or else random')
    .action(async (name: string, options: UserChangeOptions) =>
      (await import('./commands/user.js')).userChange(context(), name, options),
    );
  user
    .command('list')
    .description('accounts and keys, without secrets')
    .addOption(configOption())
    .action(async (options: { config?: string }) => (await import('./commands/user.js')).userList(context(), options));
  user
    .command('remove')
    .description('remove an account by name or a key by id')
    .argument('<name>')
    .addOption(configOption())
    .action(async (name: string, options: { config?: string }) =>
      (await import('./commands/user.js')).userRemove(context(), name, options),
    );
};

const addPrivacyCommands = (program: Command, context: () => CliContext): void => {
  const privacy = program.command('privacy').description('the papers the law asks for');
  privacy
    .command('report')
    .description('what is collected, where, how long, who saw it')
    .addOption(configOption())
    .addOption(new Option('--format <format>').choices([...CLI_FORMATS]).default('table'))
    .option('--out <file>', 'write to a file')
    .action(async (options: { config?: string; format: CliFormat; out?: string }) =>
      (await import('./commands/privacy.js')).privacy(context(), options),
    );
  privacy
    .command('notice')
    .description('the notice for the door')
    .addOption(configOption())
    .addOption(new Option('--format <format>').choices(['html', 'pdf']).default('html'))
    .option('--out <file>', 'write to a file')
    .action(async (options: { config?: string; format: 'html' | 'pdf'; out?: string }) =>
      (await import('./commands/privacy.js')).notice(context(), options),
    );
};

const main = async (): Promise<void> => {
  try {
    await inLanguage(buildProgram(), askedLanguage()).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    if (error instanceof ReaderGone) return;
    process.stderr.write(`${describeFailure(error, askedLanguage())}\n`);
    process.exitCode = exitCodeOf(error);
  }
};

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
leaveNoCore();
keepFilesPrivate();
await main();
