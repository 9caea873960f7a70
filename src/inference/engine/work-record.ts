import { Histogram } from '../../runtime/histogram.js';
import type { StageRecord } from './port.js';

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const SIZES = [1, 2, 4, 8, 16, 32, 64];

/** Everything one stage has done since the engine started. */
export class WorkRecord {
  runs = 0;
  items = 0;
  private readonly seconds = new Histogram(SECONDS);
  private readonly sizes = new Histogram(SIZES);

  /** Counts one run over `items` regions or faces that took `ms`. */
  add(items: number, ms: number): void {
    this.runs += 1;
    this.items += items;
    this.seconds.observe(ms / 1000);
    this.sizes.observe(items);
  }

  /** Mean duration of a run, ms; 0 before the first. */
  get meanMs(): number {
    return (1000 * this.seconds.data().sum) / Math.max(1, this.runs);
  }

  data(): StageRecord {
    return { seconds: this.seconds.data(), batchSizes: this.sizes.data() };
  }
}
