import type { QuestionAnswer, QuestionFigure, QuestionsReport } from '../../contracts/figures/questions-schema.js';
import { figureColumn, wordColumn } from '../../report/columns.js';
import {
  codedCell,
  figureCell,
  numberCell,
  type Cell,
  type ReportDocument,
  type Row,
  type Section,
  type TableSection,
} from '../../report/document.js';
import type { Language } from '../../contracts/language.js';
import { formatNumber } from '../../report/number-format.js';
import { printable } from '../../report/printable-text.js';
import { EXPRESSION_NOTE, reportFrame } from '../../report/report-frame.js';
import { exactDigits, formatFigure, UNIT_WORDS, unitFormat, unitHeading } from '../../report/unit-format.js';

/** What the report is called. */
export const QUESTIONS_TITLE = {
  ru: 'Пять вопросов о продавцах и покупателях',
  en: 'Five questions about sellers and customers',
};
const FEW = { ru: 'слишком мало наблюдений', en: 'too few observations' };
const FIGURES = { ru: 'Показатели', en: 'Figures' };
const NOTHING = { ru: 'Показателей нет', en: 'No figures' };
const FOOTNOTE = {
  ru: 'В скобках и мелким шрифтом — 95-процентный интервал; n — число посетителей или контактов, на которых основан показатель.',
  en: 'In brackets and in small print: the 95 % interval; n is the number of visitors or contacts a figure rests on.',
};

/** The five questions with a sentence of answer each, the figures behind it and their intervals. */
export const questionsDocument = (report: QuestionsReport, lang: Language): ReportDocument => ({
  ...reportFrame(report, QUESTIONS_TITLE, lang, [
    {
      label: lang === 'ru' ? 'Пороговое значение Happiness (T)' : 'Happiness threshold (T)',
      value: formatNumber(report.threshold, Number.isInteger(report.threshold) ? 0 : 1, lang),
    },
  ]),
  csvTable: 'questions',
  sections: [
    ...report.answers.flatMap((answer, index) => answerSections(answer, index, lang)),
    flatTable(report, lang),
  ],
  footnotes: [FOOTNOTE[lang], EXPRESSION_NOTE[lang]],
});

const answerSections = (answer: QuestionAnswer, index: number, lang: Language): Section[] => {
  const prose: Section = {
    kind: 'prose',
    title: `${index + 1}. ${printable(answer.question[lang])}`,
    lead: printable(answer.answer[lang]),
    lines: answer.figures.map((figure) => figureLine(figure, lang)),
  };
  const { table } = answer;
  if (table === null || table.rows.length === 0) return [prose];
  const isMeasured = table.rows.some(({ figures }) => figures.some(({ figure }) => figure.value !== null));
  if (isMeasured) return [prose, answerTable(answer, lang)];
  return [{ ...prose, lines: [...prose.lines, `${printable(table.title[lang])}: ${FEW[lang]}`] }];
};

const figureLine = ({ label, figure, unit, basis }: QuestionFigure, lang: Language): string => {
  const rests = basis === null ? FEW[lang] : `n = ${formatNumber(basis, 0, lang)}`;
  return `${printable(label[lang])}: ${formatFigure(figure, unit, lang)}, ${rests}`;
};

/** One row per hour, display, age or point; one column per figure. */
const answerTable = (answer: QuestionAnswer, lang: Language): TableSection => {
  const rows = answer.table?.rows ?? [];
  const kinds = new Map<string, QuestionFigure>();
  for (const row of rows) for (const figure of row.figures) if (!kinds.has(figure.key)) kinds.set(figure.key, figure);
  const columns = [...kinds.values()].map(({ key, label, unit }) => {
    const heading = { ru: label.ru + unitHeading(unit, 'ru'), en: label.en + unitHeading(unit, 'en') };
    const { digits, signed = false } = unitFormat(unit);
    const interval = rows.some(({ figures }) => figures.some((own) => own.key === key && own.figure.low !== null));
    return figureColumn(key, heading, lang, { digits, signed, interval });
  });
  return {
    kind: 'table',
    id: answer.id,
    title: printable(answer.table?.title[lang] ?? ''),
    printed: true,
    columns: [wordColumn('row', { ru: ' ', en: ' ' }, lang, { grow: 1 }), ...columns],
    rows: rows.map((row): Row => ({
      cells: [
        codedCell(row.key, printable(row.label[lang])),
        ...[...kinds.keys()].map((key) => scaledCell(row.figures.find((figure) => figure.key === key))),
      ],
    })),
    emptyText: NOTHING[lang],
  };
};

const scaledCell = (figure: QuestionFigure | undefined): Cell => {
  if (figure === undefined) return numberCell(null);
  const { scale = 1 } = unitFormat(figure.unit);
  const by = (value: number | null): number | null => (value === null ? null : value * scale);
  const { value, low, high } = figure.figure;
  return figureCell({ value: by(value), low: by(low), high: by(high) });
};

/** Every figure of every answer in one list, for spreadsheets and programs. */
const flatTable = (report: QuestionsReport, lang: Language): TableSection => ({
  kind: 'table',
  id: 'questions',
  title: FIGURES[lang],
  printed: false,
  columns: [
    wordColumn('question', { ru: 'Вопрос', en: 'Question' }, lang),
    wordColumn('row', { ru: 'Строка', en: 'Row' }, lang),
    wordColumn('figure', { ru: 'Показатель', en: 'Figure' }, lang),
    wordColumn('unit', { ru: 'Единица', en: 'Unit' }, lang),
    figureColumn('value', { ru: 'Значение', en: 'Value' }, lang, { digits: 3, interval: true }),
    figureColumn('basis', { ru: 'Наблюдений', en: 'Observations' }, lang, { digits: 0 }),
  ],
  rows: report.answers.flatMap((answer) => [
    ...answer.figures.map((figure) => flatRow(answer, '', '', figure, lang)),
    ...(answer.table?.rows ?? []).flatMap((row) =>
      row.figures.map((figure) => flatRow(answer, row.key, row.label[lang], figure, lang)),
    ),
  ]),
  emptyText: NOTHING[lang],
});

const flatRow = (
  answer: QuestionAnswer,
  rowKey: string,
  rowLabel: string,
  figure: QuestionFigure,
  lang: Language,
): Row => ({
  cells: [
    codedCell(answer.id, printable(answer.question[lang])),
    codedCell(rowKey, printable(rowLabel)),
    codedCell(figure.key, printable(figure.label[lang])),
    codedCell(figure.unit, UNIT_WORDS[figure.unit][lang]),
    figureCell(figure.figure, exactDigits(figure.unit)),
    numberCell(figure.basis),
  ],
});
