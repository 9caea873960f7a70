import type { Bilingual } from '../contracts/bilingual.js';
import type { Role } from '../contracts/role.js';
import type { VisitorsReport, VisitorsRow } from '../contracts/visitors.js';
import { crossTab, groupsOf } from './cross-tab/cross-tab.js';
import type { LocalTime } from '../runtime/local-time.js';
import { median } from './statistics/quantile.js';
import { meanFigure, momentsOf, NOTHING, scaled, shareFigure } from './statistics/ratio.js';
import { genderOf, withoutMinors, type Visitor } from './visitor.js';

export interface VisitorsInput {
  readonly fromTs: number;
  readonly toTs: number;
  readonly localTime: LocalTime;
  readonly generatedTs: number;
  readonly kAnonymity: number;
  readonly minorsAge: number;
  readonly streams: readonly { readonly id: string; readonly name: string }[];
  readonly visitors: readonly Visitor[];
  /** Number of contacts in the period. */
  readonly served: number;
  readonly notes?: readonly Bilingual[];
}

type Label = Pick<VisitorsRow, 'streamId' | 'name' | 'role'>;

const meanOf = (values: readonly number[]) => meanFigure(momentsOf(values));

/** The figures of a set of visitors. */
const visitorsRow = (visitors: readonly Visitor[], label: Label): VisitorsRow => {
  const genders = visitors.map(genderOf).filter((gender) => gender !== 'undetermined');
  const ages = visitors.map(({ age }) => age).filter((age) => age !== null);
  return {
    ...label,
    visitors: visitors.length,
    meanDwellMs: meanOf(visitors.map(({ dwellMs }) => dwellMs)),
    medianDwellMs: median(visitors.map(({ dwellMs }) => dwellMs)),
    meanAttentionMs: meanOf(visitors.map(({ attentionMs }) => attentionMs)),
    lookedShare: shareFigure(momentsOf(visitors.map(({ glances }) => (glances > 0 ? 1 : 0)))),
    meanGlances: meanOf(visitors.map(({ glances }) => glances)).value,
    malePercent: scaled(shareFigure(momentsOf(genders.map((gender) => (gender === 'male' ? 1 : 0)))), 100),
    meanAgeYears: meanOf(ages),
    mood: meanOf(visitors.map(({ moodMean }) => moodMean)),
  };
};

/** A row of which nothing may be shown. */
const hiddenRow = (label: Label): VisitorsRow => ({
  ...label,
  visitors: null,
  meanDwellMs: NOTHING,
  medianDwellMs: null,
  meanAttentionMs: NOTHING,
  lookedShare: NOTHING,
  meanGlances: null,
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

/** Visitors by stream and role with a total and the cross-tab; minors left out everywhere, small groups hidden. */
export const visitorsReport = (input: VisitorsInput): VisitorsReport => {
  const { kAnonymity, minorsAge, localTime, streams } = input;
  const visitors = withoutMinors(input.visitors, minorsAge);
  const groups = new Map<string, { label: Label; own: Visitor[] }>();
  for (const visitor of visitors) {
    const { streamId, role } = visitor;
    const key = JSON.stringify([streamId, role]);
    const group = groups.get(key) ?? { label: labelOf(streamId, role, streams), own: [] };
    groups.set(key, group);
    group.own.push(visitor);
  }
  const all = [...groups.values()];
  const hide = groupsToHide(
    all.map(({ own }) => own.length),
    kAnonymity,
  );
  const total: Label = { streamId: null, name: 'Итого', role: null };
  return {
    fromTs: input.fromTs,
    toTs: input.toTs,
    timeZone: localTime.timeZone,
    generatedTs: input.generatedTs,
    kAnonymity,
    rows: all.map(({ label, own }, index) => (hide[index] === true ? hiddenRow(label) : visitorsRow(own, label))),
    total: visitors.length < kAnonymity ? hiddenRow(total) : visitorsRow(visitors, total),
    crossTab: crossTab(groupsOf(visitors, minorsAge), { kAnonymity, minorsAge }),
    served: input.served,
    notes: input.notes ?? [],
  };
};

const labelOf = (streamId: string, role: Role, streams: VisitorsInput['streams']): Label => ({
  streamId,
  role,
  name: streams.find(({ id }) => id === streamId)?.name ?? streamId,
});
