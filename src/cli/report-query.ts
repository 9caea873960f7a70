import type { Period } from '../contracts/period.js';
import { querySchemaOf, type Asker, type ReportOffer, type ReportQuery } from '../reporting/offer.js';
import { EmoscopeError } from '../runtime/errors.js';

/** What was given on the command line, by the name of its parameter. */
export type GivenFlags = Readonly<Record<string, unknown>>;

/** What is asked of a report on the command line. */
export interface ReportQuestion {
  readonly period: Period;
  /** The second period of a report that compares two. */
  readonly other?: Period | undefined;
  readonly streams?: readonly string[] | undefined;
  readonly flags: GivenFlags;
}

/** The question as the query of the report's REST route; what the report cannot be asked is left out. */
export const rawQueryOf = (report: ReportOffer, question: ReportQuestion): Readonly<Record<string, string>> => {
  const { period, other, streams = [], flags } = question;
  const all: Record<string, unknown> = {
    ...flags,
    from: period.fromTs,
    to: period.toTs,
    ...(other === undefined ? {} : { otherFrom: other.fromTs, otherTo: other.toTs }),
    ...(streams.length === 0 ? {} : { streams: streams.join(',') }),
  };
  const { shape } = querySchemaOf(report);
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name, value]) => name in shape && name !== 'format' && name !== 'language' && value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
};

/**
 * Throws USAGE where something was given by name (`smileIndex`) that the report cannot be asked: its figures would not be
 * those that were meant.
 */
export const assertAskable = (report: ReportOffer, given: readonly string[]): void => {
  const { shape } = querySchemaOf(report);
  const [name] = given.filter((each) => !(each in shape));
  if (name === undefined) return;
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new EmoscopeError('USAGE', {
    ru: `У отчёта ${report.kind} нет ${flag}.`,
    en: `The report ${report.kind} has no ${flag}.`,
  });
};

/** The same, parsed; throws USAGE for what the report cannot be asked so. */
export const queryOf = (report: ReportOffer, question: ReportQuestion): ReportQuery => {
  const parsed = querySchemaOf(report).safeParse(rawQueryOf(report, question));
  if (parsed.success) return parsed.data as ReportQuery;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new EmoscopeError('USAGE', problems.join('; '));
};

/** The person at the machine: periods are instants already, streams are checked by the report, contacts stay sums. */
export const AT_THE_MACHINE: Asker = {
  period: ({ from, to }) => ({ fromTs: Number(from), toTs: Number(to) }),
  streams: (ids) => ids,
  seesSingles: false,
};
