import type { StreamConfig } from '../../config/schema.js';
import type { TrackedBody } from '../../contracts/face.js';
import type { DoorCounts } from '../../contracts/events.js';
import type { CountObservation } from '../../contracts/observation.js';
import { COUNTER_ROLE } from '../../contracts/role.js';
import { DoorCounter, type MinuteCount, type Passed } from '../../metrics/counts/door-counter.js';
import { LineCrossing, type CounterLine } from '../../metrics/counts/line-crossing.js';
import type { Clock } from '../../runtime/clock.js';
import { uuidV7 } from '../../runtime/uuid-v7.js';
import type { LocalTime } from '../../time/local-time.js';

/** What a counter needs to know to tell facts. */
export interface DoorOptions {
  /** The stream is the place that is counted, and the device that counts. */
  readonly streamId: string;
  readonly siteId: string;
  readonly line: CounterLine;
  readonly localTime: LocalTime;
  readonly clock: Pick<Clock, 'now'>;
}

/** The counting of a stream; null: it is no counter. */
export const doorOf = (
  { id, line, role }: Pick<StreamConfig, 'id' | 'line' | 'role'>,
  site: Omit<DoorOptions, 'streamId' | 'line'>,
): DoorNumbers | null =>
  role !== COUNTER_ROLE || line === null ? null : new DoorNumbers({ ...site, streamId: id, line });

/** One analysed frame of a counter. */
export interface BodiesFrame {
  readonly ts: number;
  readonly width: number;
  readonly height: number;
  readonly bodies: readonly TrackedBody[];
  readonly endedTracks: readonly string[];
}

/** One counter's frames turned into facts, a minute and direction each; the same live and offline. */
export class DoorNumbers {
  private readonly crossing: LineCrossing;
  private readonly counter: DoorCounter;

  constructor(private readonly options: DoorOptions) {
    this.crossing = new LineCrossing(options.line);
    this.counter = new DoorCounter(options.localTime);
  }

  /** Takes one frame; gives the facts of the minute before when another has begun. */
  add({ ts, width, height, bodies, endedTracks }: BodiesFrame): CountObservation[] {
    const passed = this.crossing.passed(bodies, width / height);
    this.crossing.forget(endedTracks);
    return this.counter.add(ts, passed).map((count) => this.factOf(count));
  }

  /** The facts of the minute that runs, as when the stream stops. */
  settle(): CountObservation[] {
    return this.counter.settle().map((count) => this.factOf(count));
  }

  /** The facts of a minute that is over though no frame has said so. */
  settleBefore(nowTs: number): CountObservation[] {
    return this.counter.settleBefore(nowTs).map((count) => this.factOf(count));
  }

  /** Adds what was stored of today before the first frame. */
  resume(passed: Passed, nowTs: number): void {
    this.counter.resume(passed, nowTs);
  }

  counts(nowTs: number): DoorCounts {
    return this.counter.counts(nowTs);
  }

  private factOf({ ts, direction, n }: MinuteCount): CountObservation {
    const { clock, siteId, streamId } = this.options;
    return {
      ...{ id: uuidV7(ts), rev: 0, ts, receivedTs: clock.now() },
      ...{ siteId, placeId: streamId, deviceId: streamId, source: 'camera', kind: 'count' },
      ...{ counter: 'visitor', n, direction },
    };
  }
}
