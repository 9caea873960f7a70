import { chartBreakMs, chartSpan } from '../../charts/chart-span.js';
import type { Me1Report, Me1Row, SeriesPoint } from '../../contracts/figures/me1-schema.js';
import {
  codedCell,
  numberCell,
  textCell,
  type Cell,
  type Chart,
  type ChartSeries,
  type Column,
  type Fact,
  type ReportDocument,
  type TableSection,
} from '../../report/document.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import type { Language } from '../../contracts/language.js';
import { formatNumber, NOTHING } from '../../report/number-format.js';
import { printable, shorten } from '../../report/printable-text.js';
import { ROLE_WORDS } from '../../contracts/words.js';
import { formatDuration, formatMoment, formatPeriod } from '../../time/format-time.js';
import { LocalTime } from '../../time/local-time.js';
import { spotCheckTable } from '../spot-checks/spot-check-table.js';
import { me1Columns } from './me1-columns.js';
import { ME1_WORDS, me1Footnotes } from './me1-words.js';
import { streamsText, thresholdText } from './params-words.js';
import { SMILE_METHOD } from './smile-words.js';

/** МЭ-1 in the words of one language, figures still exact. */
export const me1Document = (report: Me1Report, lang: Language): ReportDocument => {
  const zone = new LocalTime(report.timeZone);
  const { params } = report;
  const threshold = thresholdText(params.threshold, lang);
  const say = (words: Bilingual): string => words[lang];
  return {
    lang,
    timeZone: zone.timeZone,
    generatedTs: report.generatedTs,
    title: say(ME1_WORDS.title),
    subtitle: formatPeriod(params.fromTs, params.toTs, zone, lang),
    facts: me1Facts(report, zone, lang),
    sections: [
      figuresTable(report, threshold, lang),
      { kind: 'charts', title: say(ME1_WORDS.charts), charts: me1Charts(report, threshold, lang) },
      seriesTable(report, lang),
      ...(report.spotChecks === undefined ? [] : [spotCheckTable(report.spotChecks, lang)]),
    ],
    notes: report.notes.map((note) => printable(say(note))),
    footnotes: me1Footnotes(threshold, params.smileIndex).map(say),
  };
};

const me1Facts = (report: Me1Report, zone: LocalTime, lang: Language): Fact[] => {
  const { params } = report;
  const fact = (label: Bilingual, value: string): Fact => ({ label: label[lang], value });
  return [
    fact(ME1_WORDS.period, formatPeriod(params.fromTs, params.toTs, zone, lang)),
    fact(ME1_WORDS.timeZone, zone.timeZone),
    fact(ME1_WORDS.threshold, thresholdText(params.threshold, lang)),
    fact(ME1_WORDS.method, SMILE_METHOD[params.smileIndex][lang]),
    fact(ME1_WORDS.streams, streamsText(params.streams, lang)),
    ...(params.role === undefined ? [] : [fact(ME1_WORDS.role, ROLE_WORDS[params.role][lang])]),
    ...(params.zoneId === undefined ? [] : [fact(ME1_WORDS.zone, shorten(printable(params.zoneId), 60))]),
    ...(params.minFacePx === undefined
      ? []
      : [fact(ME1_WORDS.minFace, `${formatNumber(params.minFacePx, 0, lang)} px`)]),
    fact(ME1_WORDS.bucket, formatDuration(report.bucketMs, lang)),
    fact(ME1_WORDS.generated, formatMoment(report.generatedTs, zone, lang)),
  ];
};

/** «Итого» alone where there is one total, else whose. */
const totalWords = ({ totals }: Me1Report, { audience }: Me1Row): Bilingual => {
  if (totals.length < 2) return ME1_WORDS.total;
  return audience === 'sellers' ? ME1_WORDS.sellersTotal : ME1_WORDS.visitorsTotal;
};

const rowCell = (row: Me1Row, lang: Language): Cell => {
  return textCell(printable(row.name) || NOTHING, row.role === null ? undefined : ROLE_WORDS[row.role][lang]);
};

const figuresTable = (report: Me1Report, threshold: string, lang: Language): TableSection => {
  const figures = me1Columns(threshold, report.params.smileIndex, lang);
  const name: Column = {
    key: 'name',
    header: 'Stream',
    ...(lang === 'ru' ? { gloss: 'поток' } : {}),
    sheetHeader: lang === 'ru' ? 'Поток' : 'Stream',
    about: ME1_WORDS.streamAbout[lang],
    format: { kind: 'text' },
    grow: 1,
  };
  const row = (model: Me1Row, total: boolean) => ({
    total,
    cells: [
      total ? textCell(totalWords(report, model)[lang]) : rowCell(model, lang),
      textCell(model.streamId ?? ''),
      codedCell(model.role ?? '', model.role === null ? '' : ROLE_WORDS[model.role][lang]),
      ...figures.map(({ cell }) => cell(model)),
    ],
  });
  return {
    kind: 'table',
    id: 'me1',
    title: ME1_WORDS.figures[lang],
    printed: true,
    columns: [
      name,
      sheetText('stream_id', { ru: 'Идентификатор потока', en: 'Stream id' }, lang),
      sheetText('role', ME1_WORDS.role, lang),
      ...figures.map(({ column }) => column),
    ],
    rows: [...report.rows.map((model) => row(model, false)), ...report.totals.map((model) => row(model, true))],
    emptyText: ME1_WORDS.nothing[lang],
  };
};

const sheetText = (key: string, words: Bilingual, lang: Language): Column => ({
  key,
  header: words[lang],
  sheetHeader: words[lang],
  format: { kind: 'text' },
  printed: false,
});

const seriesName = (report: Me1Report, streamId: string, role: SeriesPoint['role'], lang: Language): string => {
  const named = report.rows.filter((row) => row.streamId === streamId);
  const name = printable(named[0]?.name ?? streamId) || streamId;
  return named.length > 1 ? `${name} (${ROLE_WORDS[role][lang]})` : name;
};

/** The report's charts; a bucket without an analysed frame is a gap. */
const me1Charts = (report: Me1Report, threshold: string, lang: Language): Chart[] => {
  const groups = new Map<string, { name: string; points: SeriesPoint[] }>();
  // Rows first, so that a stream keeps its colour whatever the order of the points.
  for (const row of report.rows) {
    if (row.streamId === null || row.role === null) continue;
    groups.set(JSON.stringify([row.streamId, row.role]), {
      name: seriesName(report, row.streamId, row.role, lang),
      points: [],
    });
  }
  for (const point of report.series) {
    const key = JSON.stringify([point.streamId, point.role]);
    const group = groups.get(key) ?? { name: seriesName(report, point.streamId, point.role, lang), points: [] };
    group.points.push(point);
    groups.set(key, group);
  }
  const span = chartSpan(report.series, report.params, report.bucketMs);
  const chart = (id: string, title: string, digits: number, value: (p: SeriesPoint) => number | null): Chart => ({
    id,
    title,
    digits,
    ...span,
    bucketMs: report.bucketMs,
    breakMs: chartBreakMs(report),
    series: [...groups.values()].map(({ name, points }): ChartSeries => ({
      name,
      points: points
        .map((p) => ({ ts: p.ts, value: p.analysedFrames > 0 ? value(p) : null }))
        .sort((a, b) => a.ts - b.ts),
    })),
  });
  return [
    chart('smile-index', `Smile-Index [${threshold}]`, 2, (p) => p.smileIndex),
    ...(report.params.smileIndex === 'person'
      ? []
      : [chart('smiling-persons', ME1_WORDS.persons[lang], 2, (p) => p.smilingPersons)]),
    chart('absolute', ME1_WORDS.absolute[lang], 0, (p) => p.absolute),
    chart('frames', ME1_WORDS.frames[lang], 0, (p) => p.framesWithFaces),
  ];
};

const seriesTable = (report: Me1Report, lang: Language): TableSection => {
  const number = (key: string, words: Bilingual, digits: number): Column => ({
    key,
    header: words[lang],
    sheetHeader: words[lang],
    format: { kind: 'number', digits },
  });
  return {
    kind: 'table',
    id: 'series',
    title: ME1_WORDS.series[lang],
    printed: false,
    columns: [
      { key: 'time', header: ME1_WORDS.time[lang], sheetHeader: ME1_WORDS.time[lang], format: { kind: 'time' } },
      sheetText('name', { ru: 'Поток', en: 'Stream' }, lang),
      sheetText('stream_id', { ru: 'Идентификатор потока', en: 'Stream id' }, lang),
      sheetText('role', ME1_WORDS.role, lang),
      number('smile_index', { ru: 'Smile-Index', en: 'Smile-Index' }, 2),
      number('smiling_persons', ME1_WORDS.persons, 2),
      number('absolute', ME1_WORDS.absolute, 0),
      number('frames_with_faces', ME1_WORDS.frames, 0),
      number('analysed_frames', { ru: 'Проанализировано кадров', en: 'Analysed frames' }, 0),
      number('samples', { ru: 'Отметки', en: 'Samples' }, 0),
      number('visitors', ME1_WORDS.visitors, 0),
    ],
    rows: report.series.map((p) => ({
      cells: [
        { kind: 'time', ts: p.ts },
        textCell(seriesName(report, p.streamId, p.role, lang)),
        textCell(p.streamId),
        codedCell(p.role, ROLE_WORDS[p.role][lang]),
        numberCell(p.smileIndex),
        numberCell(p.smilingPersons),
        numberCell(p.absolute),
        numberCell(p.framesWithFaces),
        numberCell(p.analysedFrames),
        numberCell(p.samples),
        numberCell(p.visitors),
      ],
    })),
    emptyText: ME1_WORDS.nothing[lang],
  };
};
