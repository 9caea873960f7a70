import { FaultCounter } from '../../runtime/fault-counter.js';
import type { Logger } from '../../runtime/logger.js';

/** Publishers that were turned away: one line for each reason and interval, with the address of the newest. */
export class Refusals {
  private lastFrom = '';
  private readonly counter: FaultCounter;

  constructor(logger: Logger, intervalMs: number) {
    this.counter = new FaultCounter(intervalMs, (why, count) =>
      logger.warn({ from: this.lastFrom, why, count }, 'a publisher was turned away'),
    );
  }

  add(from: string, why: string): void {
    this.lastFrom = from;
    this.counter.add(why);
  }
}
