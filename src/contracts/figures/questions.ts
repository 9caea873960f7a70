import type { Bilingual } from '../bilingual.js';
import type { Figure, Unit } from '../figure.js';
import type { Judgement } from './judgement.js';

/** The five questions of the original leaflet, in its order. */
export const QUESTION_IDS = ['sellers-smile', 'attention', 'age', 'exit-over-entrance', 'smile-back'] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

/** One number of an answer, with what it is, its interval and what it rests on. */
export interface QuestionFigure {
  readonly key: string;
  readonly label: Bilingual;
  readonly unit: Unit;
  readonly figure: Figure;
  /** Contacts or visitors it rests on; null when hidden because they are fewer than k. */
  readonly basis: number | null;
  /** Of a difference that was tested. */
  readonly judgement?: Judgement | undefined;
}

/** One line of an answer's table: an hour, a display, an age bucket, a contact point. */
export interface QuestionRow {
  readonly key: string;
  readonly label: Bilingual;
  readonly figures: readonly QuestionFigure[];
}

export interface QuestionAnswer {
  readonly id: QuestionId;
  readonly question: Bilingual;
  /** One sentence; says so when there is nothing to answer from. */
  readonly answer: Bilingual;
  /**
   * For questions with a verdict: yes, no, not proven, or too few to say; null where the answer is a number or nothing was
   * measured.
   */
  readonly verdict: 'yes' | 'no' | 'unproven' | 'too-few' | null;
  /** How the verdict was come to; null or absent where it is no test's. */
  readonly judgement?: Judgement | null | undefined;
  readonly figures: readonly QuestionFigure[];
  readonly table: { readonly title: Bilingual; readonly rows: readonly QuestionRow[] } | null;
}

export interface QuestionsReport {
  readonly fromTs: number;
  readonly toTs: number;
  readonly timeZone: string;
  readonly generatedTs: number;
  readonly threshold: number;
  readonly answers: readonly QuestionAnswer[];
  readonly notes: readonly Bilingual[];
}
