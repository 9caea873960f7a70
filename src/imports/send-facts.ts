import type { ObservationInput } from '../contracts/observation.js';
import type { ObservationResult } from '../contracts/service/observation-result.js';
import type { PlannedFact } from './import-site.js';

const BATCH = 500;
/** A correction is found in two further rounds; more mean that somebody else corrects the same facts at this moment. */
const MOST_ROUNDS = 5;

/** Takes facts and tells of each in the order given what became of it. */
export type TakeFacts = (facts: readonly ObservationInput[]) => Promise<readonly ObservationResult[]>;

export interface SentFacts {
  readonly stored: number;
  readonly unchanged: number;
  readonly revised: number;
  readonly refused: readonly { readonly line: number; readonly code: string; readonly message: string }[];
}

/**
 * Sends facts so that what is kept becomes what they say: one that is kept already stays, one that is kept otherwise gets the
 * next revision. Safe to break off and begin again.
 */
export const sendFacts = async (planned: readonly PlannedFact[], take: TakeFacts): Promise<SentFacts> => {
  const sums = { stored: 0, unchanged: 0, revised: 0 };
  const refused: { line: number; code: string; message: string }[] = [];
  for (let at = 0; at < planned.length; at += BATCH) {
    let waiting = planned.slice(at, at + BATCH);
    for (let round = 1; waiting.length > 0; round++) {
      const results = await take(waiting.map(({ fact }) => fact));
      const again: PlannedFact[] = [];
      waiting.forEach(({ line, fact }, index) => {
        const { status, code, message, newestRev } = results[index] ?? { status: 'refused' as const };
        const isOld = newestRev !== undefined && newestRev > fact.rev;
        if (status === 'stored') sums.stored++;
        else if (status === 'revised') sums.revised++;
        else if (status === 'duplicate' && !isOld) sums.unchanged++;
        else if (newestRev !== undefined && round < MOST_ROUNDS)
          again.push({ line, fact: { ...fact, rev: isOld ? newestRev : newestRev + 1 } });
        else refused.push({ line, code: code ?? 'INTERNAL', message: message ?? '' });
      });
      waiting = again;
    }
  }
  return { ...sums, refused };
};
