import type { FeedbackSettings, OwnDevice } from '../../../../src/contracts/service/device.js';
import type { Press, Queue, Waiting } from './queue.js';
import type { ServiceClock } from './service-clock.js';
import { uuidV7 } from './uuid-v7.js';

export type Grade = Press['grade'];

/** The grades of a scale, best first. */
export const gradesOf = (scale: FeedbackSettings['scale']): readonly Grade[] => {
  if (scale === 2) return ['green', 'red'];
  if (scale === 3) return ['green', 'yellow', 'red'];
  return Array.from({ length: scale }, (_, at) => scale - at);
};

/** Whether a grade asks for a reason: red, or one of the two worst of four or five. */
export const isLow = (grade: Grade): boolean => grade === 'red' || grade === 1 || grade === 2;

/** A press that is on disk, and how its time was guessed. */
export type Pressed = Omit<Waiting, 'key'>;

/** What a customer adds to a press. */
export interface Addition {
  readonly reason?: string;
  readonly text?: string;
}

/** Makes presses of one device into facts that are on disk before anybody is thanked for them. */
export class Presses {
  private formerMs = -Infinity;

  constructor(
    private readonly queue: Queue,
    private readonly clock: ServiceClock,
  ) {}

  /** One press; rejects where it cannot be kept. */
  async press(grade: Grade, { placeId, settings }: OwnDevice): Promise<Pressed> {
    const nowMs = performance.now();
    const isMisuse = nowMs - this.formerMs < settings.misuseSeconds * 1000;
    this.formerMs = nowMs;
    const { ts, guess } = this.clock.moment();
    const fact: Press = {
      ...{ id: uuidV7(ts), rev: 0, ts, placeId, kind: 'press', grade },
      ...(settings.object === undefined ? {} : { object: settings.object }),
      ...(isMisuse ? { misuse: true } : {}),
    };
    await this.queue.add(fact, guess);
    return { fact, guess };
  }

  /** The same press, of which more is known: a higher revision, of the same moment. */
  async add({ fact, guess }: Pressed, addition: Addition): Promise<Pressed> {
    const revised = { fact: { ...fact, ...addition, rev: fact.rev + 1 }, guess };
    await this.queue.add(revised.fact, guess);
    return revised;
  }
}
