import type { CountedContact } from '../../contracts/contact.js';
import type { ShiftSummary } from '../../contracts/figures/contacts-schema.js';
import type { Steps } from '../../runtime/turns.js';
import { grouped } from '../../runtime/grouped.js';
import { intervalAt } from '../../time/interval-at.js';
import { NOTHING } from '../statistics/ratio.js';
import { cValue } from './curves/c-value.js';
import { happyIndexOf } from './judgement/happy-index.js';
import { sellerSmileIndex, smiledShare } from './seller-smiles.js';

/** A stretch of work at the contact points, [fromTs, toTs). */
export interface Shift {
  readonly name: string;
  readonly fromTs: number;
  readonly toTs: number;
}

export interface ShiftOptions {
  readonly threshold: number;
  readonly cValueK: number;
  readonly kAnonymity: number;
}

/**
 * Seller figures per point and shift, which is all that aggregated seller analytics may show: never a person, and
 * nothing of a shift with fewer than k contacts. A contact belongs to the shift in which it began; shifts come in order
 * and do not overlap.
 */
export function* shiftSummaries(
  contacts: readonly CountedContact[],
  pointIds: readonly string[],
  shifts: readonly Shift[],
  options: ShiftOptions,
): Steps<ShiftSummary[]> {
  const shiftAt = intervalAt(shifts);
  const byPoint = grouped(contacts, ({ pointId }) => pointId);
  const summaries: ShiftSummary[] = [];
  for (const pointId of pointIds) {
    const own = grouped(byPoint.get(pointId) ?? [], ({ startTs }) => shiftAt(startTs));
    for (const shift of shifts) {
      summaries.push(summarizeShift(pointId, shift, own.get(shift) ?? [], options));
      yield;
    }
  }
  return summaries;
}

const summarizeShift = (
  pointId: string,
  { name, fromTs, toTs }: Shift,
  contacts: readonly CountedContact[],
  { threshold, cValueK, kAnonymity }: ShiftOptions,
): ShiftSummary => {
  const enough = contacts.length >= kAnonymity;
  const { value, low, high, netResponse } = happyIndexOf(pointId, contacts);
  return {
    pointId,
    shift: name,
    fromTs,
    toTs,
    contacts: enough ? contacts.length : null,
    sellerSmileIndex: enough ? sellerSmileIndex(contacts, threshold) : NOTHING,
    smiledShare: enough ? smiledShare(contacts) : NOTHING,
    happyIndex: enough ? { value, low, high } : NOTHING,
    netResponse: enough ? { value: netResponse.value, low: netResponse.low, high: netResponse.high } : NOTHING,
    cValue: enough ? cValue(contacts, cValueK) : NOTHING,
  };
};
