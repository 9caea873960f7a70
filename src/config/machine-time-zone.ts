import { readFileSync, realpathSync } from 'node:fs';

const LOCALTIME = '/etc/localtime';
const TIMEZONE_FILE = '/etc/timezone';

/** An IANA name as this program writes it, or null for what is none. */
const known = (name: string): string | null => {
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    // The engine itself has a name for "not known", and then refuses it.
    return zone === 'Etc/Unknown' ? null : zone;
  } catch {
    return null;
  }
};

/** `MSK-3`, `UTC0`, `<+03>-3`: a fixed number of whole hours (POSIX counts westwards); null for any other rule. */
const fixedZone = (text: string): string | null => {
  const match = /^(?:[a-z]{3,16}|<[+-]?[a-z0-9]{1,16}>)([+-]?)(\d{1,2})(?::00){0,2}$/i.exec(text);
  if (match === null) return null;
  const hours = Number(match[2]);
  return hours === 0 ? 'UTC' : known(`Etc/GMT${match[1] === '-' ? '-' : '+'}${hours}`);
};

/** The zone of a rule with half hours or daylight saving, where exactly such a zone is known by a name. */
const NAMED_RULES: Readonly<Record<string, string>> = {
  'IST-5:30': 'Asia/Kolkata',
  '<+0530>-5:30': 'Asia/Kolkata',
  'NPT-5:45': 'Asia/Kathmandu',
  '<+0545>-5:45': 'Asia/Kathmandu',
  'GMT0BST,M3.5.0/1,M10.5.0': 'Europe/London',
  'WET0WEST,M3.5.0/1,M10.5.0': 'Europe/Lisbon',
  'CET-1CEST,M3.5.0,M10.5.0/3': 'Europe/Berlin',
  'EET-2EEST,M3.5.0/3,M10.5.0/4': 'Europe/Helsinki',
  'EST5EDT,M3.2.0,M11.1.0': 'America/New_York',
  'CST6CDT,M3.2.0,M11.1.0': 'America/Chicago',
  'MST7MDT,M3.2.0,M11.1.0': 'America/Denver',
  'PST8PDT,M3.2.0,M11.1.0': 'America/Los_Angeles',
};

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
};

/** A compiled zone is named by where its file really lies, else by the rule that its last line states. */
const zoneOfFile = (file: string): string | null => {
  try {
    const named = /\/zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(realpathSync(file))?.[1];
    const zone = named === undefined ? null : known(named);
    if (zone !== null) return zone;
  } catch {
    return null;
  }
  const rule = textOf(file)?.trimEnd().split('\n').at(-1) ?? '';
  return NAMED_RULES[rule] ?? fixedZone(rule);
};

const zoneOfSystem = (): string | null => {
  const named = textOf(TIMEZONE_FILE)?.trim() ?? '';
  return zoneOfFile(LOCALTIME) ?? (named === '' ? null : known(named));
};

/** The zone that a value of TZ means in any form that systems set; null where it cannot be told. */
const zoneOfText = (given: string): string | null => {
  const text = given.replace(/^:/, '').trim();
  // POSIX: set, but empty, is universal time.
  if (text === '') return 'UTC';
  if (text.startsWith('/')) return zoneOfFile(text);
  if (text === 'localtime') return zoneOfSystem();
  return NAMED_RULES[text] ?? fixedZone(text) ?? known(text.replace(/^(?:posix|right)\//, ''));
};

/** The machine's IANA time zone: of TZ, else of the system; null where TZ names none. */
export const machineTimeZone = (env: Readonly<Record<string, string | undefined>>): string | null => {
  const given = env['TZ'];
  if (given !== undefined) return zoneOfText(given);
  return zoneOfSystem() ?? known(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC';
};
