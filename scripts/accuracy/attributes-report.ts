import { grouped } from '../../src/runtime/grouped.js';
import { bootstrapped, share, type Estimate } from './intervals.js';
import { shown, table } from './tables.js';

/** One labelled face and what was measured. */
export interface AttributeCase {
  readonly file: string;
  readonly set: string;
  /** Years: exact, or the middle of the labelled range. */
  readonly age: number;
  /** As labelled, for grouping. */
  readonly ageGroup: string;
  readonly male: boolean | null;
  readonly measured: { readonly age: number | null; readonly male: number | null } | null;
}

const meanAbsoluteError = (cases: readonly AttributeCase[]): number => {
  const errors = cases.flatMap(({ age, measured }) =>
    measured === null || measured.age === null ? [] : [Math.abs(measured.age - age)],
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
};

const bias = (cases: readonly AttributeCase[]): number => {
  const errors = cases.flatMap(({ age, measured }) =>
    measured === null || measured.age === null ? [] : [measured.age - age],
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
};

/** Gender figures of some cases: right among the decided, decided among the measured. */
export const genderFigures = (cases: readonly AttributeCase[]): { right: Estimate; decided: Estimate } => {
  const known = cases.filter(({ male, measured }) => male !== null && measured !== null);
  const decided = known.filter(({ measured }) => measured?.male != null);
  const right = decided.filter(({ male, measured }) => (measured?.male ?? 0) > 0.5 === male);
  return { right: share(right.length, decided.length), decided: share(decided.length, known.length) };
};

const row = (name: string, cases: readonly AttributeCase[]): string[] => {
  const { right, decided } = genderFigures(cases);
  const age = bootstrapped(cases, ({ file }) => file, meanAbsoluteError);
  return [name, String(cases.length), shown(age, 1), bias(cases).toFixed(1), shown(right, 2), shown(decided, 2)];
};

/** One set's section in Markdown: by all, by gender, by labelled age. */
export const attributesSection = (set: string, cases: readonly AttributeCase[]): string => {
  const groups = [...grouped(cases, ({ ageGroup }) => ageGroup)].sort(
    ([, a], [, b]) => (a[0]?.age ?? 0) - (b[0]?.age ?? 0),
  );
  return [
    `## Age and gender: ${set}`,
    table(
      ['faces', 'count', 'age MAE, years', 'age bias', 'gender right of the decided', 'decided'],
      [
        row('**all**', cases),
        row(
          'female',
          cases.filter(({ male }) => male === false),
        ),
        row(
          'male',
          cases.filter(({ male }) => male === true),
        ),
        row(
          'adults (20+)',
          cases.filter(({ age }) => age >= 20),
        ),
        ...groups.map(([name, own]) => row(name, own)),
      ],
    ),
  ].join('\n\n');
};
