import type { Burst, Contact } from '../../contracts/contact.js';
import type { Figure } from '../../contracts/figure.js';
import { meanFigure, momentsOf, noMoments, rateFigure, withTrack } from '../statistics/ratio.js';

const countOf = (bursts: readonly Burst[], kind: Burst['kind']): number =>
  bursts.filter((burst) => burst.kind === kind).length;

/** Bursts of both kinds in one contact or in many. */
export const burstCounts = (contacts: readonly Pick<Contact, 'bursts'>[]): { positive: number; negative: number } => ({
  positive: contacts.reduce((sum, { bursts }) => sum + countOf(bursts, 'positive'), 0),
  negative: contacts.reduce((sum, { bursts }) => sum + countOf(bursts, 'negative'), 0),
});

/**
 * C-Value = (P − K·N) ÷ contacts: the mean of each contact's P − K·N. The pseudo-contacts have one positive and one negative
 * burst, so that bursts which a few contacts did not show are not taken to be impossible.
 */
export const cValue = (contacts: readonly Pick<Contact, 'bursts'>[], k: number): Figure =>
  meanFigure(momentsOf(contacts.map(({ bursts }) => countOf(bursts, 'positive') - k * countOf(bursts, 'negative'))), {
    low: -Math.max(k, 1),
    high: 1,
  });

const MINUTE_MS = 60_000;

/** Bursts of one kind per contact and per minute of contact: bursts grow with length, so that neither says it all. */
export const burstRates = (
  contacts: readonly Pick<Contact, 'bursts' | 'startTs' | 'endTs'>[],
  kind: Burst['kind'],
): { readonly perContact: Figure; readonly perMinute: Figure } => {
  const counts = contacts.map(({ bursts }) => countOf(bursts, kind));
  const overTime = contacts.reduce(
    (sums, { startTs, endTs }, i) => withTrack(sums, counts[i] ?? 0, (endTs - startTs) / MINUTE_MS),
    noMoments(),
  );
  return { perContact: rateFigure(momentsOf(counts)), perMinute: rateFigure(overTime) };
};
