import type { Language } from '../contracts/language.js';

const MESSAGES = {
  listening: {
    ru: (url: string) => `Монитор Эмоций работает: ${url}`,
    en: (url: string) => `EmoScope is running: ${url}`,
  },
  stopHint: { ru: () => 'Остановить: Ctrl+C', en: () => 'Stop with Ctrl+C' },
  demoMaking: {
    ru: (name: string, percent: number) => `Готовлю демонстрационную камеру «${name}»: ${percent} %`,
    en: (name: string, percent: number) => `Making the demo camera "${name}": ${percent} %`,
  },
  demoName: {
    ru: () => 'Демонстрация: данные придуманы',
    en: () => 'Demonstration: invented data',
  },
  modelsPreparing: {
    ru: () => 'Готовлю модели (первый запуск занимает несколько секунд)…',
    en: () => 'Preparing the models (the first start takes a few seconds)…',
  },
  openMode: {
    ru: () => 'Учётных записей нет: доступ открыт только с этой машины, с правами администратора.',
    en: () => 'There are no accounts: access is open from this machine only, as administrator.',
  },
  stopping: { ru: () => 'Останавливаюсь…', en: () => 'Stopping…' },
  analysed: {
    ru: (files: number, frames: number, samples: number) => `Файлов: ${files}, кадров: ${frames}, отметок: ${samples}`,
    en: (files: number, frames: number, samples: number) => `Files: ${files}, frames: ${frames}, samples: ${samples}`,
  },
  outcomeFailed: {
    ru: (count: number) => `Не удалось прочитать: ${count}`,
    en: (count: number) => `Could not be read: ${count}`,
  },
  outcomeSkipped: {
    ru: (count: number) => `Пропущено: ${count}`,
    en: (count: number) => `Skipped: ${count}`,
  },
  outcomeMore: { ru: (count: number) => `… и ещё ${count}`, en: (count: number) => `… and ${count} more` },
  nothingReadable: { ru: () => 'нечего анализировать', en: () => 'there is nothing to analyse' },
  'skip.missing': { ru: () => 'не найдено', en: () => 'not found' },
  'skip.dangling-link': { ru: () => 'ссылка ведёт в никуда', en: () => 'the link leads nowhere' },
  'skip.seen-before': { ru: () => 'папка уже просмотрена', en: () => 'the folder was looked through already' },
  'skip.not-a-file': { ru: () => 'не файл', en: () => 'not a file' },
  'skip.unreadable-folder': { ru: () => 'папку нельзя открыть', en: () => 'the folder cannot be opened' },
  'skip.unreadable': { ru: () => 'файл нельзя открыть', en: () => 'the file cannot be opened' },
  'skip.empty': { ru: () => 'файл пуст', en: () => 'the file is empty' },
  'skip.unread-picture': {
    ru: () => 'снимки такого вида не читаются: сохраните как JPEG или PNG',
    en: () => 'pictures of this kind are not read: save it as JPEG or PNG',
  },
  'skip.no-video': { ru: () => 'нет ни снимка, ни видео', en: () => 'neither a picture nor a video' },
  importFound: {
    ru: (rows: number, totals: number, facts: number) => `Строк: ${rows}, из них итогов: ${totals}; фактов: ${facts}`,
    en: (rows: number, totals: number, facts: number) => `Rows: ${rows}, of them totals: ${totals}; facts: ${facts}`,
  },
  importLine: { ru: (line: number) => `строка ${line}`, en: (line: number) => `line ${line}` },
  importNothing: {
    ru: () => 'Есть строки с ошибками, поэтому не принято ничего (--all-or-nothing).',
    en: () => 'Some rows are wrong, so nothing was taken (--all-or-nothing).',
  },
  importDone: {
    ru: (stored: number, revised: number, unchanged: number, refused: number) =>
      `Принято: ${stored}, исправлено: ${revised}, без изменений: ${unchanged}, отказано: ${refused}`,
    en: (stored: number, revised: number, unchanged: number, refused: number) =>
      `Stored: ${stored}, revised: ${revised}, unchanged: ${unchanged}, refused: ${refused}`,
  },
  written: { ru: (file: string) => `Записано: ${file}`, en: (file: string) => `Written: ${file}` },
  openFigures: {
    ru: () => 'Показано всё, и о малых группах.',
    en: () => 'Everything is shown, small groups too.',
  },
  guardedFigures: {
    ru: (k: number) => `О группах меньше ${k} человек ничего не показано; --open покажет всё.`,
    en: (k: number) => `Nothing is shown of groups of fewer than ${k} people; --open shows everything.`,
  },
  checkOk: { ru: () => 'в порядке', en: () => 'ok' },
  checkFailed: { ru: () => 'ОШИБКА', en: () => 'FAILED' },
  checkWarn: { ru: () => 'внимание', en: () => 'warning' },
  doctorGood: { ru: () => 'Всё готово к работе.', en: () => 'Everything is ready.' },
  doctorBad: {
    ru: (count: number) => `Найдено неисправностей: ${count}`,
    en: (count: number) => `Faults found: ${count}`,
  },
  secretOnce: {
    ru: () => 'Секрет показан один раз и хранится только как хеш:',
    en: () => 'The secret is shown once and kept only as a hash:',
  },
} as const;

type Messages = typeof MESSAGES;
export type Say = <Key extends keyof Messages>(key: Key, ...args: Parameters<Messages[Key]['en']>) => string;

/** Sentences of the command line in the user's language. */
export const messagesIn =
  (language: Language): Say =>
  (key, ...args) =>
    (MESSAGES[key][language] as (...values: unknown[]) => string)(...args);
