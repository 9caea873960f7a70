import type { Figure } from '../../contracts/figure.js';
import { AGE_BUCKETS, type Me1Aggregate } from '../../contracts/me1.js';
import type { Me1Report, Me1Row } from '../../contracts/figures/me1-schema.js';
import type { QuestionFigure, QuestionsReport } from '../../contracts/figures/questions-schema.js';
import type { VisitorsReport, VisitorsRow } from '../../contracts/figures/visitors-schema.js';
import { emptyAggregate } from '../../metrics/faces/me1/me1-aggregate.js';

/** Sums with gender and age of other sums of the same rows: those of larger intervals, or none. */
export const withDemographicsOf = (
  aggregates: readonly Me1Aggregate[],
  larger: readonly Me1Aggregate[],
): readonly Me1Aggregate[] =>
  aggregates.map((own) => {
    const { male, female, ages, clusters } =
      larger.find(({ streamId, role }) => streamId === own.streamId && role === own.role) ??
      emptyAggregate(own.streamId, own.role);
    const ratios = Object.fromEntries(['male' as const, ...AGE_BUCKETS].map((name) => [name, clusters.ratios[name]]));
    return {
      ...own,
      male,
      female,
      ages,
      clusters: { ...own.clusters, ratios: { ...own.clusters.ratios, ...ratios } },
    };
  });

const round = (value: number | null): number | null => (value === null ? null : Math.round(value));

/** A figure in whole numbers: percent of a gender, years of age. */
export const wholeFigure = ({ value, low, high }: Figure): Figure => ({
  value: round(value),
  low: round(low),
  high: round(high),
});

const coarseRow = (row: Me1Row): Me1Row => ({
  ...row,
  malePercent: wholeFigure(row.malePercent),
  femalePercent: wholeFigure(row.femalePercent),
  agePercent: Object.fromEntries(
    AGE_BUCKETS.map((bucket) => [bucket, wholeFigure(row.agePercent[bucket])]),
  ) as Me1Row['agePercent'],
});

/** A report with gender and age in whole percent. */
export const withCoarseDemographics = (report: Me1Report): Me1Report => ({
  ...report,
  rows: report.rows.map(coarseRow),
  totals: report.totals.map(coarseRow),
  total: coarseRow(report.total),
});

const coarseVisitors = (row: VisitorsRow): VisitorsRow => ({
  ...row,
  malePercent: wholeFigure(row.malePercent),
  meanAgeYears: wholeFigure(row.meanAgeYears),
});

/** A report of visitors with genders in whole percent and ages in whole years. */
export const withCoarseVisitors = (report: VisitorsReport): VisitorsReport => ({
  ...report,
  rows: report.rows.map(coarseVisitors),
  total: coarseVisitors(report.total),
});

const wholeYears = (one: QuestionFigure): QuestionFigure =>
  one.unit === 'years' ? { ...one, figure: wholeFigure(one.figure) } : one;

/** Answers with ages in whole years. */
export const withWholeYears = (report: QuestionsReport): QuestionsReport => ({
  ...report,
  answers: report.answers.map((answer) => ({ ...answer, figures: answer.figures.map(wholeYears) })),
});
