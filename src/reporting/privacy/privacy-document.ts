import type { Bilingual } from '../../contracts/bilingual.js';
import { figureColumn, timeColumn, wordColumn } from '../../report/columns.js';
import { codedCell, numberCell, textCell, type ReportDocument, type TableSection } from '../../report/document.js';
import type { Language } from '../../contracts/language.js';
import { printable } from '../../report/printable-text.js';
import { EXPRESSION_NOTE } from '../../report/report-frame.js';
import { renderDocument, type RenderOptions } from '../../report/render/render-document.js';
import type { ReportFormat } from '../../contracts/documents/report-format.js';
import type { Rendered } from '../../report/render/rendered.js';
import { formatMoment } from '../../time/format-time.js';
import type { PrivacyReport } from '../../contracts/documents/privacy-report.js';
import { LocalTime } from '../../time/local-time.js';
import { durationWords } from './duration-words.js';

/** Whose report it is. */
export interface PrivacySite {
  readonly siteName: string;
  readonly operator: string;
  readonly contact: string;
  /** IANA zone or `auto`. */
  readonly timeZone: string;
}

const TITLE: Bilingual = { ru: 'Отчёт о данных и доступе к ним', en: 'Report on data and access to them' };
const NOT_KEPT: Bilingual = {
  ru: 'Кадры, изображения лиц и их шаблоны не сохраняются; личность людей не устанавливается.',
  en: 'Frames, pictures of faces and face templates are not stored; nobody is identified.',
};
const JURISDICTIONS: Readonly<Record<string, Bilingual>> = {
  ru: { ru: 'Россия (152-ФЗ)', en: 'Russia (152-FZ)' },
  eu: { ru: 'Европейский союз (GDPR, закон об ИИ)', en: 'European Union (GDPR, AI Act)' },
  other: { ru: 'другая', en: 'other' },
};
const SELLERS: Readonly<Record<string, Bilingual>> = {
  off: { ru: 'не ведутся', en: 'not kept' },
  aggregate: { ru: 'только по точке и смене', en: 'per point and shift only' },
  on: { ru: 'ведутся', en: 'kept' },
};

/** The privacy report as a document for any format. */
const privacyDocument = (facts: PrivacyReport, site: PrivacySite, lang: Language): ReportDocument => {
  const zone = new LocalTime(site.timeZone);
  const say = (ru: string, en: string): string => (lang === 'ru' ? ru : en);
  const moment = formatMoment(facts.generatedTs, zone, lang);
  return {
    lang,
    timeZone: zone.timeZone,
    generatedTs: facts.generatedTs,
    title: TITLE[lang],
    subtitle: `${printable(site.siteName)}, ${moment}`,
    facts: [
      { label: say('Отвечает за обработку', 'Answers for the processing'), value: printable(site.operator) || '–' },
      { label: say('Связь', 'Contact'), value: printable(site.contact) || '–' },
      {
        label: say('Правовой профиль', 'Profile of law'),
        value: JURISDICTIONS[facts.jurisdiction]?.[lang] ?? facts.jurisdiction,
      },
      {
        label: say('Показатели продавцов', 'Seller figures'),
        value: SELLERS[facts.sellerAnalytics]?.[lang] ?? facts.sellerAnalytics,
      },
      { label: say('Скрываются группы меньше', 'Groups hidden below'), value: String(facts.kAnonymity) },
      { label: say('Не учитываются моложе', 'Left out under the age of'), value: String(facts.minorsAge) },
      { label: say('Часовой пояс', 'Time zone'), value: zone.timeZone },
    ],
    sections: [holdingsTable(facts, lang), accessTable(facts, lang)],
    notes: [],
    footnotes: [NOT_KEPT[lang], EXPRESSION_NOTE[lang]],
  };
};

/** The privacy report as a file of the asked format. */
export const renderPrivacyReport = (
  facts: PrivacyReport,
  site: PrivacySite,
  format: ReportFormat,
  lang: Language,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(facts, privacyDocument(facts, site, lang), format, options);

const holdingsTable = (facts: PrivacyReport, lang: Language): TableSection => ({
  kind: 'table',
  id: 'holdings',
  title: lang === 'ru' ? 'Что хранится' : 'What is kept',
  printed: true,
  columns: [
    wordColumn('kind', { ru: 'Данные', en: 'Data' }, lang),
    wordColumn('description', { ru: 'Что это', en: 'What it is' }, lang, { grow: 1 }),
    wordColumn('where', { ru: 'Где', en: 'Where' }, lang, { grow: 1 }),
    wordColumn('retention', { ru: 'Как долго', en: 'How long' }, lang),
    figureColumn('rows', { ru: 'Записей', en: 'Rows' }, lang, { digits: 0 }),
    timeColumn('oldest', { ru: 'Самая старая', en: 'Oldest' }, lang),
  ],
  rows: facts.holdings.map((holding) => ({
    cells: [
      textCell(printable(holding.kind)),
      textCell(printable(holding.description[lang])),
      textCell(printable(holding.where[lang])),
      codedCell(holding.retention ?? '', durationWords(holding.retention, lang)),
      numberCell(holding.rows),
      { kind: 'time', ts: holding.oldestTs },
    ],
  })),
  emptyText: lang === 'ru' ? 'Ничего не хранится' : 'Nothing is kept',
});

const accessTable = (facts: PrivacyReport, lang: Language): TableSection => ({
  kind: 'table',
  id: 'accesses',
  title: lang === 'ru' ? 'Кто обращался к личным данным' : 'Who accessed personal data',
  printed: true,
  columns: [
    wordColumn('actor', { ru: 'Кто', en: 'Who' }, lang),
    wordColumn('action', { ru: 'Действие', en: 'Action' }, lang, { grow: 1 }),
    figureColumn('count', { ru: 'Раз', en: 'Times' }, lang, { digits: 0 }),
    timeColumn('last', { ru: 'Последний раз', en: 'Last' }, lang),
  ],
  rows: facts.accesses.map((access) => ({
    cells: [
      textCell(printable(access.actor)),
      textCell(printable(access.action)),
      numberCell(access.count),
      { kind: 'time', ts: access.lastTs },
    ],
  })),
  emptyText: lang === 'ru' ? 'Обращений не было' : 'There were none',
});
