import type { Bilingual } from '../bilingual.js';
import type { Covered } from '../cell.js';
import type { Emotion } from '../emotion.js';
import type { Figure } from '../figure.js';
import type { AgeBucket } from '../me1.js';
import type { Role } from '../role.js';

export const GENDERS = ['male', 'female', 'undetermined'] as const;
export type Gender = (typeof GENDERS)[number];

/**
 * One cell of gender × age × emotion (dominant expression of the visit); `all` is the margin over that axis.
 * `hidden`: `small` is printed «<k» (fewer than k visitors); `complement` is hidden so that no `small` can be
 * recomputed from sums and is printed «•».
 */
export interface CrossTabCell {
  readonly gender: Gender | 'all';
  readonly age: AgeBucket | 'undetermined' | 'all';
  readonly emotion: Emotion | 'all';
  /** null when hidden. */
  readonly visitors: number | null;
  readonly hidden: 'small' | 'complement' | null;
}

/** Visitors by gender, age and dominant expression with small groups hidden beyond recomputing. */
export interface CrossTab {
  readonly kAnonymity: number;
  /** Younger visitors are left out; age in years. */
  readonly minorsAge: number;
  readonly cells: readonly CrossTabCell[];
}

/** The visitors of one stream and role, or of all (`streamId` null). */
export interface VisitorsRow {
  readonly streamId: string | null;
  readonly name: string;
  readonly role: Role | null;
  /** null: fewer than k, hidden together with every figure of the row. */
  readonly visitors: number | null;
  readonly meanDwellMs: Figure;
  readonly medianDwellMs: Figure;
  readonly meanAttentionMs: Figure;
  /** Share (0–1) of visitors with at least one glance. */
  readonly lookedShare: Figure;
  readonly meanGlances: Figure;
  readonly malePercent: Figure;
  readonly meanAgeYears: Figure;
  readonly mood: Figure;
}

export interface VisitorsReport {
  readonly fromTs: number;
  readonly toTs: number;
  readonly timeZone: string;
  readonly generatedTs: number;
  readonly kAnonymity: number;
  readonly rows: readonly VisitorsRow[];
  readonly total: VisitorsRow;
  /** Of all rows together. */
  readonly crossTab: CrossTab;
  /** Number of contacts at the contact points: «обслужено». */
  readonly served: number;
  readonly notes: readonly Bilingual[];
  /** The intervals that the figures are made of, where small groups are guarded (docs/privacy.md); else absent. */
  readonly covered?: readonly Covered[] | undefined;
}
