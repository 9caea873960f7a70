/** Clocks that differ by less are taken for right, ms. */
const SLACK_MS = 2000;

/** How a moment was told before the service was asked for its time. */
export interface Guess {
  /** One opening of the page. */
  readonly opening: string;
  /** Of this opening, ms. */
  readonly pageMs: number;
  /** What was added to the tablet's clock. */
  readonly offsetMs: number;
}

interface Anchor {
  readonly ts: number;
  readonly pageMs: number;
  readonly tabletTs: number;
}

/** The two clocks of a tablet. */
export interface TabletClocks {
  /** Epoch ms, as right as somebody has set it. */
  readonly now: () => number;
  /** Ms since the page was opened; may stand still while the tablet sleeps. */
  readonly page: () => number;
}

/**
 * The service's time on a tablet whose clock may be wrong, jump, or sleep. A moment is certain while both clocks of the
 * tablet have gone on alike since the service was asked; else it is a guess, which `settled` puts right later.
 */
export class ServiceClock {
  private anchor: Anchor | null = null;

  constructor(
    readonly opening: string,
    private offsetMs: number,
    private readonly clocks: TabletClocks = { now: () => Date.now(), page: () => performance.now() },
  ) {}

  /** What is to be added to the tablet's clock. */
  get offset(): number {
    return this.offsetMs;
  }

  get isCertain(): boolean {
    if (this.anchor === null) return false;
    const { now, page } = this.clocks;
    return Math.abs(now() - this.anchor.tabletTs - (page() - this.anchor.pageMs)) < SLACK_MS;
  }

  /** Takes over the service's time, which was its own somewhere between `askedMs` and now (of the page). */
  learn(ts: number, askedMs: number): void {
    const { now, page } = this.clocks;
    const waited = (page() - askedMs) / 2;
    this.anchor = { ts: ts + waited, pageMs: page(), tabletTs: now() };
    this.offsetMs = this.anchor.ts - this.anchor.tabletTs;
  }

  /** The moment, and how it was guessed; null: it is certain. */
  moment(): { readonly ts: number; readonly guess: Guess | null } {
    const { now, page } = this.clocks;
    const pageMs = page();
    if (this.anchor !== null && this.isCertain)
      return { ts: Math.round(this.anchor.ts + pageMs - this.anchor.pageMs), guess: null };
    const guess = { opening: this.opening, pageMs, offsetMs: this.offsetMs };
    return { ts: Math.round(now() + this.offsetMs), guess };
  }

  /** The guessed moment as it is known now: by the page's clock, but for a tablet that slept while its own clock was right. */
  settled(ts: number, { opening, pageMs, offsetMs }: Guess): number {
    if (this.anchor === null || opening !== this.opening) return ts;
    const sinceByPage = this.anchor.pageMs - pageMs;
    const sinceByTablet = this.anchor.tabletTs - (ts - offsetMs);
    const hasSlept = sinceByTablet - sinceByPage > SLACK_MS && Math.abs(this.offsetMs - offsetMs) < SLACK_MS;
    return hasSlept ? ts : Math.round(this.anchor.ts - sinceByPage);
  }
}
