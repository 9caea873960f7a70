import { setTimeout as pause } from 'node:timers/promises';

/** Answers counted since the last look. */
export interface RhythmCounts {
  /** Milliseconds of every small question. */
  readonly answerMs: readonly number[];
  /** Seconds of every report, to its last byte. */
  readonly reportSeconds: readonly number[];
  /** Answers that should not have been: status or error with the address, each named once with its count. */
  readonly failures: ReadonlyMap<string, number>;
}

const SMALL = [
  '/api/v1/streams',
  '/api/v1/info',
  '/readyz',
  '/api/v1/contacts?limit=20',
  '/api/v1/streams/cam-0/snapshot.jpg?maxWidth=320',
];

const PERIOD_MS = 10 * 60_000;
/**
 * A question about the last ten minutes: after these every minute of a run is asked the same. About the last day, which
 * is what the API takes by itself, every answer would be larger than the one before.
 */
const ofLately = (path: string): string => {
  const period = { from: new Date(Date.now() - PERIOD_MS).toISOString(), to: new Date().toISOString() };
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(period).toString()}`;
};

const REPORTS = [
  '/api/v1/reports/me1',
  '/api/v1/reports/me1?format=csv',
  '/api/v1/reports/questions',
  '/api/v1/reports/me1?format=xlsx',
  '/api/v1/metrics/series?bucket=1m',
  '/api/v1/reports/me1?format=pdf',
  '/api/v1/reports/visitors',
  '/api/v1/reports/questions?format=xlsx',
  '/api/v1/reports/contacts?format=pdf',
  '/api/v1/samples/export',
];

const GIVE_UP_MS = 60_000;

/** Asks the API small questions and for reports, each in its own beat, until stopped. */
export class ApiRhythm {
  private readonly abort = new AbortController();
  private readonly loops: Promise<void>[];
  private answerMs: number[] = [];
  private reportSeconds: number[] = [];
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly url: string,
    beats: { readonly smallMs: number; readonly reportMs: number },
  ) {
    this.loops = [
      this.ask(
        SMALL,
        (path) => path,
        beats.smallMs,
        (ms) => this.answerMs.push(ms),
      ),
      this.ask(REPORTS, ofLately, beats.reportMs, (ms) => this.reportSeconds.push(ms / 1000)),
    ];
  }

  /** What was measured since the last call, and all failures since the start. */
  take(): RhythmCounts {
    const counts = { answerMs: this.answerMs, reportSeconds: this.reportSeconds, failures: new Map(this.failures) };
    this.answerMs = [];
    this.reportSeconds = [];
    return counts;
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await Promise.all(this.loops);
  }

  private isStopped(): boolean {
    return this.abort.signal.aborted;
  }

  private async ask(
    paths: readonly string[],
    addressOf: (path: string) => string,
    everyMs: number,
    note: (ms: number) => unknown,
  ): Promise<void> {
    const { signal } = this.abort;
    for (let turn = 0; !this.isStopped(); turn += 1) {
      const path = paths[turn % paths.length] ?? '/';
      const beganMs = performance.now();
      const fault = await this.get(addressOf(path));
      const tookMs = performance.now() - beganMs;
      if (this.isStopped()) return;
      if (fault === null) note(tookMs);
      else this.noteFailure(`${fault} ${path}`);
      await pause(Math.max(0, everyMs - tookMs), undefined, { signal }).catch(() => undefined);
    }
  }

  private noteFailure(failure: string): void {
    this.failures.set(failure, (this.failures.get(failure) ?? 0) + 1);
  }

  /** null, or what went wrong; too few visitors for an export, and no picture yet, are proper answers. */
  private async get(path: string): Promise<string | null> {
    try {
      const signal = AbortSignal.any([this.abort.signal, AbortSignal.timeout(GIVE_UP_MS)]);
      const response = await fetch(this.url + path, { signal });
      const body = await response.arrayBuffer();
      if (response.ok) return null;
      const text = Buffer.from(body).toString().slice(0, 200);
      const proper = text.includes('PRIVACY_REFUSED') || (response.status === 404 && path.includes('snapshot'));
      return proper ? null : `${response.status} ${text}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
