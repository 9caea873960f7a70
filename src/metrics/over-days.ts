import type { Figure } from '../contracts/figure.js';
import type { LocalTime } from '../runtime/local-time.js';
import type { Periods } from './statistics/estimate.js';
import { sumsOfValues, type PeriodKeys } from './statistics/periods.js';
import { momentsOf, shareFigure } from './statistics/ratio.js';
import type { Visitor } from './visitor.js';

/** A figure of values that are one for each visitor, given the same by day. */
export type FigureOf = (values: readonly number[], days: Periods) => Figure;

/** The local day of a visitor's arrival, as the unit of what is said of many. */
export const dayOf =
  (localTime: Pick<LocalTime, 'startOfDay'>) =>
  ({ startTs }: Pick<Visitor, 'startTs'>): PeriodKeys => [localTime.startOfDay(startTs)];

/** Makes figures of visitors with the local day of arrival as the unit where there are enough days. */
export const overDays =
  (localTime: Pick<LocalTime, 'startOfDay'>) =>
  <V extends Pick<Visitor, 'startTs'>>(
    visitors: readonly V[],
    valueOf: (visitor: V) => number,
    figureOf: FigureOf,
  ): Figure =>
    figureOf(visitors.map(valueOf), sumsOfValues(visitors, valueOf, dayOf(localTime)).periods);

/** Share (0–1) of values that are 1 for those who belong to it and 0 for the others. */
export const shareOf: FigureOf = (values, days) => shareFigure(momentsOf(values), days);
