import type { Bilingual } from '../../contracts/bilingual.js';
import { COMPARED_DIGITS } from '../../contracts/figures/comparison.js';
import type { ComparisonLine, ComparisonReport } from '../../contracts/figures/comparison-schema.js';
import { smilingCurve } from '../../charts/smiling-curve.js';
import { COMPARED_WORDS, COMPARISON_WORDS, VERDICT_WORDS } from '../../contracts/figures/comparison-words.js';
import { chartBreakMs, chartSpan } from '../../charts/chart-span.js';
import type { Judgement } from '../../contracts/figures/figure-schema.js';
import type { Me1Report } from '../../contracts/figures/me1-schema.js';
import { LocalTime } from '../../time/local-time.js';
import { figureColumn, timeColumn, wordColumn } from '../../report/columns.js';
import {
  codedCell,
  figureCell,
  numberCell,
  type Cell,
  type Chart,
  type ReportDocument,
  type TableSection,
} from '../../report/document.js';
import type { Language } from '../../contracts/language.js';
import { formatNumber } from '../../report/number-format.js';
import { ME1_WORDS } from '../me1/me1-words.js';
import { streamsText, thresholdText } from '../me1/params-words.js';
import { SMILE_ABOUT } from '../me1/smile-words.js';
import { printable } from '../../report/printable-text.js';
import { EXPRESSION_NOTE } from '../../report/report-frame.js';
import { formatDuration, formatMoment, formatPeriod } from '../../time/format-time.js';

const SIDES = ['a', 'b'] as const;

const SMILE_NOTE: Bilingual = {
  ru: `Доля улыбнувшихся: ${lower(SMILE_ABOUT.person.ru)} Smile-Index: ${lower(SMILE_ABOUT.face.ru)} Мелким шрифтом — 95-процентный интервал.`,
  en: `Visitors who smiled: ${lower(SMILE_ABOUT.person.en)} Smile-Index: ${lower(SMILE_ABOUT.face.en)} Small print is the 95 % interval.`,
};

function lower(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

/** Two periods side by side: figures, differences with intervals, verdicts, and the share who smiled step by step. */
export const comparisonDocument = (report: ComparisonReport, lang: Language): ReportDocument => {
  const zone = new LocalTime(report.a.timeZone);
  const periodOf = ({ params }: Me1Report): string => formatPeriod(params.fromTs, params.toTs, zone, lang);
  const { params, bucketMs, generatedTs } = report.a;
  const fact = (label: Bilingual, value: string) => ({ label: label[lang], value });
  return {
    lang,
    timeZone: zone.timeZone,
    generatedTs,
    title: COMPARISON_WORDS.title[lang],
    subtitle: SIDES.map((side) => `${COMPARISON_WORDS[side][lang]}: ${periodOf(report[side])}`).join(' · '),
    facts: [
      ...SIDES.map((side) => fact(COMPARISON_WORDS[side], periodOf(report[side]))),
      fact(ME1_WORDS.timeZone, zone.timeZone),
      fact(ME1_WORDS.threshold, thresholdText(params.threshold, lang)),
      fact(ME1_WORDS.streams, streamsText(params.streams, lang)),
      fact(ME1_WORDS.bucket, formatDuration(bucketMs, lang)),
      fact(ME1_WORDS.generated, formatMoment(generatedTs, zone, lang)),
    ],
    sections: [
      linesTable(report, lang),
      { kind: 'charts', title: ME1_WORDS.charts[lang], charts: [curvesChart(report, lang)] },
      curvesTable(report, lang),
    ],
    notes: report.notes.map((note) => printable(note[lang])),
    footnotes: [COMPARISON_WORDS.note[lang], SMILE_NOTE[lang], EXPRESSION_NOTE[lang]],
  };
};

const isEmpty = ({ a, b }: ComparisonReport): boolean => a.total.samples + b.total.samples === 0;

const linesTable = (report: ComparisonReport, lang: Language): TableSection => {
  const figures = { digits: 2, interval: true };
  const count = (key: string, ru: string, en: string, digits = 0) =>
    figureColumn(key, { ru, en }, lang, { digits, printed: false });
  return {
    kind: 'table',
    id: 'comparison',
    title: COMPARISON_WORDS.title[lang],
    printed: true,
    columns: [
      wordColumn('figure', COMPARISON_WORDS.figure, lang, { grow: 1 }),
      figureColumn('a', COMPARISON_WORDS.a, lang, figures),
      figureColumn('b', COMPARISON_WORDS.b, lang, figures),
      figureColumn('difference', COMPARISON_WORDS.difference, lang, { ...figures, signed: true }),
      wordColumn('verdict', COMPARISON_WORDS.verdict, lang, { grow: 1 }),
      count('visitors_a', 'Посетителей, А', 'Visitors, A'),
      count('visitors_b', 'Посетителей, Б', 'Visitors, B'),
      count('p', 'p', 'p', 4),
      count('p_adjusted', 'p с поправкой', 'p adjusted', 4),
    ],
    rows: isEmpty(report) ? [] : report.lines.map((line) => ({ cells: lineCells(line, lang) })),
    emptyText: (isEmpty(report) ? ME1_WORDS.nothing : COMPARISON_WORDS.unlike)[lang],
  };
};

const lineCells = ({ key, a, b, difference, judgement }: ComparisonLine, lang: Language): Cell[] => {
  const digits = COMPARED_DIGITS[key];
  return [
    codedCell(key, COMPARED_WORDS[key][lang]),
    ...[a, b, difference].map((figure) => figureCell(figure, digits)),
    verdictCell(judgement, lang),
    numberCell(judgement?.against ?? null),
    numberCell(judgement?.n ?? null),
    numberCell(judgement?.p ?? null),
    numberCell(judgement?.pAdjusted ?? null),
  ];
};

const verdictCell = (judgement: Judgement | null, lang: Language): Cell => {
  if (judgement === null) return { kind: 'text', text: '–', code: '' };
  const { code, short } = judgement;
  const text = VERDICT_WORDS[code][lang];
  if (short === null) return codedCell(code, text);
  const [has, needs] = [short.has, short.needs].map((count) => formatNumber(count, 0, lang));
  return { kind: 'text', text, small: `${has} ${lang === 'ru' ? 'из' : 'of'} ${needs}`, code };
};

const curvesChart = (report: ComparisonReport, lang: Language): Chart => {
  const { bucketMs } = report.a;
  const curves = SIDES.map((side) => ({ side, steps: smilingCurve(report[side]) }));
  const filled = curves.flatMap(({ steps }) => steps.map(({ afterMs }) => ({ ts: afterMs, analysedFrames: 1 })));
  const longest = Math.max(...SIDES.map((side) => report[side].params.toTs - report[side].params.fromTs));
  return {
    id: 'smiling-persons',
    title: COMPARISON_WORDS.chart[lang],
    axis: 'elapsed',
    ...chartSpan(filled, { fromTs: 0, toTs: longest }, bucketMs),
    bucketMs,
    breakMs: Math.max(...SIDES.map((side) => chartBreakMs(report[side]))),
    digits: 2,
    series: curves.map(({ side, steps }) => ({
      name: COMPARISON_WORDS[side][lang],
      points: steps.map(({ afterMs, value }) => ({ ts: afterMs, value })),
    })),
  };
};

/** The steps of both curves, for spreadsheets. */
const curvesTable = (report: ComparisonReport, lang: Language): TableSection => ({
  kind: 'table',
  id: 'series',
  title: ME1_WORDS.series[lang],
  printed: false,
  columns: [
    wordColumn('period', ME1_WORDS.period, lang),
    timeColumn('time', ME1_WORDS.time, lang),
    figureColumn('after_s', { ru: 'От начала, с', en: 'From the start, s' }, lang, { digits: 0 }),
    figureColumn('smiling_persons', ME1_WORDS.persons, lang, { digits: 2 }),
    figureColumn('visitors', ME1_WORDS.visitors, lang, { digits: 0 }),
  ],
  rows: SIDES.flatMap((side) =>
    smilingCurve(report[side]).map(({ ts, afterMs, value, visitors }) => ({
      cells: [
        codedCell(side, COMPARISON_WORDS[side][lang]),
        { kind: 'time', ts },
        numberCell(afterMs / 1000),
        numberCell(value),
        numberCell(visitors),
      ],
    })),
  ),
  emptyText: ME1_WORDS.nothing[lang],
});
