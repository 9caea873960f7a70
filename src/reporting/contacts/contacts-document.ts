import type { PointSummary, ToldContact, Verdict } from '../../contracts/contact.js';
import type { ContactsReport } from '../../contracts/figures/contacts-schema.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import type { Figure } from '../../contracts/figure.js';
import { figureColumn, timeColumn, wordColumn } from '../../report/columns.js';
import {
  codedCell,
  figureCell,
  numberCell,
  textCell,
  type Cell,
  type Column,
  type ReportDocument,
  type Row,
  type TableSection,
} from '../../report/document.js';
import type { Language } from '../../contracts/language.js';
import { formatNumber } from '../../report/number-format.js';
import { printable } from '../../report/printable-text.js';
import { EXPRESSION_NOTE, reportFrame } from '../../report/report-frame.js';

/** Contacts beyond these are left to CSV and XLSX: nobody reads a hundred printed pages. */
const PRINTED_CONTACTS = 300;

/** What the report is called. */
export const CONTACTS_TITLE = { ru: 'Контакты: Happy-Index и C-Value', en: 'Contacts: Happy-Index and C-Value' };
const NO_POINTS = {
  ru: 'Точек контакта с контактами за период нет',
  en: 'No contact point had a contact in this period',
};
const NO_CONTACTS = { ru: 'Контактов за период не было', en: 'There were no contacts in this period' };
const YES_NO = { true: { ru: 'да', en: 'yes' }, false: { ru: 'нет', en: 'no' } };
const VERDICT_WORDS: Readonly<Record<Verdict | 'none', Bilingual>> = {
  happy: { ru: 'ответил улыбкой', en: 'smiled back' },
  unhappy: { ru: 'ответил недовольством', en: 'displeased' },
  indifferent: { ru: 'не ответил', en: 'no answer' },
  already: { ru: 'уже улыбался', en: 'smiling already' },
  none: { ru: 'нет', en: 'none' },
};
const FOOTNOTES: readonly Bilingual[] = [
  {
    ru: 'Happy-Index (ответ) = (ответили улыбкой − ответили недовольством) ÷ квалифицированные контакты, от −1 до 1. Судится первая улыбка продавца с видимым началом, сравнение — с секундой перед ней; лицо покупателя должно быть измерено. Кто уже улыбался, не в счёт: ответ ли это, не узнать.',
    en: 'Happy-Index (answer) = (smiled back − displeased) ÷ qualified contacts, from −1 to 1. Judged is the seller’s first smile whose beginning was seen, against the second before it; the customer’s face must have been measured. Who smiled already is left out: nobody can tell whether that is an answer.',
  },
  {
    ru: 'Сверх случайного = доля ответивших улыбкой − доля «ответивших» в другие моменты тех же контактов (от 4 с в стороне). Без заражения улыбкой — около нуля, сколь бы оживлён ни был покупатель.',
    en: 'Beyond chance = share who smiled back − share who “answer” at other moments of the same contacts (4 s away and more). About zero where smiles infect nobody, however lively the customers.',
  },
  {
    ru: 'C-Value = (положительные всплески − K · отрицательные) ÷ контакты. Всплеск — отклонение выражения от собственного начала контакта. Мелким шрифтом — 95-процентный интервал.',
    en: 'C-Value = (positive bursts − K · negative bursts) ÷ contacts. A burst is an excursion of the expression from the customer’s own start of the contact. Small print is the 95 % interval.',
  },
  EXPRESSION_NOTE,
];

/** Happy-Index, C-Value and the contacts behind them. */
export const contactsDocument = (report: ContactsReport, lang: Language): ReportDocument => {
  const all = contactsTable(report.contacts, lang);
  const fits = report.contacts.length <= PRINTED_CONTACTS;
  const latest = [...report.contacts].sort((a, b) => a.startTs - b.startTs).slice(-PRINTED_CONTACTS);
  return {
    ...reportFrame(report, CONTACTS_TITLE, lang, [
      { label: lang === 'ru' ? 'Контактов' : 'Contacts', value: formatNumber(report.contacts.length, 0, lang) },
    ]),
    csvTable: 'contacts',
    sections: [
      pointsTable(report.points, lang),
      ...(fits
        ? [all]
        : [{ ...contactsTable(latest, lang), id: 'latest', inSheets: false, title: latestTitle(report, lang) }]),
      ...(fits ? [] : [{ ...all, printed: false }]),
    ],
    footnotes: FOOTNOTES.map((note) => note[lang]),
  };
};

const latestTitle = ({ contacts }: ContactsReport, lang: Language): string => {
  const [shown, of] = [formatNumber(PRINTED_CONTACTS, 0, lang), formatNumber(contacts.length, 0, lang)];
  return lang === 'ru'
    ? `Последние ${shown} контактов из ${of} (все — в CSV и XLSX)`
    : `Last ${shown} contacts of ${of} (all are in CSV and XLSX)`;
};

const count = (key: string, ru: string, en: string, lang: Language): Column =>
  figureColumn(key, { ru, en }, lang, { digits: 0 });

const index = (key: string, ru: string, en: string, lang: Language): Column =>
  figureColumn(key, { ru, en }, lang, { range: [-1, 1], digits: 2, interval: true, signed: true });

const share = (key: string, ru: string, en: string, lang: Language): Column =>
  figureColumn(key, { ru, en }, lang, { digits: 0, interval: true });

const rate = (key: string, ru: string, en: string, lang: Language): Column =>
  figureColumn(key, { ru, en }, lang, { digits: 2, interval: true });

/** The literal reading, where it was asked for. */
const peakColumns = (lang: Language): Column[] => [
  index(
    'happy_index_peak',
    'Happy-Index (буквально: любая улыбка, пик)',
    'Happy-Index (literal: any smile, peak)',
    lang,
  ),
  { ...count('qualified_peak', 'Квалифицировано (буквально)', 'Qualified (literal)', lang), printed: false },
];

const bare = (value: number | null): Figure => ({ value, low: null, high: null });

const scaled = ({ value, low, high }: Figure, factor: number): Figure => ({
  value: value === null ? null : value * factor,
  low: low === null ? null : low * factor,
  high: high === null ? null : high * factor,
});

const pointsTable = (
  points: readonly PointSummary[],
  lang: Language,
  withPeak = points.some(({ peak }) => peak !== null),
): TableSection => ({
  kind: 'table',
  id: 'points',
  title: lang === 'ru' ? 'Точки контакта' : 'Contact points',
  printed: true,
  columns: [
    wordColumn('point', { ru: 'Точка', en: 'Point' }, lang, { grow: 1 }),
    count('contacts', 'Контакты', 'Contacts', lang),
    count('seller_smiled', 'Продавец улыбнулся', 'Seller smiled', lang),
    count('qualified', 'Квалифицировано', 'Qualified', lang),
    count('happy', 'Ответили улыбкой', 'Smiled back', lang),
    count('unhappy', 'Недовольством', 'Displeased', lang),
    count('indifferent', 'Не ответили', 'No answer', lang),
    count('already', 'Уже улыбались', 'Smiling already', lang),
    index('happy_index', 'Happy-Index (ответ)', 'Happy-Index (answer)', lang),
    figureColumn('net_response', { ru: 'Сверх случайного, %', en: 'Beyond chance, %' }, lang, {
      digits: 0,
      interval: true,
      signed: true,
    }),
    { ...share('answered_share', 'Ответили, %', 'Answered, %', lang), printed: false },
    { ...share('chance_share', 'Случайно, %', 'By chance, %', lang), printed: false },
    { ...count('net_basis', 'Контактов сравнено', 'Contacts compared', lang), printed: false },
    ...(withPeak ? peakColumns(lang) : []),
    { ...count('former', 'По прежнему правилу', 'By the former rule', lang), printed: false },
    count('positive_bursts', 'Всплески +', 'Bursts +', lang),
    count('negative_bursts', 'Всплески −', 'Bursts −', lang),
    figureColumn('c_value', { ru: 'C-Value', en: 'C-Value' }, lang, { digits: 2, interval: true, signed: true }),
    { ...rate('positive_per_contact', 'Всплески + на контакт', 'Bursts + per contact', lang), printed: false },
    { ...rate('negative_per_contact', 'Всплески − на контакт', 'Bursts − per contact', lang), printed: false },
    rate('positive_per_minute', 'Всплески + в минуту', 'Bursts + per minute', lang),
    rate('negative_per_minute', 'Всплески − в минуту', 'Bursts − per minute', lang),
    figureColumn('median_latency_s', { ru: 'Отклик, с (медиана)', en: 'Latency, s (median)' }, lang, {
      digits: 2,
      interval: true,
    }),
    figureColumn('median_rise', { ru: 'Подъём (медиана)', en: 'Rise (median)' }, lang, { digits: 1, interval: true }),
    wordColumn('correlation', { ru: 'Корреляция значима', en: 'Correlation significant' }, lang),
    { ...share('contagion_share', 'Корреляция значима, %', 'Correlation significant, %', lang), printed: false },
    { ...count('correlation_tested', 'Корреляция проверена', 'Correlation tested', lang), printed: false },
    { ...count('correlation_significant', 'Корреляция значима', 'Correlation significant', lang), printed: false },
  ],
  rows: points.map((point): Row => ({
    cells: [
      textCell(printable(point.pointId)),
      ...[point.contacts, point.sellerSmiled, point.qualified, point.happy, point.unhappy, point.indifferent].map(
        numberCell,
      ),
      numberCell(point.already),
      figureCell(point),
      figureCell(scaled(point.netResponse, 100)),
      figureCell(scaled(bare(point.netResponse.answered), 100)),
      figureCell(scaled(bare(point.netResponse.byChance), 100)),
      numberCell(point.netResponse.basis),
      ...(withPeak ? [figureCell(point.peak ?? bare(null)), numberCell(point.peak?.qualified ?? null)] : []),
      numberCell(point.former),
      numberCell(point.positiveBursts),
      numberCell(point.negativeBursts),
      figureCell(point.cValue),
      figureCell(point.positivePerContact),
      figureCell(point.negativePerContact),
      figureCell(point.positivePerMinute),
      figureCell(point.negativePerMinute),
      figureCell(scaled(point.medianLatencyMs, 1 / 1000)),
      figureCell(point.medianRise),
      textCell(`${point.correlationSignificant} ${lang === 'ru' ? 'из' : 'of'} ${point.qualified}`),
      figureCell(scaled(point.contagionShare, 100)),
      numberCell(point.correlationTested),
      numberCell(point.correlationSignificant),
    ],
  })),
  emptyText: NO_POINTS[lang],
});

const seconds = (ms: number | null): Cell => numberCell(ms === null ? null : ms / 1000);
const yesNo = (value: boolean, lang: Language): Cell =>
  codedCell(String(value), YES_NO[value ? 'true' : 'false'][lang]);

const contactsTable = (contacts: readonly ToldContact[], lang: Language): TableSection => ({
  kind: 'table',
  id: 'contacts',
  title: lang === 'ru' ? 'Контакты' : 'Contacts',
  printed: true,
  columns: [
    timeColumn('start', { ru: 'Начало', en: 'Start' }, lang, { seconds: true }),
    wordColumn('contact_id', { ru: 'Идентификатор', en: 'Id' }, lang, { printed: false }),
    wordColumn('point', { ru: 'Точка', en: 'Point' }, lang),
    figureColumn('duration_s', { ru: 'Длительность, с', en: 'Length, s' }, lang, { digits: 1 }),
    wordColumn('seller_present', { ru: 'Продавец', en: 'Seller' }, lang),
    figureColumn('seller_smiles', { ru: 'Улыбки продавца', en: 'Seller’s smiles' }, lang, { digits: 0 }),
    wordColumn('qualified', { ru: 'Квалифицирован', en: 'Qualified' }, lang, { printed: false }),
    wordColumn('verdict', { ru: 'Вердикт', en: 'Verdict' }, lang),
    figureColumn('by_chance', { ru: 'Случайно, %', en: 'By chance, %' }, lang, { digits: 0, printed: false }),
    wordColumn('reason', { ru: 'Почему', en: 'Why' }, lang, { grow: 1, wraps: true }),
    figureColumn('latency_s', { ru: 'Отклик, с', en: 'Latency, s' }, lang, { digits: 2 }),
    figureColumn('rise', { ru: 'Подъём', en: 'Rise' }, lang, { digits: 1 }),
    count('positive_bursts', 'Всплески +', 'Bursts +', lang),
    count('negative_bursts', 'Всплески −', 'Bursts −', lang),
    figureColumn('correlation_r', { ru: 'r', en: 'r' }, lang, { digits: 2, signed: true }),
    figureColumn('correlation_lag_s', { ru: 'Сдвиг, с', en: 'Lag, s' }, lang, { digits: 2, signed: true }),
    figureColumn('correlation_p', { ru: 'p', en: 'p' }, lang, { digits: 3, printed: false }),
  ],
  rows: contacts.map((contact): Row => ({
    cells: [
      { kind: 'time', ts: contact.startTs },
      textCell(contact.id),
      textCell(printable(contact.pointId)),
      numberCell((contact.endTs - contact.startTs) / 1000),
      yesNo(contact.sellerPresent, lang),
      numberCell(contact.smiles?.length ?? null),
      yesNo(contact.qualified, lang),
      codedCell(contact.verdict ?? '', VERDICT_WORDS[contact.verdict ?? 'none'][lang]),
      numberCell(contact.answerByChance === null ? null : 100 * contact.answerByChance),
      textCell(printable(contact.reason[lang])),
      seconds(contact.latencyMs),
      numberCell(contact.riseOverBaseline),
      numberCell(contact.bursts.filter(({ kind }) => kind === 'positive').length),
      numberCell(contact.bursts.filter(({ kind }) => kind === 'negative').length),
      numberCell(contact.crossLag?.r ?? null),
      seconds(contact.crossLag?.lagMs ?? null),
      numberCell(contact.crossLag?.pValue ?? null),
    ],
  })),
  emptyText: NO_CONTACTS[lang],
});
