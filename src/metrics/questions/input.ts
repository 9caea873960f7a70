import type { Bilingual } from '../../contracts/bilingual.js';
import type { CountedContact } from '../../contracts/contact.js';
import type { Figure, Unit } from '../../contracts/figure.js';
import type { Judgement } from '../../contracts/judgement.js';
import type { BucketSums, Me1Aggregate } from '../../contracts/me1.js';
import type { QuestionFigure, QuestionsReport } from '../../contracts/questions.js';
import type { AdultDay, SortedVisits, VisitorDay } from '../../contracts/visitor-sums.js';
import type { LocalTime } from '../../time/local-time.js';
import type { CrossTabGroup } from '../cross-tab/cross-tab.js';
import { NOTHING } from '../statistics/ratio.js';

export interface QuestionsInput extends Pick<QuestionsReport, 'fromTs' | 'toTs' | 'generatedTs' | 'threshold'> {
  readonly localTime: LocalTime;
  readonly kAnonymity: number;
  readonly minorsAge: number;
  /** Display names of streams; a zone is named by its id. */
  readonly streams: readonly { readonly id: string; readonly name: string }[];
  /** With their curves, from which the seller's Smile-Index is taken. */
  readonly contacts: readonly CountedContact[];
  readonly visitors: readonly VisitorDay[];
  /** The longest look of each who looked, ms. */
  readonly looks: SortedVisits;
  /** The visitors whose age may be counted by gender. */
  readonly aged: readonly AdultDay[];
  /** Groups of visitors whose tables of age by gender may be added. */
  readonly tables: readonly (readonly CrossTabGroup[])[];
  /** Hours that the table of sellers' smiles joins in a row; default 1. */
  readonly contactHours?: number;
  /** Sums of МЭ-1 per stream and role over the period. */
  readonly aggregates: readonly Me1Aggregate[];
  /** Sums of local days, or finer ones; without them the visitor is the unit of every interval. */
  readonly days?: readonly BucketSums[];
  /** false: the jurisdiction forbids figures about sellers, and what rests on their smiles is not answered. */
  readonly sellerAnalytics: boolean;
  readonly notes?: readonly Bilingual[];
}

/** A figure of an answer. */
export const shown = (
  key: string,
  label: Bilingual,
  unit: Unit,
  figure: Figure,
  basis: number | null,
  judgement?: Judgement,
): QuestionFigure => ({ key, label, unit, figure, basis, ...(judgement === undefined ? {} : { judgement }) });

/** The same with everything hidden when it rests on fewer than k. */
export const shownFrom = (
  k: number,
  key: string,
  label: Bilingual,
  unit: Unit,
  figure: Figure,
  basis: number,
): QuestionFigure => (basis < k ? shown(key, label, unit, NOTHING, null) : shown(key, label, unit, figure, basis));

/** A bare number without an interval. */
export const exact = (value: number | null): Figure => ({ value, low: null, high: null });

export const NO_DATA: Bilingual = { ru: 'За этот период нет данных.', en: 'There are no data for this period.' };

/** Answer to what may not be measured under the configured law. */
export const NOT_MEASURED: Bilingual = {
  ru: 'Не измеряется: показатели о продавцах выключены в настройках.',
  en: 'Not measured: figures about sellers are switched off in the configuration.',
};
