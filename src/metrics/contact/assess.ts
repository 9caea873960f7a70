import type { Contact, CurvePoint, SmileResponse, Verdict } from '../../contracts/contact.js';
import { baselineOf, burstsOf } from './bursts.js';
import { crossLagOf } from './cross-lag.js';
import { curveOf, blueOf, redOf, type ContactRecord } from './record.js';
import { measuredOf, valueAt } from './curve.js';
import type { ContactOptions } from './options.js';
import { reasonOf } from './reason.js';
import { responseTo, sellerSmiles } from './response.js';

const LEAD_IN_MS = 10_000;

/** Judges one finished contact: the same function for live and recorded material. */
export const assessContact = (record: ContactRecord, options: ContactOptions): Contact => {
  const { id, pointId, startTs, endTs } = record;
  const smiles = sellerSmiles(record, options).map((smile) => responseTo(smile, record, options));
  const deciding = decidingSmile(smiles);
  const baselineHappiness = baselineOf(record.customer, (e) => e.happiness, options);
  const peak = deciding?.peak ?? null;
  const contact = {
    id,
    pointId,
    startTs,
    endTs,
    sellerPresent: record.seller.some(({ ts, value }) => value !== null && ts >= startTs && ts <= endTs),
    qualified: deciding !== null,
    verdict: deciding?.verdict ?? null,
    smiles,
    bursts: burstsOf(record.customer, options),
    baselineHappiness,
    riseOverBaseline: peak === null || baselineHappiness === null ? null : peak - baselineHappiness,
    latencyMs: deciding?.latencyMs ?? null,
    crossLag: correlate(record, smiles),
    curve: curvePoints(record),
  };
  return { ...contact, reason: reasonOf(contact, deciding, options) };
};

const RANK: readonly Verdict[] = ['happy', 'unhappy', 'indifferent'];

/** Happy if any qualified smile got it, else unhappy if any did, else indifferent: the first smile of the best rank. */
const decidingSmile = (smiles: readonly SmileResponse[]): SmileResponse | null => {
  const qualified = smiles.filter((smile) => smile.qualified);
  for (const verdict of RANK) {
    const found = qualified.find((smile) => smile.verdict === verdict);
    if (found !== undefined) return found;
  }
  return null;
};

const correlate = ({ seller, customer, startTs, endTs }: ContactRecord, smiles: readonly SmileResponse[]) => {
  const [first] = smiles;
  const fromTs = first === undefined ? startTs : Math.max(startTs, first.onsetTs - LEAD_IN_MS);
  return crossLagOf(
    seller,
    curveOf(customer, 'raw', (e) => e.happiness),
    fromTs,
    endTs,
  );
};

/** The contact's curves at the times of the customer's frames, the seller's brought to those times. */
export const curvePoints = (record: Pick<ContactRecord, 'customer' | 'seller' | 'startTs' | 'endTs'>): CurvePoint[] => {
  const seller = measuredOf(record.seller);
  return record.customer
    .filter(({ ts }) => ts >= record.startTs && ts <= record.endTs)
    .map(({ ts, raw }) => ({
      ts,
      green: raw?.happiness ?? null,
      blue: raw === null ? null : blueOf(raw),
      red: raw === null ? null : redOf(raw),
      seller: valueAt(seller, ts),
    }));
};
