import type { Contact, HappyIndex } from '../contracts/contact.js';
import { happyIndexOf } from '../metrics/contact/happy-index.js';
import type { Judged } from '../metrics/contact/judged.js';
import type { LocalTime } from '../runtime/local-time.js';

/** Verdicts of the running local day per contact point, for the live Happy-Index. */
export class HappyTally {
  private day = -Infinity;
  private readonly points = new Map<string, Judged[]>();

  constructor(private readonly localTime: LocalTime) {}

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
