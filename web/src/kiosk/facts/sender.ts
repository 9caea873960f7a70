import type { OwnDevice } from '../../../../src/contracts/service/device.js';
import type { Queue, Waiting } from './queue.js';
import type { ServiceClock } from './service-clock.js';
import { ownDevice, Refusal, tell } from './service.js';

/** Whether the service is reached, and whether it still knows this device. */
export type Link = 'online' | 'offline' | 'revoked';

export interface SenderParts {
  readonly queue: Queue;
  readonly clock: ServiceClock;
  readonly token: string;
  readonly onDevice: (device: OwnDevice) => void;
  readonly onLink: (link: Link) => void;
  /** Something left the queue. */
  readonly onLeft: () => void;
}

const BATCH = 100;
/** Without a press the service is asked this often whether anything has changed. */
const CALM_MS = 30_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** Answers that are about what was sent, not about the moment. */
const ABOUT_FACTS: ReadonlySet<number> = new Set([400, 413, 422]);

/** Sends what waits, oldest first, for as long as it takes; begins and goes on by itself until `stop`. */
export class Sender {
  private readonly stopping = new AbortController();
  private wake: () => void = () => undefined;
  private news = 0;
  private failures = 0;

  constructor(private readonly parts: SenderParts) {
    addEventListener('online', this.again);
    void this.run();
  }

  /** Something new waits. While the service is not reached its turn comes with the next try. */
  readonly nudge = (): void => {
    this.news += 1;
    if (this.failures === 0) this.wake();
  };

  stop(): void {
    this.stopping.abort();
    removeEventListener('online', this.again);
    this.wake();
  }

  private readonly again = (): void => {
    this.failures = 0;
    this.wake();
  };

  private async run(): Promise<void> {
    const { onLink } = this.parts;
    let askedMs = -Infinity;
    while (!this.isOver()) {
      try {
        const known = this.news;
        if (!this.parts.clock.isCertain || performance.now() - askedMs >= CALM_MS) {
          await this.askOwn();
          askedMs = performance.now();
        }
        await this.sendAll();
        this.failures = 0;
        if (!this.isOver()) onLink('online');
        if (this.news === known) await this.pause(CALM_MS);
      } catch (error) {
        if (this.isOver()) return;
        const isRevoked = error instanceof Refusal && error.status === 401;
        onLink(isRevoked ? 'revoked' : 'offline');
        // Whether it is known again after all is asked before anything is sent.
        askedMs = -Infinity;
        this.failures += 1;
        const most = isRevoked
          ? CALM_MS
          : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, this.failures - 1));
        await this.pause(most * (0.5 + Math.random() / 2));
      }
    }
  }

  /** Learns the settings and the time; guessed times are put right before anything is sent. */
  private async askOwn(): Promise<void> {
    const { queue, clock, token, onDevice } = this.parts;
    const askedMs = performance.now();
    const device = await ownDevice(token);
    if (this.isOver()) return;
    clock.learn(device.now, askedMs);
    await queue.settle((ts, guess) => clock.settled(ts, guess));
    onDevice(device);
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      if (this.isOver()) return;
      const waiting = await this.parts.queue.oldest(BATCH);
      if (waiting.length === 0) return;
      // One that was pressed while the clock was in doubt waits for the next look at the time.
      const sendable = waiting.filter(({ guess }) => guess === null);
      if (sendable.length === 0) {
        await this.askOwn();
        continue;
      }
      await this.send(sendable);
    }
  }

  /** Sends some; where the service finds fault with the whole, its halves are tried, so that one fact stops no other. */
  private async send(some: readonly Waiting[]): Promise<void> {
    const { queue, token, onLeft } = this.parts;
    try {
      const results = await tell(
        token,
        some.map(({ fact }) => fact),
      );
      if (results.length !== some.length) throw new Refusal(0, 'UNREACHABLE');
      const judged = some.map((one, at) => ({ ...one, result: results[at] }));
      await queue.leave(
        judged.filter(({ result }) => result !== undefined && result.status !== 'refused').map(({ key }) => key),
        judged.flatMap(({ key, fact, result }) =>
          result?.status === 'refused' ? [{ key, fact, code: result.code ?? 'UNKNOWN' }] : [],
        ),
      );
    } catch (error) {
      if (!(error instanceof Refusal) || !ABOUT_FACTS.has(error.status)) throw error;
      if (some.length > 1) {
        const half = Math.ceil(some.length / 2);
        await this.send(some.slice(0, half));
        await this.send(some.slice(half));
        return;
      }
      await queue.leave(
        [],
        some.map(({ key, fact }) => ({ key, fact, code: error.code })),
      );
    }
    onLeft();
  }

  private isOver(): boolean {
    return this.stopping.signal.aborted;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
