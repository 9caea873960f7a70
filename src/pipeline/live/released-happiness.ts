import type { HappyIndexEvent } from '../../contracts/events.js';
import { happyIndexOf } from '../../metrics/contact/judgement/happy-index.js';
import { releasedContacts } from '../../reporting/contacts/released-contacts.js';
import { isGuarded } from '../../reporting/released/released.js';
import type { ReportSources } from '../../reporting/report-sources.js';

/** How many days back the newest whole shift is looked for. */
const DAYS_BACK = 7;

/**
 * Happy-Index for those who may not be told of single contacts: of the whole shifts of the newest local day that has one,
 * told when another shift is given out, and once after the start.
 */
export class ReleasedHappiness {
  /** End of the newest shift told, per point. */
  private readonly told = new Map<string, number>();

  constructor(
    private readonly sources: ReportSources,
    private readonly tell: (event: Omit<HappyIndexEvent, 'seq'>) => void,
  ) {}

  /** Tells what has become a whole shift since the last time. */
  async refresh(): Promise<void> {
    if (!isGuarded(this.sources)) return;
    const { store, config, clock, localTime } = this.sources;
    const now = clock.now();
    const period = { fromTs: localTime.startOfDay(now, -DAYS_BACK), toTs: localTime.startOfDay(now, 1) };
    const minVisitors = config().privacy.kAnonymity;
    const cells = await store.cells({ ...period, kind: 'point', level: 'cell', minVisitors });
    for (const { id } of config().contacts) {
      const own = cells.filter((cell) => cell.id === id && cell.visitors > 0);
      const last = own.at(-1);
      if (last === undefined || this.told.get(id) === last.toTs) continue;
      const fromTs = Math.min(last.fromTs, localTime.startOfDay(last.toTs - 1));
      const covered = { fromTs: own.find((cell) => cell.fromTs >= fromTs)?.fromTs ?? last.fromTs, toTs: last.toTs };
      const { contacts } = await releasedContacts(this.sources, { ...covered, points: [id], curves: false });
      this.told.set(id, last.toTs);
      this.tell({ ...happyIndexOf(id, contacts), ts: now, covered });
    }
  }
}
