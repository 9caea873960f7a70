import { signal } from '@preact/signals';
import { audit } from './audit.js';
import { cameras } from './cameras.js';
import { common } from './common.js';
import { contact } from './contact.js';
import { errors } from './errors.js';
import { kiosk } from './kiosk.js';
import { live } from './live.js';
import { reports } from './reports.js';
import { states } from './states.js';
import { system } from './system.js';

export type Language = 'ru' | 'en';

const dictionary = {
  ...common,
  ...states,
  ...live,
  ...contact,
  ...reports,
  ...cameras,
  ...kiosk,
  ...system,
  ...audit,
  ...errors,
};

/** Every sentence of the interface; each entry holds both languages, so none can be missing. */
export type Key = keyof typeof dictionary;

/** Whether the dictionary has such a sentence. */
export const isKey = (text: string): text is Key => text in dictionary;

const STORAGE_KEY = 'emoscope.language';
const stored = localStorage.getItem(STORAGE_KEY);

export const language = signal<Language>(stored === 'en' ? 'en' : 'ru');

language.subscribe((value) => {
  document.documentElement.lang = value;
});

export const setLanguage = (value: Language): void => {
  localStorage.setItem(STORAGE_KEY, value);
  language.value = value;
};

/** The sentence in the present language, `{name}` replaced from `values`. */
export const t = (key: Key, values: Readonly<Record<string, string | number>> = {}): string => {
  const text: string = dictionary[key][language.value === 'ru' ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
};

/** The right one of a key's forms: Russian one | few | many, English one | other, split by `|`. */
export const plural = (key: Key, count: number): string => {
  const forms = t(key, { n: formatCount(count) }).split('|');
  const rule = new Intl.PluralRules(language.value).select(count);
  const index = rule === 'one' ? 0 : rule === 'few' ? 1 : forms.length - 1;
  return forms[index] ?? forms[0] ?? '';
};

const formatCount = (count: number): string =>
  new Intl.NumberFormat(locale()).format(count).replaceAll('\u00a0', '\u202f');

export const locale = (): string => (language.value === 'ru' ? 'ru-RU' : 'en-GB');
