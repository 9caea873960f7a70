import type { Contact, ContactsReport, PointSummary, Verdict } from '../../contracts/contact.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import { figureColumn, timeColumn, wordColumn } from '../columns.js';
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
} from '../document.js';
import type { Lang } from '../language.js';
import { formatNumber } from '../number-format.js';
import { printable } from '../printable-text.js';
import { EXPRESSION_NOTE, reportFrame } from '../report-frame.js';

/** Contacts beyond these are left to CSV and XLSX: nobody reads a hundred printed pages. */
const PRINTED_CONTACTS = 300;

const TITLE = { ru: 'Контакты: Happy-Index и C-Value', en: 'Contacts: Happy-Index and C-Value' };
const NO_POINTS = {
  ru: 'Точек контакта с контактами за период нет',
  en: 'No contact point had a contact in this period',
};
const NO_CONTACTS = { ru: 'Контактов за период не было', en: 'There were no contacts in this period' };
const YES_NO = { true: { ru: 'да', en: 'yes' }, false: { ru: 'нет', en: 'no' } };
const VERDICT_WORDS: Readonly<Record<Verdict | 'none', Bilingual>> = {
  happy: { ru: 'счастливый', en: 'happy' },
  unhappy: { ru: 'несчастливый', en: 'unhappy' },
  indifferent: { ru: 'безразличный', en: 'indifferent' },
  none: { ru: 'нет', en: 'none' },
};
const FOOTNOTES: readonly Bilingual[] = [
  {
    ru: 'Happy-Index = (счастливые − несчастливые) ÷ квалифицированные контакты, от −1 до 1. Контакт квалифицирован, если продавец улыбнулся и лицо покупателя было измерено в окне отклика.',
    en: 'Happy-Index = (happy − unhappy) ÷ qualified contacts, from −1 to 1. A contact is qualified when the seller smiled and the customer’s face was measured in the response window.',
  },
  {
    ru: 'C-Value = (положительные всплески − K · отрицательные) ÷ контакты. Всплеск — отклонение выражения от собственного начала контакта. Мелким шрифтом — 95-процентный интервал.',
    en: 'C-Value = (positive bursts − K · negative bursts) ÷ contacts. A burst is an excursion of the expression from the customer’s own start of the contact. Small print is the 95 % interval.',
  },
  EXPRESSION_NOTE,
];

/** Happy-Index, C-Value and the contacts behind them. */
export const contactsDocument = (report: ContactsReport, lang: Lang): ReportDocument => {
  const all = contactsTable(report.contacts, lang);
  const fits = report.contacts.length <= PRINTED_CONTACTS;
  const latest = [...report.contacts].sort((a, b) => a.startTs - b.startTs).slice(-PRINTED_CONTACTS);
  return {
    ...reportFrame(report, TITLE, lang, [
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

const latestTitle = ({ contacts }: ContactsReport, lang: Lang): string => {
  const [shown, of] = [formatNumber(PRINTED_CONTACTS, 0, lang), formatNumber(contacts.length, 0, lang)];
  return lang === 'ru'
    ? `Последние ${shown} контактов из ${of} (все — в CSV и XLSX)`
    : `Last ${shown} contacts of ${of} (all are in CSV and XLSX)`;
};

const count = (key: string, ru: string, en: string, lang: Lang): Column =>
  figureColumn(key, { ru, en }, lang, { digits: 0 });

const pointsTable = (points: readonly PointSummary[], lang: Lang): TableSection => ({
  kind: 'table',
  id: 'points',
  title: lang === 'ru' ? 'Точки контакта' : 'Contact points',
  printed: true,
  columns: [
    wordColumn('point', { ru: 'Точка', en: 'Point' }, lang, { grow: 1 }),
    count('contacts', 'Контакты', 'Contacts', lang),
    count('seller_smiled', 'Продавец улыбнулся', 'Seller smiled', lang),
    count('qualified', 'Квалифицировано', 'Qualified', lang),
    count('happy', 'Счастливые', 'Happy', lang),
    count('unhappy', 'Несчастливые', 'Unhappy', lang),
    count('indifferent', 'Безразличные', 'Indifferent', lang),
    figureColumn('happy_index', { ru: 'Happy-Index', en: 'Happy-Index' }, lang, {
      range: [-1, 1],
      digits: 2,
      interval: true,
      signed: true,
    }),
    count('positive_bursts', 'Всплески +', 'Bursts +', lang),
    count('negative_bursts', 'Всплески −', 'Bursts −', lang),
    figureColumn('c_value', { ru: 'C-Value', en: 'C-Value' }, lang, { digits: 2, interval: true, signed: true }),
    figureColumn('median_latency_s', { ru: 'Отклик, с (медиана)', en: 'Latency, s (median)' }, lang, { digits: 2 }),
    figureColumn('median_rise', { ru: 'Подъём (медиана)', en: 'Rise (median)' }, lang, { digits: 1 }),
    wordColumn('correlation', { ru: 'Корреляция значима', en: 'Correlation significant' }, lang),
    { ...count('correlation_tested', 'Корреляция проверена', 'Correlation tested', lang), printed: false },
    { ...count('correlation_significant', 'Корреляция значима', 'Correlation significant', lang), printed: false },
  ],
  rows: points.map((point): Row => ({
    cells: [
      textCell(printable(point.pointId)),
      ...[point.contacts, point.sellerSmiled, point.qualified, point.happy, point.unhappy, point.indifferent].map(
        numberCell,
      ),
      figureCell(point),
      numberCell(point.positiveBursts),
      numberCell(point.negativeBursts),
      figureCell(point.cValue),
      seconds(point.medianLatencyMs),
      numberCell(point.medianRise),
      textCell(`${point.correlationSignificant} ${lang === 'ru' ? 'из' : 'of'} ${point.correlationTested}`),
      numberCell(point.correlationTested),
      numberCell(point.correlationSignificant),
    ],
  })),
  emptyText: NO_POINTS[lang],
});

const seconds = (ms: number | null): Cell => numberCell(ms === null ? null : ms / 1000);
const yesNo = (value: boolean, lang: Lang): Cell => codedCell(String(value), YES_NO[value ? 'true' : 'false'][lang]);

const contactsTable = (contacts: readonly Contact[], lang: Lang): TableSection => ({
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
      numberCell(contact.smiles.length),
      yesNo(contact.qualified, lang),
      codedCell(contact.verdict ?? '', VERDICT_WORDS[contact.verdict ?? 'none'][lang]),
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
