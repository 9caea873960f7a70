import type { Language } from '../contracts/language.js';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { machineTimeZone } from './machine-time-zone.js';

/** The one place where the process environment is read. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const processEnvironment = (): Environment => process.env;

/** Language of people's output: an explicit choice, else LC_ALL, LC_MESSAGES, LANG; anything but English is Russian first. */
export const languageOf = (env: Environment, explicit?: string): Language => {
  const chosen = explicit ?? env['EMOSCOPE_LANG'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return /^(en|c\.|c$|posix)/i.test(chosen) ? 'en' : 'ru';
};

/** The language of what is printed for a site; one that is left to the browser prints in Russian. */
export const printedLanguage = (configured: Language | 'auto'): Language => (configured === 'en' ? 'en' : 'ru');

/** The user's home folder; null for one without, as containers run them: no HOME and no passwd entry, or just the root. */
const homeOf = (): string | null => {
  try {
    const home = homedir();
    return isAbsolute(home) && home !== '/' ? home : null;
  } catch {
    return null;
  }
};

/** Where converted models live when the configuration says `auto`: the user's cache folder, else beside the data. */
export const defaultCacheDir = (env: Environment, dataFolder: string): string => {
  const cache = env['XDG_CACHE_HOME'] ?? '';
  if (isAbsolute(cache)) return join(cache, 'emoscope');
  const home = homeOf();
  return home === null ? join(dataFolder, 'cache') : join(home, '.cache', 'emoscope');
};

/** The site's IANA time zone; `auto` is the machine's, and universal time where that has none. */
export const resolveTimeZone = (configured: string): string =>
  configured === 'auto' ? (machineTimeZone(processEnvironment()) ?? 'UTC') : configured;
