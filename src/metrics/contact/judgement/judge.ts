import { UNJUDGED_ANSWER, type SmileResponse } from '../../../contracts/contact.js';
import { answerTo } from './answer.js';
import { answeredByChance } from './by-chance.js';
import { crossLagOf } from '../curves/cross-lag.js';
import { excursions, type Excursion, type Reading } from '../curves/curve.js';
import { CustomerCurve, type CustomerFrame } from '../curves/customer-curve.js';
import type { ContactOptions } from '../options.js';
import { peakVerdictOf } from './peak-reading.js';
import { reasonOf, type AssessedContact } from './reason.js';

const LEAD_IN_MS = 10_000;
/** A greeting by both at arrival is a habit, not contagion. */
const GREETING_MS = 3000;

/** The two people's curves over one contact. */
export interface ContactCurves {
  readonly startTs: number;
  readonly endTs: number;
  /** Every analysed frame of the customer view from `startTs` on, some past `endTs`. */
  readonly customer: readonly CustomerFrame[];
  /** Seller's raw Happiness over the same time, best from a second before. */
  readonly seller: readonly Reading[];
  /** Median smoothed Happiness of the first 2 s. */
  readonly baselineHappiness: number | null;
}

export type Judgement = Pick<
  AssessedContact,
  | 'rule'
  | 'sellerPresent'
  | 'qualified'
  | 'verdict'
  | 'why'
  | 'answerByChance'
  | 'peakVerdict'
  | 'smiles'
  | 'riseOverBaseline'
  | 'latencyMs'
  | 'crossLag'
>;

/** What the first qualified smile of the seller got, and what the curves say beside it. */
export const judge = (curves: ContactCurves, options: ContactOptions): Judgement => {
  const { startTs, endTs, seller, baselineHappiness } = curves;
  const curve = new CustomerCurve(curves.customer, options.customerMedianMs);
  const found = sellerSmiles(curves, options);
  const smiles = found.map((smile) => responseTo(smile, curve, startTs, options));
  const judged = smiles.find(({ qualified }) => qualified) ?? null;
  const verdict = judged?.verdict ?? null;
  const qualified = verdict !== null && verdict !== 'already';
  const onsetTs = judged?.onsetTs ?? null;
  const peak = qualified ? (judged?.peak ?? null) : null;
  const sellerPresent = seller.some(({ ts, value }) => value !== null && ts >= startTs && ts <= endTs);
  return {
    rule: 'answer',
    sellerPresent,
    qualified,
    verdict,
    why: reasonOf({ sellerPresent, smiles }, judged, options),
    answerByChance: qualified && onsetTs !== null ? answeredByChance(onsetTs, curve, curves, options) : null,
    peakVerdict: peakVerdictOf(found, curve, options),
    smiles,
    riseOverBaseline: peak === null || baselineHappiness === null ? null : peak - baselineHappiness,
    latencyMs: verdict === 'happy' ? (judged?.latencyMs ?? null) : null,
    crossLag: crossLagOf(
      seller,
      curves.customer.map(({ ts, green }) => ({ ts, value: green })),
      Math.max(startTs + GREETING_MS, (found[0]?.startTs ?? startTs) - LEAD_IN_MS),
      endTs,
    ),
  };
};

/** The seller's smiles that fall into the contact; one that is on at arrival begins there and has no onset. */
const sellerSmiles = ({ seller, startTs, endTs }: ContactCurves, options: ContactOptions): Excursion[] =>
  excursions(seller, options.sellerSmile, { minMs: options.sellerSmileMinMs, mergeMs: options.sellerSmileMinMs })
    .map((smile) => (smile.startTs < startTs ? { ...smile, startTs, crossed: false } : smile))
    .filter((smile) => smile.startTs <= endTs && smile.endTs - smile.startTs >= options.sellerSmileMinMs);

const responseTo = (
  { startTs, endTs, crossed }: Excursion,
  curve: CustomerCurve,
  arrivalTs: number,
  options: ContactOptions,
): SmileResponse => {
  const onsetTs = crossed && startTs >= arrivalTs ? startTs : null;
  return { startTs, onsetTs, endTs, ...(onsetTs === null ? UNJUDGED_ANSWER : answerTo(onsetTs, curve, options)) };
};
