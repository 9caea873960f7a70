import type { DoorEvent } from '../../contracts/events.js';

/** What of all counters has changed since it was asked last: somebody passed, the past was read, a day began. */
export class DoorNews {
  private told = new Map<string, string>();

  of(doors: readonly Omit<DoorEvent, 'seq'>[]): readonly Omit<DoorEvent, 'seq'>[] {
    const before = this.told;
    this.told = new Map(doors.map(({ streamId, ts: _now, ...counts }) => [streamId, JSON.stringify(counts)]));
    return doors.filter(({ streamId }) => before.get(streamId) !== this.told.get(streamId));
  }
}
