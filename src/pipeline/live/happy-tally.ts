import type { Contact, HappyIndex } from '../../contracts/contact.js';
import { happyIndexOf } from '../../metrics/contact/judgement/happy-index.js';
import type { Judged } from '../../metrics/contact/judgement/judged.js';
import type { LocalTime } from '../../time/local-time.js';

/** Verdicts of the running local day per contact point, for the live Happy-Index. */
export class HappyTally {
  private day = -Infinity;
  /** By point, then by contact. */
  private readonly points = new Map<string, Map<string, Judged>>();

  constructor(private readonly localTime: LocalTime) {}

  /** Takes the contacts that ended on the day of `nowTs` before a restart, in any order; those known already count once. */
  resume(contacts: readonly Contact[], nowTs: number): void {
    const today = this.localTime.startOfDay(nowTs);
    if (this.day > today) return;
    for (const contact of contacts) if (this.localTime.startOfDay(contact.endTs) === today) this.add(contact);
  }

  /** The index of every point that had a contact on the day of `nowTs`. */
  current(nowTs: number): readonly HappyIndex[] {
    if (this.localTime.startOfDay(nowTs) !== this.day) return [];
    return [...this.points].map(([pointId, verdicts]) => happyIndexOf(pointId, [...verdicts.values()]));
  }

  /** Takes one ended contact; gives its point's index of the day so far. */
  add({ id, endTs, pointId, rule, qualified, verdict, answerByChance }: Contact): HappyIndex {
    const day = this.localTime.startOfDay(endTs);
    if (day !== this.day) this.points.clear();
    this.day = day;
    const verdicts = this.points.get(pointId) ?? new Map<string, Judged>();
    this.points.set(pointId, verdicts.set(id, { rule, qualified, verdict, answerByChance }));
    return happyIndexOf(pointId, [...verdicts.values()]);
  }
}
