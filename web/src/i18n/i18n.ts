import type { Language } from '../../../src/contracts/language.js';
import { signal } from '@preact/signals';
import { audit } from './audit.js';
import { cameras } from './cameras.js';
import { check } from './check.js';
import { common } from './common.js';
import { contact } from './contact.js';
import { errors } from './errors.js';
import { kiosk } from './kiosk.js';
import { live } from './live.js';
import { reports } from './reports.js';
import { shop } from './shop.js';
import { states } from './states.js';
import { system } from './system.js';

const dictionary = {
  ...common,
  ...states,
  ...live,
  ...contact,
  ...reports,
  ...cameras,
  ...shop,
  ...kiosk,
  ...check,
  ...system,
  ...audit,
  ...errors,
};

/** Every sentence of the interface; each entry holds both languages, so none can be missing. */
export type Key = keyof typeof dictionary;

/** Whether the dictionary has such a sentence. */
export const isKey = (text: string): text is Key => text in dictionary;

const STORAGE_KEY = 'emoscope.language';

const isLanguage = (value: string | null | undefined): value is Language => value === 'ru' || value === 'en';

const ofBrowser = (): Language =>
  navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'ru';

/** What somebody without an account chose in this browser. */
const chosenHere = (): Language | null => {
  const stored = localStorage.getItem(STORAGE_KEY);
  return isLanguage(stored) ? stored : null;
};

export const language = signal<Language>(chosenHere() ?? ofBrowser());

language.subscribe((value) => {
  document.documentElement.lang = value;
});

/** Takes the language of the account, else the one chosen in this browser, else the site's, else the browser's own. */
export const settleLanguage = (ofAccount: Language | null, ofSite: Language | null): void => {
  language.value = ofAccount ?? chosenHere() ?? ofSite ?? ofBrowser();
};

/** Keeps the choice of somebody without an account in this browser. */
export const keepLanguageHere = (value: Language): void => {
  localStorage.setItem(STORAGE_KEY, value);
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
