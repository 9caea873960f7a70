import type { Bilingual } from '../contracts/bilingual.js';
import type { Role } from '../contracts/role.js';
import type { VisitorsReport, VisitorsRow } from '../contracts/visitors.js';
import type { Figure } from '../contracts/figure.js';
import { grouped } from './grouped.js';
import { addedCrossTab } from './cross-tab/added-cross-tab.js';
import { groupsOf } from './cross-tab/cross-tab.js';
import type { LocalTime } from '../runtime/local-time.js';
import { MOOD } from './statistics/ends.js';
import { attentionFigure, dwellFigure, glancesFigure, LENGTH_RESOLUTION_MS } from './statistics/lengths.js';
import { medianFigure } from './statistics/median-figure.js';
import { ageFigure, meanFigure, momentsOf, NOTHING, scaled } from './statistics/ratio.js';
import { dayOf, overDays, shareOf } from './over-days.js';
import { genderOf, hasAge, withoutMinors, type Visitor } from './visitor.js';

export interface VisitorsInput {
  readonly fromTs: number;
  readonly toTs: number;
  readonly localTime: LocalTime;
  readonly generatedTs: number;
  readonly kAnonymity: number;
  readonly minorsAge: number;
  readonly streams: readonly { readonly id: string; readonly name: string }[];
  readonly visitors: readonly Visitor[];
  /** The visitors whose gender and age may be counted; default: all. */
  readonly demographics?: readonly Visitor[];
  /** Groups of visitors whose tables of gender by age by expression may be added; default: all as one. */
  readonly tables?: readonly (readonly Visitor[])[];
  /** Number of contacts in the period. */
  readonly served: number;
  readonly notes?: readonly Bilingual[];
}

type Label = Pick<VisitorsRow, 'streamId' | 'name' | 'role'>;

/** The figures of a set of visitors; gender and age are those of the adults in another set. Days are units where there are enough. */
const visitorsRow = (
  visitors: readonly Visitor[],
  adults: readonly Visitor[],
  { kAnonymity: k, localTime }: Pick<VisitorsInput, 'kAnonymity' | 'localTime'>,
  label: Label,
): VisitorsRow => {
  const over = overDays(localTime);
  const genders = adults.filter((one) => genderOf(one) !== 'undetermined');
  const aged = adults.filter(hasAge);
  const from = (values: readonly unknown[], figure: Figure): Figure => (values.length < k ? NOTHING : figure);
  return {
    ...label,
    visitors: visitors.length,
    meanDwellMs: over(visitors, ({ dwellMs }) => dwellMs, dwellFigure),
    medianDwellMs: medianFigure(visitors, ({ dwellMs }) => dwellMs, {
      resolution: LENGTH_RESOLUTION_MS,
      periodsOf: dayOf(localTime),
    }),
    meanAttentionMs: over(
      visitors,
      ({ attentionMs }) => attentionMs,
      (_, days) => attentionFigure(visitors, days),
    ),
    lookedShare: over(visitors, ({ glances }) => (glances > 0 ? 1 : 0), shareOf),
    meanGlances: over(visitors, ({ glances }) => glances, glancesFigure),
    malePercent: from(
      genders,
      scaled(
        over(genders, (one) => (genderOf(one) === 'male' ? 1 : 0), shareOf),
        100,
      ),
    ),
    meanAgeYears: from(
      aged,
      over(aged, ({ age }) => age, ageFigure),
    ),
    mood: over(
      visitors,
      ({ moodMean }) => moodMean,
      (moods, days) => meanFigure(momentsOf(moods), MOOD, days),
    ),
  };
};

/** A row of which nothing may be shown. */
const hiddenRow = (label: Label): VisitorsRow => ({
  ...label,
  visitors: null,
  meanDwellMs: NOTHING,
  medianDwellMs: NOTHING,
  meanAttentionMs: NOTHING,
  lookedShare: NOTHING,
  meanGlances: NOTHING,
  malePercent: NOTHING,
  meanAgeYears: NOTHING,
  mood: NOTHING,
});

/**
 * Which groups of one total to hide: those under k, and, while what is hidden together is under k or a single group,
 * the next smallest, so that the total minus the rest tells nothing of fewer than k.
 */
export const groupsToHide = (sizes: readonly number[], k: number): boolean[] => {
  const bySize = sizes.map((size, index) => ({ size, index })).sort((a, b) => a.size - b.size);
  const hide = sizes.map((size) => size < k);
  for (const { index } of bySize) {
    const hidden = sizes.filter((_, i) => hide[i]);
    const safe = hidden.length === 0 || (hidden.length > 1 && hidden.reduce((sum, size) => sum + size, 0) >= k);
    if (safe) break;
    hide[index] = true;
  }
  return hide;
};

const keyOf = ({ streamId, role }: Pick<Visitor, 'streamId' | 'role'>): string => JSON.stringify([streamId, role]);

/** Visitors by stream and role with a total and the cross-tab; small groups hidden, minors in no gender, age or table. */
export const visitorsReport = (input: VisitorsInput): VisitorsReport => {
  const { kAnonymity, minorsAge, localTime, streams, visitors } = input;
  const adults = withoutMinors(input.demographics ?? visitors, minorsAge);
  const adultsOf = grouped(adults, keyOf);
  const all = [...grouped(visitors, keyOf)];
  const hide = groupsToHide(
    all.map(([, own]) => own.length),
    kAnonymity,
  );
  const rows = all.map(([key, own], index): VisitorsRow => {
    const { streamId, role } = own[0] as Visitor;
    const label = labelOf(streamId, role, streams);
    return hide[index] === true ? hiddenRow(label) : visitorsRow(own, adultsOf.get(key) ?? [], input, label);
  });
  const total: Label = { streamId: null, name: 'Итого', role: null };
  const tables = input.tables ?? [visitors];
  return {
    fromTs: input.fromTs,
    toTs: input.toTs,
    timeZone: localTime.timeZone,
    generatedTs: input.generatedTs,
    kAnonymity,
    rows,
    total: visitors.length < kAnonymity ? hiddenRow(total) : visitorsRow(visitors, adults, input, total),
    crossTab: addedCrossTab(
      tables.map((table) => groupsOf(table, minorsAge)),
      { kAnonymity, minorsAge },
    ),
    served: input.served,
    notes: input.notes ?? [],
  };
};

const labelOf = (streamId: string, role: Role, streams: VisitorsInput['streams']): Label => ({
  streamId,
  role,
  name: streams.find(({ id }) => id === streamId)?.name ?? streamId,
});
