import type { Contact, CurvePoint } from '../../../contracts/contact.js';
import { baselineOf, burstsOf } from '../curves/bursts.js';
import { measuredOf, valueAt } from '../curves/curve.js';
import type { CustomerFrame } from '../curves/customer-curve.js';
import { judge } from './judge.js';
import type { ContactOptions } from '../options.js';
import type { AssessedContact } from './reason.js';
import { blueOf, redOf, type ContactRecord, type CustomerReading } from '../record.js';

/** Judges one finished contact: the same function for live and recorded material. */
export const assessContact = (record: ContactRecord, options: ContactOptions): AssessedContact => {
  const { id, pointId, startTs, endTs, seller } = record;
  const baselineHappiness = baselineOf(record.customer, (e) => e.happiness, options);
  const customer = record.customer.map(frameOf);
  return {
    id,
    pointId,
    startTs,
    endTs,
    bursts: burstsOf(record.customer, options),
    baselineHappiness,
    curve: curvePoints(record),
    ...judge({ startTs, endTs, customer, seller, baselineHappiness }, options),
  };
};

/**
 * Judges a stored contact again, from its curves; null where these are gone. Its bursts stay, which are of the smoothed
 * expression and no part of the verdict.
 */
export const judgeAgain = (contact: Contact, options: ContactOptions): AssessedContact | null => {
  const { startTs, endTs, curve, baselineHappiness } = contact;
  if (curve.length === 0) return null;
  const seller = curve.map(({ ts, seller: value }) => ({ ts, value }));
  return { ...contact, ...judge({ startTs, endTs, customer: curve, seller, baselineHappiness }, options) };
};

const frameOf = ({ ts, raw }: CustomerReading): CustomerFrame =>
  raw === null
    ? { ts, green: null, blue: null, red: null }
    : { ts, green: raw.happiness, blue: blueOf(raw), red: redOf(raw) };

/** The contact's curves at the times of the customer's frames, the seller's brought to those times. */
export const curvePoints = (record: Pick<ContactRecord, 'customer' | 'seller' | 'startTs' | 'endTs'>): CurvePoint[] => {
  const seller = measuredOf(record.seller);
  return record.customer
    .filter(({ ts }) => ts >= record.startTs && ts <= record.endTs)
    .map((reading) => ({ ...frameOf(reading), seller: valueAt(seller, reading.ts) }));
};
