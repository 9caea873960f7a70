import type { Burst, Contact, CountedContact } from '../../contracts/contact.js';

const countOf = (bursts: readonly Burst[], kind: Burst['kind']): number => {
  let count = 0;
  for (const burst of bursts) if (burst.kind === kind) count += 1;
  return count;
};

/** What figures over many contacts need of one of them; the store counts by the same rules. */
export const countedContact = ({ smiles, bursts, crossLag, ...contact }: Contact): CountedContact => ({
  pointId: contact.pointId,
  startTs: contact.startTs,
  endTs: contact.endTs,
  sellerPresent: contact.sellerPresent,
  rule: contact.rule,
  qualified: contact.qualified,
  verdict: contact.verdict,
  answerByChance: contact.answerByChance,
  peakVerdict: contact.peakVerdict,
  riseOverBaseline: contact.riseOverBaseline,
  latencyMs: contact.latencyMs,
  sellerSmiles: smiles.length,
  positiveBursts: countOf(bursts, 'positive'),
  negativeBursts: countOf(bursts, 'negative'),
  lagP: crossLag?.pValue ?? null,
  curve: contact.curve,
});
