import type { Contact, HappyIndex } from '../contracts/contact.js';
import type { LocalTime } from '../metrics/local-time.js';

type Counts = Record<'contacts' | 'qualified' | 'happy' | 'unhappy' | 'indifferent', number>;

/** Verdicts of the running local day per contact point, for the live Happy-Index. */
export class HappyTally {
  private day = -Infinity;
  private readonly points = new Map<string, Counts>();

  constructor(private readonly localTime: LocalTime) {}

  /** Takes one ended contact; gives its point's index of the day so far. */
  add(contact: Contact): HappyIndex {
    const day = this.localTime.dayStart(contact.endTs);
    if (day !== this.day) this.points.clear();
    this.day = day;
    const counts = this.points.get(contact.pointId) ?? {
      contacts: 0,
      qualified: 0,
      happy: 0,
      unhappy: 0,
      indifferent: 0,
    };
    this.points.set(contact.pointId, counts);
    counts.contacts += 1;
    if (contact.qualified) counts.qualified += 1;
    if (contact.verdict !== null) counts[contact.verdict] += 1;
    const { qualified, happy, unhappy } = counts;
    return {
      pointId: contact.pointId,
      ...counts,
      value: qualified === 0 ? null : (happy - unhappy) / qualified,
      low: null,
      high: null,
    };
  }
}
