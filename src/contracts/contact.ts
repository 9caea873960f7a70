import type { Bilingual } from './bilingual.js';
import type { Figure } from './figure.js';

/** Who stands at a contact point: a stream, or `stream/zone`. */
export interface ContactPoint {
  readonly id: string;
  readonly seller: string;
  readonly customer: string;
}

/** What a customer did after the seller's smile; `already`: smiled before it, so that nobody can tell. */
export const VERDICTS = ['happy', 'unhappy', 'indifferent', 'already'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** The literal reading knows no customer who smiled already. */
export const PEAK_VERDICTS = ['happy', 'unhappy', 'indifferent'] as const;
export type PeakVerdict = (typeof PEAK_VERDICTS)[number];
/** `answer`: an answer to the first smile; `peak`: the literal reading, shown beside it on request. */
export const HAPPY_INDEX_READINGS = ['answer', 'peak'] as const;
export type HappyIndexReading = (typeof HAPPY_INDEX_READINGS)[number];
/** By which rule a contact was judged; `former`: by the rule of earlier versions, and its curves are gone. */
export const CONTACT_RULES = ['answer', 'former'] as const;
export type ContactRule = (typeof CONTACT_RULES)[number];

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
  /** Where the smile, or the contact with the smile already on, begins. */
  readonly startTs: number;
  /** The moment of crossing; null where it was not seen, as for a smile that was on when the customer came. */
  readonly onsetTs: number | null;
  readonly endTs: number;
  /** Share (0–1) of the window's frames in which the customer was measured; null without an onset. */
  readonly measuredShare: number | null;
  /** The same of the second before the onset. */
  readonly measuredBefore: number | null;
  /** Has an onset, and both shares suffice; the contact is judged by the first such smile. */
  readonly qualified: boolean;
  /** null unless qualified. */
  readonly verdict: Verdict | null;
  /** b: customer's median Happiness in the second before the onset, percent. */
  readonly before: number | null;
  /** Highest smoothed green in the window, percent; where green lies on top anywhere, the highest there. */
  readonly peak: number | null;
  /** Onset to the peak, ms. */
  readonly peakDelayMs: number | null;
  /** Onset to the crossing of a customer who answered, ms; null for all others and below 0.2 s. */
  readonly latencyMs: number | null;
  /** Growth of max(blue, red) − green from the second before to the window, points. */
  readonly displeasureGrowth: number | null;
}

/** What is known of the answer to a smile. */
export type SmileAnswer = Omit<SmileResponse, 'startTs' | 'endTs' | 'onsetTs'>;

/** The answer to a smile whose onset was not seen. */
export const UNJUDGED_ANSWER: SmileAnswer = {
  measuredShare: null,
  measuredBefore: null,
  qualified: false,
  verdict: null,
  before: null,
  peak: null,
  peakDelayMs: null,
  latencyMs: null,
  displeasureGrowth: null,
};

/** An excursion of the customer's expression from their own baseline (docs/metrics.md, "C-Value"). */
export interface Burst {
  readonly kind: 'positive' | 'negative';
  readonly startTs: number;
  readonly endTs: number;
  /** Largest rise above baseline, points. */
  readonly rise: number;
}

/** Cross-lagged correlation of the two Happiness curves, from 3 s after arrival. */
export interface CrossLag {
  /** Peak Pearson r, −1…1. */
  readonly r: number;
  /** Customer behind seller, ms (positive: the seller leads). */
  readonly lagMs: number;
  /** Share of circular shifts that correlate at least as well. */
  readonly pValue: number;
}

/** One customer at one contact point, from arrival to leaving. */
export interface Contact {
  readonly id: string;
  readonly pointId: string;
  readonly startTs: number;
  readonly endTs: number;
  readonly sellerPresent: boolean;
  readonly rule: ContactRule;
  /** Counts in the Happy-Index: judged, and the customer was not smiling already. */
  readonly qualified: boolean;
  /** Of the first qualified smile; null without one. */
  readonly verdict: Verdict | null;
  /** Share (0–1) of this contact's shifted onsets that "answer"; null unless qualified or where none could be judged. */
  readonly answerByChance: number | null;
  /** Verdict by the literal reading; null where that does not judge. */
  readonly peakVerdict: PeakVerdict | null;
  /** Why this verdict, or why there is none, in words. */
  readonly reason: Bilingual;
  readonly smiles: readonly SmileResponse[];
  readonly bursts: readonly Burst[];
  /** Median smoothed Happiness of the first 2 s, percent. */
  readonly baselineHappiness: number | null;
  /** Peak green of the judged window minus baseline, points; null unless qualified. */
  readonly riseOverBaseline: number | null;
  /** Of a customer who answered. */
  readonly latencyMs: number | null;
  /** null: too short, too flat or too soon after arrival to be tested. */
  readonly crossLag: CrossLag | null;
  readonly curve: readonly CurvePoint[];
}

/** What figures over many contacts are summed from: a contact without its words, and with its moments counted. */
export interface CountedContact extends Pick<
  Contact,
  | 'pointId'
  | 'startTs'
  | 'endTs'
  | 'sellerPresent'
  | 'rule'
  | 'qualified'
  | 'verdict'
  | 'answerByChance'
  | 'peakVerdict'
  | 'riseOverBaseline'
  | 'latencyMs'
  | 'curve'
> {
  readonly sellerSmiles: number;
  readonly positiveBursts: number;
  readonly negativeBursts: number;
  /** p of the cross-lagged correlation; null: not tested. */
  readonly lagP: number | null;
}

/** A contact as it is shown; `smiles` is null where sellers are shown by the shift alone. */
export type ToldContact = Omit<Contact, 'smiles'> & { readonly smiles: readonly SmileResponse[] | null };

/** Verdict counts of a point and the index (docs/metrics.md, "Happy-Index"). */
export interface HappyIndex {
  readonly pointId: string;
  readonly contacts: number;
  /** happy + unhappy + indifferent. */
  readonly qualified: number;
  readonly happy: number;
  readonly unhappy: number;
  readonly indifferent: number;
  /** Customers who smiled before the seller did: outside of the index. */
  readonly already: number;
  /** Contacts judged by the rule of earlier versions only: outside of the index. */
  readonly former: number;
  /** (happy − unhappy) ÷ qualified, −1…1; null without a qualified contact. */
  readonly value: number | null;
  /** 95 % interval of `value`; null where it is. */
  readonly low: number | null;
  readonly high: number | null;
  readonly netResponse: NetResponse;
}

/** How many more answer the seller's smile than "answer" at other moments of the same contacts. */
export interface NetResponse extends Figure {
  /** Qualified contacts long enough for other moments. */
  readonly basis: number;
  /** Share (0–1) of these that answered. */
  readonly answered: number | null;
  /** Share that "answers" at shifted onsets. */
  readonly byChance: number | null;
}

/** Happy-Index by the literal reading of the document. */
export interface PeakHappyIndex extends Figure {
  readonly qualified: number;
  readonly happy: number;
  readonly unhappy: number;
  readonly indifferent: number;
}

/** Everything about one contact point over a period: Happy-Index, C-Value and contagion. */
export interface PointSummary extends HappyIndex {
  /** Contacts in which the seller smiled at least once. */
  readonly sellerSmiled: number;
  /** The literal reading; null unless asked for. */
  readonly peak: PeakHappyIndex | null;
  readonly positiveBursts: number;
  readonly negativeBursts: number;
  /** (P − K·N) ÷ contacts. */
  readonly cValue: Figure;
  readonly positivePerContact: Figure;
  readonly negativePerContact: Figure;
  readonly positivePerMinute: Figure;
  readonly negativePerMinute: Figure;
  /** Median over the contacts that answered, ms; nothing of fewer than five. */
  readonly medianLatencyMs: Figure;
  /** Median over qualified contacts, points; nothing of fewer than five. */
  readonly medianRise: Figure;
  /** Qualified contacts whose curves could be tested, and those whose correlation beats the null at 5 %. */
  readonly correlationTested: number;
  readonly correlationSignificant: number;
  /** Significant ÷ qualified: a customer whose face stays flat counts as not infected. 5 % come by chance. */
  readonly contagionShare: Figure;
}
