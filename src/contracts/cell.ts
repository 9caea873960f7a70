import type { Role } from './role.js';

/**
 * How coarse released time is. `cell`: what figures are made of, at least k visitors; `wide`: unions of cells for gender
 * and age; `broad`: unions of those for tables of gender by age by expression.
 */
export const CELL_LEVELS = ['cell', 'wide', 'broad'] as const;
export type CellLevel = (typeof CELL_LEVELS)[number];

/** Sizes of faces, px, by which figures may be asked for; each cell says which of them are safe in it. */
export const FACE_SIZE_STEPS_PX = [40, 60, 80, 120, 160, 240] as const;

/** What is cut into cells: a stream's faces of one role, or the contacts of a point. */
export interface CellChain {
  readonly kind: 'view' | 'point';
  /** Id of the stream or the contact point. */
  readonly id: string;
  /** null for a contact point. */
  readonly role: Role | null;
}

/** One interval of a chain, [fromTs, toTs) on whole minutes, that answers are made of as a whole. */
export interface Cell extends CellChain {
  readonly level: CellLevel;
  readonly fromTs: number;
  readonly toTs: number;
  /** Visitors (contacts) that began in it when it was made. */
  readonly visitors: number;
  /** Adults with known age and gender among the visitors; qualified ones among contacts. */
  readonly known: number;
  /** Every zone with a face in it has at least k visitors of its own, and so has what is in no zone. */
  readonly parted: boolean;
  /** Of unions: the steps of size at which the faces at least as large, and those between two steps, are nobody's or k visitors'. */
  readonly sizes: readonly number[];
  /** The k for which `parted` and `sizes` hold; neither does for a larger one. */
  readonly k: number;
}

/** A union of neighbouring cells of one chain. */
export interface CellSpan extends CellChain {
  readonly fromTs: number;
  readonly toTs: number;
  /** Start of the asked bucket in which its cells begin. */
  readonly bucketTs: number;
  readonly visitors: number;
  readonly parted: boolean;
}

/** The interval that a stream and role is answered for. */
export interface Covered {
  readonly streamId: string;
  readonly role: Role;
  readonly fromTs: number;
  readonly toTs: number;
}
