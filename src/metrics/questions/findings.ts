import type { CountedContact, PointSummary } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import type { Judgement } from '../../contracts/figures/figure-schema.js';
import type { BucketSums, Me1Aggregate } from '../../contracts/me1.js';
import type { QuestionId } from '../../contracts/figures/questions.js';
import type { QuestionAnswer } from '../../contracts/figures/questions-schema.js';
import type { AdultDay, SortedVisits, VisitorDay } from '../../contracts/figures/visitor-sums.js';
import type { LocalTime } from '../../time/local-time.js';
import type { CrossTabGroup } from '../faces/cross-tab/cross-tab.js';
import { NOTHING } from '../statistics/ratio.js';

/** What the five questions are answered from. */
export interface QuestionsInput {
  readonly localTime: LocalTime;
  /** T in percent. */
  readonly threshold: number;
  readonly kAnonymity: number;
  readonly minorsAge: number;
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
}

/** Every figure that an answer may have; its name and its unit belong to the report. */
export type FigureKey =
  | 'smiled-share'
  | 'seller-smile-index'
  | 'without-seller'
  | 'attention-time'
  | 'viewers'
  | 'looked-share'
  | 'median-look'
  | 'mean-age-female'
  | 'mean-age-male'
  | 'female-share'
  | 'male-share'
  | 'smiling-persons-exit'
  | 'smiling-persons-entrance'
  | 'smiling-persons-difference'
  | 'mood-exit'
  | 'mood-entrance'
  | 'mood-difference'
  | 'net-response'
  | 'happy-share'
  | 'chance-share'
  | 'happy-index'
  | 'already-share'
  | 'median-latency'
  | 'median-rise'
  | 'contagion-share';

/** One number of an answer: shares as fractions, times in ms, ages in years, moods in points. */
export interface FoundFigure {
  readonly key: FigureKey;
  readonly figure: Figure;
  /** Contacts or visitors it rests on; null when hidden because they are fewer than k. */
  readonly basis: number | null;
  /** Of a difference that was tested. */
  readonly judgement?: Judgement;
}

/** One line of an answer's table, by the key of its hour, place, age or contact point. */
export interface FoundRow {
  readonly key: string;
  readonly figures: readonly FoundFigure[];
}

/** What one question came to, without a word. */
export interface Finding<Id extends QuestionId, Told> {
  readonly id: Id;
  /** What the sentence of the answer tells; or why there is none. */
  readonly told: Told | 'no-data' | 'not-measured';
  readonly verdict: QuestionAnswer['verdict'];
  /** Absent where the verdict is no test's. */
  readonly judgement?: Judgement | null;
  readonly figures: readonly FoundFigure[];
  readonly rows: readonly FoundRow[] | null;
}

export interface SellersSmileTold {
  readonly contacts: number;
  /** Contacts in which the seller smiled. */
  readonly smiled: number;
  readonly share: Figure;
  readonly smileIndex: Figure;
  /** Hours of a row of the table. */
  readonly rowHours: number;
}

export interface AttentionTold {
  /** Key of the place that gets most attention. */
  readonly place: string;
  readonly attentionMs: number;
  readonly viewers: number;
  readonly visitors: number;
  /** Median of the longest looks; null of too few. */
  readonly lookMs: number | null;
}

/** Mean ages in years; null of too few. At least one is there. */
export interface AgeTold {
  readonly women: Figure | null;
  readonly men: Figure | null;
}

/** Shares of visitors who smiled, and their difference. */
export interface ExitTold {
  readonly judgement: Judgement;
  readonly exit: number | null;
  readonly entrance: number | null;
  readonly difference: Figure;
}

export interface SmileBackTold {
  readonly judgement: Judgement;
  readonly all: Pick<PointSummary, 'happy' | 'qualified' | 'already' | 'netResponse' | 'value' | 'low' | 'high'>;
}

export type SellersSmileFinding = Finding<'sellers-smile', SellersSmileTold>;
export type AttentionFinding = Finding<'attention', AttentionTold>;
export type AgeFinding = Finding<'age', AgeTold>;
export type ExitFinding = Finding<'exit-over-entrance', ExitTold>;
export type SmileBackFinding = Finding<'smile-back', SmileBackTold>;

/** The five questions in the order of the original leaflet. */
export type Findings = readonly [SellersSmileFinding, AttentionFinding, AgeFinding, ExitFinding, SmileBackFinding];

/** A figure of an answer. */
export const found = (key: FigureKey, figure: Figure, basis: number | null, judgement?: Judgement): FoundFigure => ({
  key,
  figure,
  basis,
  ...(judgement === undefined ? {} : { judgement }),
});

/** The same with everything hidden when it rests on fewer than k. */
export const foundFrom = (k: number, key: FigureKey, figure: Figure, basis: number): FoundFigure =>
  basis < k ? found(key, NOTHING, null) : found(key, figure, basis);

/** A bare number without an interval. */
export const exact = (value: number | null): Figure => ({ value, low: null, high: null });

/** The verdict as the answer to a question that asks whether something is higher. */
export const answerCode = ({ code }: Judgement): NonNullable<QuestionAnswer['verdict']> =>
  code === 'higher' ? 'yes' : code === 'lower' ? 'no' : code;
