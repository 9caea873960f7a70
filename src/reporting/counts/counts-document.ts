import type { Bilingual } from '../../contracts/bilingual.js';
import type { CountsReport } from '../../contracts/figures/counts-schema.js';
import type { Language } from '../../contracts/language.js';
import { COUNTER_WORDS, DIRECTION_WORDS } from '../../contracts/words.js';
import { figureColumn, timeColumn, wordColumn } from '../../report/columns.js';
import {
  codedCell,
  figureCell,
  numberCell,
  textCell,
  type Cell,
  type ChartSection,
  type ReportDocument,
  type TableSection,
} from '../../report/document.js';
import { printable } from '../../report/printable-text.js';
import { reportFrame } from '../../report/report-frame.js';

/** What the report is called. */
export const COUNTS_TITLE: Bilingual = { ru: 'Подсчёты по местам', en: 'Counts by place' };

type Counted = Pick<CountsReport['rows'][number], 'placeId' | 'name' | 'counter' | 'direction'>;

const wayOf = ({ direction }: Counted, lang: Language): string =>
  direction === null ? '' : DIRECTION_WORDS[direction][lang];

const headColumns = (lang: Language) => [
  wordColumn('place', { ru: 'Место', en: 'Place' }, lang, { grow: 1 }),
  wordColumn('place_id', { ru: 'Идентификатор места', en: 'Place id' }, lang, { printed: false }),
  wordColumn('counter', { ru: 'Что', en: 'What' }, lang),
  wordColumn('direction', { ru: 'Куда', en: 'Which way' }, lang),
];

const headCells = (row: Counted, lang: Language): Cell[] => [
  textCell(printable(row.name) || row.placeId),
  textCell(row.placeId),
  codedCell(row.counter, COUNTER_WORDS[row.counter][lang]),
  codedCell(row.direction ?? '', wayOf(row, lang)),
];

const countsTable = ({ rows }: CountsReport, lang: Language): TableSection => ({
  kind: 'table',
  id: 'counts',
  title: COUNTS_TITLE[lang],
  printed: true,
  columns: [
    ...headColumns(lang),
    figureColumn('count', { ru: 'Сколько', en: 'How many' }, lang, { digits: 0, interval: true }),
    figureColumn('facts', { ru: 'Записей', en: 'Facts' }, lang, { digits: 0, printed: false }),
  ],
  rows: rows.map((row) => ({ cells: [...headCells(row, lang), figureCell(row.count), numberCell(row.facts)] })),
  emptyText: { ru: 'За этот период никто ничего не считал.', en: 'Nothing was counted in this period.' }[lang],
});

const seriesTable = ({ series }: CountsReport, lang: Language): TableSection => ({
  kind: 'table',
  id: 'series',
  title: { ru: 'По времени', en: 'Over time' }[lang],
  printed: false,
  columns: [
    timeColumn('time', { ru: 'Время', en: 'Time' }, lang),
    ...headColumns(lang),
    figureColumn('count', { ru: 'Сколько', en: 'How many' }, lang, { digits: 0 }),
  ],
  rows: series.map((row) => ({ cells: [{ kind: 'time', ts: row.ts }, ...headCells(row, lang), numberCell(row.n)] })),
  emptyText: '–',
});

/** One line per counted thing; a bucket in which nobody was counted is a gap, since nobody knows whether it was watched. */
const charts = (report: CountsReport, lang: Language): ChartSection => {
  const { fromTs, toTs, bucketMs, series } = report;
  const lines = report.rows.map((row) => ({
    name: [printable(row.name) || row.placeId, COUNTER_WORDS[row.counter][lang], wayOf(row, lang)]
      .filter((part) => part !== '')
      .join(', '),
    points: series
      .filter(
        ({ placeId, counter, direction }) =>
          placeId === row.placeId && counter === row.counter && direction === row.direction,
      )
      .map(({ ts, n }) => ({ ts, value: n })),
  }));
  const chart = { id: 'counts', title: COUNTS_TITLE[lang], fromTs, toTs, bucketMs, breakMs: 1.5 * bucketMs };
  return { kind: 'charts', title: COUNTS_TITLE[lang], charts: [{ ...chart, digits: 0, series: lines }] };
};

const FOOTNOTES: readonly Bilingual[] = [
  {
    ru: 'Мелким шрифтом — 95-процентный интервал случайности самого потока (Пуассон); ошибка счётчика в него не входит.',
    en: 'Small print is the 95 % interval of the flow’s own chance (Poisson); the error of the counter is not in it.',
  },
  {
    ru: 'Камера-счётчик видит тела и не ищет лиц: кто прошёл дважды, сосчитан дважды, сотрудники сосчитаны вместе со всеми.',
    en: 'A counter sees bodies and looks for no faces: who passes twice is counted twice, and staff are counted with everybody.',
  },
];

/** How many of what at which place, with a line over time. */
export const countsDocument = (report: CountsReport, lang: Language): ReportDocument => ({
  ...reportFrame(report, COUNTS_TITLE, lang),
  sections: [
    countsTable(report, lang),
    ...(report.rows.length === 0 ? [] : [charts(report, lang)]),
    seriesTable(report, lang),
  ],
  footnotes: FOOTNOTES.map((note) => note[lang]),
});
