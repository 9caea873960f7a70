#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createRequire } from 'node:module';
import { analyze, type AnalyzeOptions } from './commands/analyze.js';
import { demo, type DemoOptions } from './commands/demo.js';
import { serve, type ServeOptions } from './commands/serve.js';
import { createContext, type CliContext } from './context.js';
import { describeFailure, exitCodeOf } from './outcome.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const numberBetween = (low: number, high: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high)) {
    throw new InvalidArgumentError(`expected a number from ${low} to ${high}`);
  }
  return value;
};

const configOption = (): Option => new Option('--config <file>', 'configuration file (default: emoscope.yaml)');

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
    .action((options: ServeOptions) => serve(context(), options, version));
  program
    .command('demo')
    .description('run the service over demo cameras, with no configuration and no network')
    .option('--port <n>', 'port of the dashboard; 0 picks a free one', numberBetween(0, 65_535), 8080)
    .action((options: DemoOptions) => demo(context(), options, version));
  program
    .command('analyze')
    .description('analyse pictures, videos, folders or URLs offline; samples as NDJSON on stdout')
    .argument('[inputs...]', 'pictures, videos, folders, URLs')
    .addOption(configOption())
    .option('--fps <n>', 'analysed frames per second of video', numberBetween(0.1, 60), 5)
    .option('--threshold <T>', 'T of the Smile-Index, 0–100', numberBetween(0, 100))
    .option('--json', 'NDJSON samples (the default), or the report as JSON')
    .action((inputs: string[], options: AnalyzeOptions) => analyze(context(), inputs, options));
  return program;
};

const main = async (): Promise<void> => {
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
};

// A reader that goes away (`emoscope analyze … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

await main();
