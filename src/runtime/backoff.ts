export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly factor: number;
  /** 0–1: share of the delay that is random. */
  readonly jitter: number;
  readonly random?: () => number;
}

/** Exponential delay with jitter and a cap; `reset` after a success. */
export class Backoff {
  private attempt = 0;

  constructor(private readonly options: BackoffOptions) {}

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const { firstMs, maxMs, factor, jitter, random = Math.random } = this.options;
    const full = Math.min(maxMs, firstMs * factor ** this.attempt);
    this.attempt += 1;
    return full * (1 - jitter) + full * jitter * random();
  }

  reset(): void {
    this.attempt = 0;
  }
}
