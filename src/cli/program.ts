import type { Language } from '../contracts/language.js';
import { Command, CommanderError, Option } from 'commander';
import { createRequire } from 'node:module';
import type { DemoOptions } from './commands/demo.js';
import type { ImportOptions } from './commands/import.js';
import type { ServeOptions } from './commands/serve.js';
import type { DoctorOptions } from './commands/doctor.js';
import type { UserChangeOptions, UserOptions } from './commands/user.js';
import { REPORT_FORMATS, type ReportFormat } from '../contracts/documents/report-format.js';
import { ADDABLE_MODELS } from '../contracts/service/models.js';
import { ACCOUNT_ROLES } from '../contracts/service/account-role.js';
import { languageOf, processEnvironment } from '../config/environment.js';
import type { Report } from '../reporting/report.js';
import { inLanguage } from './help-words.js';
import { configOption, numberBetween } from './options.js';
import { addAnalyze, addReport, reportWords } from './report-commands.js';
import { createContext, type CliContext } from './context.js';
import { leaveNoCore } from './no-core.js';
import { exitCodeOf } from './outcome.js';
import { describeFailure } from '../runtime/describe-failure.js';
import { keepFilesPrivate } from './private-files.js';
import { ReaderGone } from './write-result.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** `--lang` wherever it stands, else the environment; needed before the arguments are understood. */
const askedLanguage = (): Language => {
  const index = process.argv.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const given = index < 0 ? undefined : (process.argv[index]?.split('=')[1] ?? process.argv[index + 1]);
  return languageOf(processEnvironment(), given);
};

/** The whole command line over the given reports. */
const buildProgram = (reports: readonly Report[]): Command => {
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
  addAnalyze(program, context, reports);
  addReport(program, context, reports);
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
  const models = program
    .command('models')
    .description('the models in use: file, source, licence, input, sha256, device and provider')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .action(async (options: { config?: string; json?: boolean }) =>
      (await import('./commands/models.js')).models(context(), options),
    );
  models
    .command('add')
    .description('take in a model file of your own after it has passed its tests')
    .argument('<file>', 'an ONNX file')
    .addOption(configOption())
    .addOption(new Option('--as <model>', 'which model it is').choices([...ADDABLE_MODELS]).makeOptionMandatory())
    .requiredOption('--licence <name>', 'licence of the file, kept beside it')
    .requiredOption('--source <where>', 'where it comes from, kept beside it')
    .option('--sha256 <hash>', 'what the file must hash to')
    .action(async (file: string, _own: object, command: Command) =>
      (await import('./commands/models.js')).modelsAdd(context(), file, command.optsWithGlobals()),
    );
  addUserCommands(program, context);
  addPrivacyCommands(program, context);
  return program;
};

const addStoreCommands = (program: Command, context: () => CliContext): void => {
  program
    .command('import')
    .description('take receipts and counts from CSV and XLSX files; the same file again changes nothing')
    .argument('<files...>', 'CSV or XLSX files')
    .addOption(configOption())
    .option('--place <id>', 'place of every row')
    .option('--mapping <file>', 'JSON file that names the columns; default: guessed from the head')
    .option('--dry-run', 'show what would be taken, and take nothing')
    .option('--all-or-nothing', 'take nothing of a file with a wrong row; default: what is right')
    .option('--json', 'a line of JSON per file')
    .action(async (files: string[], options: ImportOptions) =>
      (await import('./commands/import.js')).importFiles(context(), files, options),
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
    .addOption(new Option('--format <format>').choices([...REPORT_FORMATS]).default('table'))
    .option('--out <file>', 'write to a file')
    .action(async (options: { config?: string; format: ReportFormat; out?: string }) =>
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

/** Runs the command line; what fails is said in the asked language, and the exit code is set. */
export const run = async (reports: readonly Report[]): Promise<void> => {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  leaveNoCore();
  keepFilesPrivate();
  try {
    await inLanguage(buildProgram(reports), askedLanguage(), reportWords(reports)).parseAsync();
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
