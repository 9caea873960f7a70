import type { Contact, HappyIndex } from '../contracts/contact.js';
import { happyIndexOf } from '../metrics/contact/happy-index.js';
import type { Judged } from '../metrics/contact/judged.js';
import type { LocalTime } from '../runtime/local-time.js';

/** Verdicts of the running local day per contact point, for the live Happy-Index. */
export class HappyTally {
  private day = -Infinity;
  private readonly points = new Map<string, Judged[]>();

  constructor(private readonly localTime: LocalTime) {}

  /** Takes the contacts that ended on the day of `nowTs` before a restart, in any order. */
  resume(contacts: readonly Contact[], nowTs: number): void {
    const today = this.localTime.startOfDay(nowTs);
    for (const contact of contacts) if (this.localTime.startOfDay(contact.endTs) === today) this.add(contact);
  }

  /** The index of every point that had a contact on the day of `nowTs`. */
  current(nowTs: number): readonly HappyIndex[] {
    if (this.localTime.startOfDay(nowTs) !== this.day) return [];
    return [...this.points].map(([pointId, verdicts]) => happyIndexOf(pointId, verdicts));
  }

  /** Takes one ended contact; gives its point's index of the day so far. */
  add({ endTs, pointId, rule, qualified, verdict, answerByChance }: Contact): HappyIndex {
    const day = this.localTime.startOfDay(endTs);
    if (day !== this.day) this.points.clear();
    this.day = day;
    const verdicts = [...(this.points.get(pointId) ?? []), { rule, qualified, verdict, answerByChance }];
    this.points.set(pointId, verdicts);
    return happyIndexOf(pointId, verdicts);
  }
}
