import type { Bilingual } from '../../contracts/bilingual.js';
import type { Figure } from '../../contracts/figure.js';
import type { VisitorsReport, VisitorsRow } from '../../contracts/figures/visitors-schema.js';
import { figureColumn, wordColumn } from '../../report/columns.js';
import {
  codedCell,
  figureCell,
  numberCell,
  textCell,
  type Cell,
  type ReportDocument,
  type Row,
  type TableSection,
} from '../../report/document.js';
import type { Language } from '../../contracts/language.js';
import { formatNumber } from '../../report/number-format.js';
import { ME1_WORDS } from '../me1/me1-words.js';
import { printable } from '../../report/printable-text.js';
import { EXPRESSION_NOTE, reportFrame } from '../../report/report-frame.js';
import { ROLE_WORDS } from '../../contracts/words.js';
import { crossTabTable } from './cross-tab.js';
import { FIGURE_WORDS } from '../../contracts/words.js';

/** What the report is called. */
export const VISITORS_TITLE: Bilingual = { ru: 'Посетители', en: 'Visitors' };

/** Visitors per stream: number, dwell, attention, age, gender, mood, and the cross-tab with small groups hidden. */
export const visitorsDocument = (report: VisitorsReport, lang: Language): ReportDocument => {
  const { kAnonymity } = report;
  const say = (ru: string, en: string): string => (lang === 'ru' ? ru : en);
  return {
    ...reportFrame(report, VISITORS_TITLE, lang, [
      { label: say('Обслужено (контактов)', 'Served (contacts)'), value: formatNumber(report.served, 0, lang) },
      {
        label: say('Скрыты группы', 'Hidden groups'),
        value: say(`меньше ${kAnonymity} посетителей`, `fewer than ${kAnonymity} visitors`),
      },
      {
        label: say('В таблице не учтены', 'Left out of the cross-tab'),
        value: say(`моложе ${report.crossTab.minorsAge} лет`, `younger than ${report.crossTab.minorsAge}`),
      },
    ]),
    // Without visitors there is no breakdown either, and nothing of it is hidden.
    sections: [rowsTable(report, lang), ...(report.rows.length === 0 ? [] : [crossTabTable(report.crossTab, lang)])],
    footnotes: [
      say(
        `Посетитель — один проход человека перед камерой, без опознания личности. Мелким шрифтом — 95-процентный интервал. «<${kAnonymity}» — меньше ${kAnonymity} посетителей; «•» скрыто, чтобы малую группу нельзя было вычислить.`,
        `A visitor is one passage of a person before a camera; nobody is identified. Small print is the 95 % interval. “<${kAnonymity}” means fewer than ${kAnonymity} visitors; “•” is hidden so that a small group cannot be worked out.`,
      ),
      EXPRESSION_NOTE[lang],
    ],
  };
};

const rowsTable = (report: VisitorsReport, lang: Language): TableSection => {
  const figure = (key: string, ru: string, en: string, digits: number, most = 100): ReturnType<typeof figureColumn> =>
    figureColumn(key, { ru, en }, lang, { digits, interval: true, range: [0, most] });
  const plain = (key: string, ru: string, en: string, digits: number): ReturnType<typeof figureColumn> =>
    figureColumn(key, { ru, en }, lang, { digits });
  return {
    kind: 'table',
    id: 'visitors',
    title: VISITORS_TITLE[lang],
    printed: true,
    columns: [
      wordColumn('name', { ru: 'Поток', en: 'Stream' }, lang, { grow: 1 }),
      wordColumn('stream_id', { ru: 'Идентификатор потока', en: 'Stream id' }, lang, { printed: false }),
      wordColumn('role', { ru: 'Роль', en: 'Role' }, lang, { printed: false }),
      plain('visitors', 'Посетители', 'Visitors', 0),
      figure('mean_dwell_s', 'Время в кадре, с', 'Dwell, s', 1, Infinity),
      figure('median_dwell_s', 'Медиана времени, с', 'Median dwell, s', 1, Infinity),
      figure('mean_attention_s', 'Внимание, с', 'Attention, s', 1, Infinity),
      figure('looked_percent', 'Посмотрели, %', 'Looked, %', 1),
      figure('mean_glances', 'Взглядов', 'Glances', 1, Infinity),
      figure('male_percent', 'Мужчины, %', 'Men, %', 1),
      figure('mean_age_years', 'Средний возраст', 'Mean age', 1, Infinity),
      figure('mood', 'Настроение', 'Mood', 1),
    ],
    rows:
      report.rows.length === 0
        ? []
        : [...report.rows.map((row) => visitorsRow(row, report, lang)), visitorsRow(report.total, report, lang)],
    emptyText: ME1_WORDS.nothing[lang],
  };
};

const by = (factor: number, { value, low, high }: Figure): Cell => {
  const scale = (x: number | null): number | null => (x === null ? null : x * factor);
  return figureCell({ value: scale(value), low: scale(low), high: scale(high) });
};

const visitorsRow = (row: VisitorsRow, report: VisitorsReport, lang: Language): Row => {
  const total = row.streamId === null;
  const role = row.role === null ? '' : ROLE_WORDS[row.role][lang];
  const name = total ? FIGURE_WORDS.total[lang] : printable(row.name);
  return {
    total,
    cells: [
      total ? textCell(name) : textCell(name, role),
      textCell(row.streamId ?? ''),
      codedCell(row.role ?? '', role),
      row.visitors === null ? { kind: 'suppressed', text: `<${report.kAnonymity}` } : numberCell(row.visitors),
      by(0.001, row.meanDwellMs),
      by(0.001, row.medianDwellMs),
      by(0.001, row.meanAttentionMs),
      by(100, row.lookedShare),
      figureCell(row.meanGlances),
      figureCell(row.malePercent),
      figureCell(row.meanAgeYears),
      figureCell(row.mood),
    ],
  };
};
