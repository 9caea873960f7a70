import type { Bilingual } from '../../../contracts/bilingual.js';
import type { Figure } from '../../../contracts/figure.js';
import type { Role } from '../../../contracts/role.js';
import type { AdultDay, SortedVisits, VisitorDay } from '../../../contracts/figures/visitor-sums.js';
import type { VisitorsReport, VisitorsRow } from '../../../contracts/figures/visitors-schema.js';
import type { LocalTime } from '../../../time/local-time.js';
import type { Steps } from '../../../runtime/turns.js';
import { addedCrossTab } from '../cross-tab/added-cross-tab.js';
import type { CrossTabGroup } from '../cross-tab/cross-tab.js';
import { grouped } from '../../../runtime/grouped.js';
import { valuesAt } from './sorted-visits.js';
import { MOOD } from '../../statistics/ends.js';
import { attentionFigure, dwellFigure, glancesFigure, LENGTH_RESOLUTION_MS } from '../../statistics/lengths.js';
import { medianOfSorted } from '../../statistics/median-figure.js';
import { ageFigure, meanFigure, NOTHING, scaled, shareFigure } from '../../statistics/ratio.js';
import { ones, visitorTotals, type VisitorTotals } from './visitor-totals.js';

export interface VisitorsInput {
  /** What the row of the total is called. */
  readonly totalName: string;
  readonly fromTs: number;
  readonly toTs: number;
  readonly localTime: Pick<LocalTime, 'timeZone'>;
  readonly generatedTs: number;
  readonly kAnonymity: number;
  readonly minorsAge: number;
  readonly streams: readonly { readonly id: string; readonly name: string }[];
  readonly days: readonly VisitorDay[];
  /** The visitors whose gender and age may be counted. */
  readonly adults: readonly AdultDay[];
  /** Groups of adults whose tables of gender by age by expression may be added. */
  readonly tables: readonly (readonly CrossTabGroup[])[];
  /** How long each visitor stayed, ms. */
  readonly dwells: SortedVisits;
  /** Number of contacts in the period. */
  readonly served: number;
  readonly notes?: readonly Bilingual[];
}

type Label = Pick<VisitorsRow, 'streamId' | 'name' | 'role'>;

/** The visitors of one row of the report. */
interface Own {
  readonly days: readonly VisitorDay[];
  readonly adults: readonly AdultDay[];
  readonly dwells: Pick<SortedVisits, 'values' | 'days'>;
}

const countOf = (days: readonly { readonly visitors: number }[]): number =>
  days.reduce((sum, { visitors }) => sum + visitors, 0);

/** The figures of a set of visitors; gender and age are those of the adults in another set. Days are units where there are enough. */
function* visitorsRow({ days, adults, dwells }: Own, k: number, label: Label): Steps<VisitorsRow> {
  const genders = visitorTotals(
    adults.filter(({ gender }) => gender !== 'undetermined'),
    ({ gender, visitors }) => ones(gender === 'male' ? visitors : 0),
  );
  const ages = visitorTotals(
    adults,
    ({ ageYears }) => ageYears,
    ({ aged }) => aged,
  );
  yield;
  const medianDwellMs = medianOfSorted(dwells.values, dwells.days, { resolution: LENGTH_RESOLUTION_MS });
  yield;
  const from = ({ moments }: VisitorTotals, figure: Figure): Figure => (moments.m < k ? NOTHING : figure);
  const stays = visitorTotals(days, ({ dwellMs }) => dwellMs);
  const looked = visitorTotals(days, ({ lookers }) => ones(lookers));
  const moods = visitorTotals(days, ({ mood }) => mood);
  return {
    ...label,
    visitors: countOf(days),
    meanDwellMs: dwellFigure(stays),
    medianDwellMs,
    meanAttentionMs: attentionFigure(
      visitorTotals(days, ({ attentionMs }) => attentionMs),
      stays.moments,
    ),
    lookedShare: shareFigure(looked.moments, looked.days),
    meanGlances: glancesFigure(visitorTotals(days, ({ glances }) => glances)),
    malePercent: from(genders, scaled(shareFigure(genders.moments, genders.days), 100)),
    meanAgeYears: from(ages, ageFigure(ages.moments, ages.days)),
    mood: meanFigure(moods.moments, MOOD, moods.days),
  };
}

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

const keyOf = ({ streamId, role }: Pick<VisitorDay, 'streamId' | 'role'>): string => JSON.stringify([streamId, role]);

/** Visitors by stream and role with a total and the cross-tab; small groups hidden, minors in no gender, age or table. */
export function* visitorsReport(input: VisitorsInput): Steps<VisitorsReport> {
  const { kAnonymity: k, localTime, streams, days, adults, dwells } = input;
  const adultsOf = grouped(adults, keyOf);
  const all = [...grouped(days, keyOf)];
  const hide = groupsToHide(
    all.map(([, own]) => countOf(own)),
    k,
  );
  const rows: VisitorsRow[] = [];
  for (const [index, [key, own]] of all.entries()) {
    const { streamId, role } = own[0] as VisitorDay;
    const label = labelOf(streamId, role, streams);
    const of = (): Own => ({
      days: own,
      adults: adultsOf.get(key) ?? [],
      dwells: valuesAt(dwells, (place) => keyOf(place) === key),
    });
    rows.push(hide[index] === true ? hiddenRow(label) : yield* visitorsRow(of(), k, label));
    yield;
  }
  const total: Label = { streamId: null, name: input.totalName, role: null };
  return {
    fromTs: input.fromTs,
    toTs: input.toTs,
    timeZone: localTime.timeZone,
    generatedTs: input.generatedTs,
    kAnonymity: k,
    rows,
    total: countOf(days) < k ? hiddenRow(total) : yield* visitorsRow({ days, adults, dwells }, k, total),
    crossTab: yield* addedCrossTab(input.tables, { kAnonymity: k, minorsAge: input.minorsAge }),
    served: input.served,
    notes: input.notes ?? [],
  };
}

const labelOf = (streamId: string, role: Role, streams: VisitorsInput['streams']): Label => ({
  streamId,
  role,
  name: streams.find(({ id }) => id === streamId)?.name ?? streamId,
});
