import type { Contact, SmileResponse } from '../../../contracts/contact.js';
import type { ContactOptions } from '../options.js';

/** Why a contact has its verdict, or none: a code with the numbers of its sentence. Happiness 0–100, shares as fractions, times in ms. */
export type ContactReason =
  | { readonly code: 'no-seller' | 'no-smile' | 'no-onset' }
  | {
      readonly code: 'not-measured';
      /** Whether it is the second before the smile that was seen too little, not what came after. */
      readonly isBefore: boolean;
      readonly measuredShare: number;
      readonly neededShare: number;
    }
  | { readonly code: 'already'; readonly before: number | null }
  | {
      readonly code: 'happy';
      readonly before: number | null;
      readonly peak: number | null;
      readonly delayMs: number | null;
    }
  | { readonly code: 'unhappy'; readonly growth: number | null }
  | { readonly code: 'too-low'; readonly peak: number; readonly needed: number }
  | { readonly code: 'too-small-a-rise'; readonly before: number; readonly peak: number; readonly needed: number }
  | { readonly code: 'not-above-others'; readonly peak: number };

/** A judged contact before its reason is put into words. */
export type AssessedContact = Omit<Contact, 'reason'> & { readonly why: ContactReason };

/** The verdict's reason, or why there is none. */
export const reasonOf = (
  contact: Pick<Contact, 'sellerPresent' | 'smiles'>,
  judged: SmileResponse | null,
  options: ContactOptions,
): ContactReason => {
  if (!contact.sellerPresent) return { code: 'no-seller' };
  if (contact.smiles.length === 0) return { code: 'no-smile' };
  if (contact.smiles.every(({ onsetTs }) => onsetTs === null)) return { code: 'no-onset' };
  if (judged === null || judged.verdict === null) return notMeasured(contact.smiles, options);
  const { before, peak } = judged;
  switch (judged.verdict) {
    case 'already':
      return { code: 'already', before };
    case 'happy':
      return { code: 'happy', before, peak, delayMs: judged.peakDelayMs };
    case 'unhappy':
      return { code: 'unhappy', growth: judged.displeasureGrowth };
    case 'indifferent':
      return missing(before ?? 0, peak ?? 0, options);
  }
};

/** The smile that came closest to being judged. */
const notMeasured = (smiles: readonly SmileResponse[], { minMeasuredShare }: ContactOptions): ContactReason => {
  const shares = smiles.map(({ measuredShare, measuredBefore }) => Math.min(measuredShare ?? 0, measuredBefore ?? 0));
  const best = Math.max(...shares);
  const smile = smiles[shares.indexOf(best)];
  const isBefore = (smile?.measuredBefore ?? 0) < (smile?.measuredShare ?? 0);
  return { code: 'not-measured', isBefore, measuredShare: best, neededShare: minMeasuredShare };
};

/** What of an answer is missing first. */
const missing = (before: number, peak: number, { customerPeak, responseRise }: ContactOptions): ContactReason => {
  if (peak < customerPeak) return { code: 'too-low', peak, needed: customerPeak };
  if (peak - before < responseRise) return { code: 'too-small-a-rise', before, peak, needed: responseRise };
  return { code: 'not-above-others', peak };
};
