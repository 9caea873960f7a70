import type { Bilingual } from './bilingual.js';
import type { Figure } from './figure.js';

/** Who stands at a contact point: a stream, or `stream/zone`. */
export interface ContactPoint {
  readonly id: string;
  readonly seller: string;
  readonly customer: string;
}

export const VERDICTS = ['happy', 'unhappy', 'indifferent'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One instant of a contact's curves, percent 0–100; null where that face was not measured. */
export interface CurvePoint {
  /** Epoch ms UTC. */
  readonly ts: number;
  /** Green: customer's Happiness. */
  readonly green: number | null;
  /** Blue: customer's surprise. */
  readonly blue: number | null;
  /** Red: customer's anger + disgust + fear + sadness. */
  readonly red: number | null;
  /** Seller's Happiness. */
  readonly seller: number | null;
}

/** One seller's smile inside a contact and what the customer's face did in its response window. */
export interface SmileResponse {
  readonly onsetTs: number;
  readonly endTs: number;
  /** Share (0–1) of the window's samples in which the customer was measured. */
  readonly measuredShare: number;
  readonly qualified: boolean;
  readonly verdict: Verdict;
  /** Highest green in the window, percent; null without a measurement. */
  readonly peak: number | null;
  /** Onset to the peak, ms. */
  readonly peakDelayMs: number | null;
  /** Onset to the customer's crossing of the smile threshold, ms; null when there was none. */
  readonly latencyMs: number | null;
  readonly greenMean: number | null;
  readonly blueMean: number | null;
  readonly redMean: number | null;
}

/** An excursion of the customer's expression from their own baseline (docs/metrics.md, "C-Value"). */
export interface Burst {
  readonly kind: 'positive' | 'negative';
  readonly startTs: number;
  readonly endTs: number;
  /** Largest rise above baseline, points. */
  readonly rise: number;
}

/** Cross-lagged correlation of the two Happiness curves. */
export interface CrossLag {
  /** Peak Pearson r, −1…1. */
  readonly r: number;
  /** Customer behind seller, ms (positive: the seller leads). */
  readonly lagMs: number;
  /** Share of circular shifts that correlate at least as well; null for less than 6 s of curves. */
  readonly pValue: number | null;
}

/** One customer at one contact point, from arrival to leaving. */
export interface Contact {
  readonly id: string;
  readonly pointId: string;
  readonly startTs: number;
  readonly endTs: number;
  readonly sellerPresent: boolean;
  readonly qualified: boolean;
  /** null unless qualified. */
  readonly verdict: Verdict | null;
  /** Why this verdict, or why there is none, in words. */
  readonly reason: Bilingual;
  readonly smiles: readonly SmileResponse[];
  readonly bursts: readonly Burst[];
  /** Median smoothed Happiness of the first 2 s, percent. */
  readonly baselineHappiness: number | null;
  /** Peak green of the deciding window minus baseline, points. */
  readonly riseOverBaseline: number | null;
  readonly latencyMs: number | null;
  readonly crossLag: CrossLag | null;
  readonly curve: readonly CurvePoint[];
}

/** Verdict counts of a point and the index (docs/metrics.md, "Happy-Index"). */
export interface HappyIndex {
  readonly pointId: string;
  readonly contacts: number;
  readonly qualified: number;
  readonly happy: number;
  readonly unhappy: number;
  readonly indifferent: number;
  /** (happy − unhappy) ÷ qualified, −1…1; null without a qualified contact. */
  readonly value: number | null;
  /** 95 % interval of `value`; null where it is. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Everything about one contact point over a period: Happy-Index, C-Value and contagion. */
export interface PointSummary extends HappyIndex {
  /** Contacts in which the seller smiled at least once. */
  readonly sellerSmiled: number;
  readonly positiveBursts: number;
  readonly negativeBursts: number;
  /** (P − K·N) ÷ contacts. */
  readonly cValue: Figure;
  /** Median over contacts with a crossing, ms. */
  readonly medianLatencyMs: number | null;
  /** Median over qualified contacts, points. */
  readonly medianRise: number | null;
  /** Contacts whose curves were long enough to test, and those whose correlation beats the null at 5 %. */
  readonly correlationTested: number;
  readonly correlationSignificant: number;
}

/** The contacts of a period with the summary of each point. */
export interface ContactsReport {
  readonly fromTs: number;
  readonly toTs: number;
  readonly timeZone: string;
  readonly generatedTs: number;
  readonly points: readonly PointSummary[];
  readonly contacts: readonly Contact[];
  readonly notes: readonly Bilingual[];
}

/** Seller figures of one contact point and shift; never of a person. */
export interface ShiftSummary {
  readonly pointId: string;
  /** Name of the shift, e.g. `09:00–15:00`. */
  readonly shift: string;
  readonly fromTs: number;
  readonly toTs: number;
  /** null: fewer than k contacts, and every figure with it. */
  readonly contacts: number | null;
  readonly sellerSmileIndex: Figure;
  readonly smiledShare: Figure;
  readonly happyIndex: Figure;
  readonly cValue: Figure;
}
