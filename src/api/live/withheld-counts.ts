import type { Withheld } from './subscriber.js';

/** Events that a subscriber which is behind does without; everything else waits for it. */
export type SkippedEvent = 'faces' | 'contact:start' | 'contact:update';

/** How often an event was not sent to a subscriber, and why. */
export interface WithheldCount {
  readonly event: SkippedEvent;
  readonly reason: Withheld;
  readonly count: number;
}

/** Events not sent to subscribers, counted per event and reason. */
export class WithheldCounts {
  private readonly counts = new Map<`${SkippedEvent} ${Withheld}`, number>([
    ['faces behind', 0],
    ['faces throttled', 0],
    ['contact:start behind', 0],
    ['contact:update behind', 0],
  ]);

  add(event: SkippedEvent, reason: Withheld, by = 1): void {
    const key = `${event} ${reason}` as const;
    this.counts.set(key, (this.counts.get(key) ?? 0) + by);
  }

  list(): readonly WithheldCount[] {
    return [...this.counts].map(([key, count]) => {
      const [event, reason] = key.split(' ') as [SkippedEvent, Withheld];
      return { event, reason, count };
    });
  }

  get facesLost(): number {
    return this.list().reduce((sum, { event, count }) => sum + (event === 'faces' ? count : 0), 0);
  }
}
