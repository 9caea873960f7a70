import type { Contact, HappyIndex } from '../contracts/contact.js';
import { happyIndex, verdictCounts } from '../metrics/contact/happy-index.js';
import type { LocalTime } from '../runtime/local-time.js';

type Verdict = Pick<Contact, 'qualified' | 'verdict'>;

/** Verdicts of the running local day per contact point, for the live Happy-Index. */
export class HappyTally {
  private day = -Infinity;
  private readonly points = new Map<string, Verdict[]>();

  constructor(private readonly localTime: LocalTime) {}

  /** Takes one ended contact; gives its point's index of the day so far. */
  add({ endTs, pointId, qualified, verdict }: Contact): HappyIndex {
    const day = this.localTime.startOfDay(endTs);
    if (day !== this.day) this.points.clear();
    this.day = day;
    const verdicts = [...(this.points.get(pointId) ?? []), { qualified, verdict }];
    this.points.set(pointId, verdicts);
    const counts = verdictCounts(verdicts);
    return { pointId, ...counts, ...happyIndex(counts) };
  }
}
