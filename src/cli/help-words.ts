import type { Command } from 'commander';
import type { Language } from '../contracts/language.js';

/** Every sentence of `--help` and of the parser's complaints, by its English form. */
const RUSSIAN: Readonly<Record<string, string>> = {
  'Emotion monitor for shops: cameras → faces → Smile-Index, Happy-Index, C-Value, МЭ-1':
    'Монитор эмоций для магазинов: камеры → лица → Smile-Index, Happy-Index, C-Value, МЭ-1',
  'ru or en (default: from LANG, else ru)': 'ru или en (по умолчанию из LANG, иначе ru)',
  'run the service: cameras → metrics → store → API and dashboard':
    'запустить службу: камеры → показатели → хранилище → API и панель',
  'run the service over demo cameras, with no configuration and no network':
    'запустить службу на демонстрационных камерах, без настроек и сети',
  'port of the dashboard; 0 picks a free one': 'порт панели; 0 — любой свободный',
  'analyse pictures, videos, folders or URLs, or with --config the configured files; NDJSON on stdout':
    'разобрать снимки, видео, папки или адреса, с --config — файлы из настроек; NDJSON в стандартный вывод',
  'pictures, videos, folders, URLs': 'снимки, видео, папки, адреса',
  'configuration file (default: emoscope.yaml)': 'файл настроек (по умолчанию emoscope.yaml)',
  'analysed frames per second of video': 'анализируемых кадров видео в секунду',
  'T of the Smile-Index, 0–100': 'порог T для Smile-Index, 0–100',
  'samples as NDJSON (the default), or the report as JSON': 'отметки как NDJSON (по умолчанию) или отчёт как JSON',
  'a report of the material instead of samples': 'отчёт по материалу вместо отметок',
  'of the report': 'вид отчёта',
  'write the report to a file': 'записать отчёт в файл',
  'check ffmpeg, models, device, store and every camera; exit 1 with a named cause':
    'проверить ffmpeg, модели, устройство, хранилище и каждую камеру; код 1 с названной причиной',
  'findings as JSON': 'результаты как JSON',
  'also write a support bundle without secrets': 'записать и сводку для поддержки, без секретов',
  'the models in use: file, source, licence, input, sha256, device and provider':
    'используемые модели: файл, источник, лицензия, вход, sha256, устройство',
  'take in a model file of your own after it has passed its tests': 'принять свой файл модели, если он прошёл проверку',
  'an ONNX file': 'файл ONNX',
  'which model it is': 'какая это модель',
  'licence of the file, kept beside it': 'лицензия файла, хранится рядом с ним',
  'where it comes from, kept beside it': 'откуда он, хранится рядом с ним',
  'what the file must hash to': 'каким должен быть sha256 файла',
  'as JSON': 'как JSON',
  'first moment: 2026-11-01, 2026-11-01T09:30, yesterday …': 'начало: 2026-11-01, 2026-11-01T09:30, yesterday …',
  'end, not included; default: now': 'конец, не включая; по умолчанию — сейчас',
  '15m, 24h, 7d …; the default is 24h': '15m, 24h, 7d …; по умолчанию 24h',
  'one local day: a date, today, yesterday': 'одни местные сутки: дата, today, yesterday',
  'comma-separated; default: all': 'через запятую; по умолчанию все',
  'write to a file': 'записать в файл',
  'take receipts and counts from CSV and XLSX files; the same file again changes nothing':
    'принять чеки и счётчики из файлов CSV и XLSX; тот же файл ещё раз ничего не изменит',
  'CSV or XLSX files': 'файлы CSV или XLSX',
  'place of every row': 'место всех строк',
  'JSON file that names the columns; default: guessed from the head':
    'файл JSON с названиями столбцов; по умолчанию — по шапке',
  'show what would be taken, and take nothing': 'показать, что будет принято, и ничего не принимать',
  'take nothing of a file with a wrong row; default: what is right':
    'не принимать файл с ошибочной строкой; по умолчанию — принять верные',
  'a line of JSON per file': 'строка JSON на файл',
  'write a consistent copy of the store, also while the service runs':
    'записать цельную копию хранилища, в том числе при работающей службе',
  'must not exist': 'не должен существовать',
  'put a backup in the place of the store; the present one is kept beside it':
    'поставить копию на место хранилища; прежнее остаётся рядом',
  'a backup': 'копия',
  'accounts and API keys': 'учётные записи и ключи API',
  'add an account (or replace its password and role), or with --key an API key':
    'добавить учётную запись (или заменить пароль и роль), с --key — ключ API',
  'what it may do': 'что ей можно',
  'an API key for a machine': 'ключ API для программы',
  'accounts and keys, without secrets': 'учётные записи и ключи, без секретов',
  'remove an account by name or a key by id': 'удалить учётную запись по имени или ключ по обозначению',
  'the papers the law asks for': 'бумаги, которых требует закон',
  'what is collected, where, how long, who saw it': 'что собирается, где, сколько хранится, кто смотрел',
  'the notice for the door': 'объявление на дверь',
  'output the version number': 'показать версию',
  'display help for command': 'справка по команде',
  '(emoscope --help lists the commands)': '(список команд: emoscope --help)',
  'Usage:': 'Использование:',
  'Arguments:': 'Аргументы:',
  'Options:': 'Параметры:',
  'Commands:': 'Команды:',
};

/** The parser's own complaints. */
const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'$/m, "ошибка: нет команды '$1'"],
  [/^error: unknown option '(.*)'$/m, "ошибка: нет параметра '$1'"],
  [/^error: missing required argument '(.*)'$/m, "ошибка: не хватает аргумента '$1'"],
  [/^error: too many arguments/m, 'ошибка: лишние аргументы'],
  [/^error: option '(.*)' argument missing$/m, "ошибка: у параметра '$1' нет значения"],
  [
    /^error: (?:option|command-argument value) '(.*)' argument '(.*)' is invalid\./m,
    "ошибка: '$1': значение '$2' не годится.",
  ],
  [/^error: /m, 'ошибка: '],
  [/Allowed choices are /, 'Можно: '],
  [/expected a number from (\S+) to (\S+)/, 'нужно число от $1 до $2'],
  [/\(Did you mean (.*)\?\)/, '(может быть, $1?)'],
];

const complaint = (text: string): string =>
  COMPLAINTS.reduce(
    (words, [pattern, translation]) => words.replace(pattern, translation),
    RUSSIAN[text.trim()] ?? text.trim(),
  ) + '\n';

/** The program with its help and complaints in a language; English is how it is written. `more`: Russian by English. */
export const inLanguage = (
  program: Command,
  language: Language,
  more: Readonly<Record<string, string>> = {},
): Command => {
  if (language === 'en') return program;
  const russian = (text: string): string => more[text] ?? RUSSIAN[text] ?? text;
  const translate = (command: Command): void => {
    command.description(russian(command.description()));
    command.helpOption('-h, --help', russian('display help for command'));
    command.configureHelp({ styleTitle: russian });
    command.configureOutput({ outputError: (text, write) => write(complaint(text)) });
    for (const option of command.options) option.description = russian(option.description);
    for (const argument of command.registeredArguments) argument.description = russian(argument.description);
    for (const child of command.commands) translate(child);
  };
  translate(program);
  return program
    .helpCommand('help [command]', russian('display help for command'))
    .showHelpAfterError(russian('(emoscope --help lists the commands)'));
};
