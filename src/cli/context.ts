import type { Language } from '../contracts/language.js';
import { loadConfig, defaultConfig } from '../config/load.js';
import { languageOf, processEnvironment, type Environment } from '../config/environment.js';
import type { Config } from '../config/schema.js';
import { existsSync } from 'node:fs';
import { createLogger, type Logger } from '../runtime/logger.js';
import type { RecentLines } from '../runtime/recent-lines.js';
import { messagesIn, type Say } from './messages.js';

/** What every command gets: environment, language, words, and the two output streams. */
export interface CliContext {
  readonly env: Environment;
  readonly language: Language;
  readonly say: Say;
  /** Results only. */
  readonly out: NodeJS.WritableStream;
  /** Everything for people. */
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Aborts when nobody reads the results any more. */
  readonly readerGone: AbortSignal;
}

/** Results that nobody reads stop the work; words that nobody reads are left out. */
const watchReaders = (): AbortSignal => {
  const gone = new AbortController();
  process.stdout.on('error', () => gone.abort());
  return gone.signal;
};

export const createContext = (lang?: string): CliContext => {
  const env = processEnvironment();
  const language = languageOf(env, lang);
  return {
    env,
    language,
    say: messagesIn(language),
    out: process.stdout,
    err: process.stderr,
    readerGone: watchReaders(),
  };
};

const DEFAULT_FILE = 'emoscope.yaml';

/** The file a command reads: `--config`, else EMOSCOPE_CONFIG, else emoscope.yaml if there is one. */
export const configFileOf = (context: CliContext, given?: string): string | null =>
  given ?? context.env['EMOSCOPE_CONFIG'] ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null);

/** The configuration of that file, or all defaults where there is none. */
export const readConfig = (context: CliContext, given?: string): Config => {
  const file = configFileOf(context, given);
  return file === null ? defaultConfig(context.env) : loadConfig(file, context.env);
};

/** The root logger as the configuration asks for it. */
export const loggerOf = (context: CliContext, config: Config, recent?: RecentLines): Logger =>
  createLogger({
    level: config.log.level,
    pretty: config.log.pretty === 'auto' ? context.err.isTTY === true : config.log.pretty,
    ...(recent === undefined ? {} : { recent }),
  });
