import { homedir } from 'node:os';
import { join } from 'node:path';

/** The one place where the process environment is read. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const processEnvironment = (): Environment => process.env;

export type Language = 'ru' | 'en';

/** Language of people's output: an explicit choice, else LC_ALL, LC_MESSAGES, LANG; anything but English is Russian first. */
export const languageOf = (env: Environment, explicit?: string): Language => {
  const chosen = explicit ?? env['EMOSCOPE_LANG'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return /^(en|c\.|c$|posix)/i.test(chosen) ? 'en' : 'ru';
};

/** Where converted models live when the configuration says `auto`. */
export const defaultCacheDir = (env: Environment): string =>
  join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'emoscope');

/** The site's IANA time zone; `auto` is the machine's. */
export const resolveTimeZone = (configured: string): string =>
  configured === 'auto' ? Intl.DateTimeFormat().resolvedOptions().timeZone : configured;
