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

const EXPORT_MS = 10 * 60_000;
/** An export grows with its period; one of the same length throughout asks the same of every minute. */
const latestSamples = (): string =>
  `/api/v1/samples/export?${new URLSearchParams({
    from: new Date(Date.now() - EXPORT_MS).toISOString(),
    to: new Date().toISOString(),
  }).toString()}`;

/** Of the last 24 hours, which is what the API takes where no period is named, but for the export. */
const REPORTS: readonly (string | (() => string))[] = [
  '/api/v1/reports/me1',
  '/api/v1/reports/me1?format=csv',
  '/api/v1/reports/questions',
  '/api/v1/reports/me1?format=xlsx',
  '/api/v1/metrics/series?bucket=1m',
  '/api/v1/reports/me1?format=pdf',
  '/api/v1/reports/visitors',
  '/api/v1/reports/questions?format=xlsx',
  '/api/v1/reports/contacts?format=pdf',
  latestSamples,
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
      this.ask(SMALL, beats.smallMs, (ms) => this.answerMs.push(ms)),
      this.ask(REPORTS, beats.reportMs, (ms) => this.reportSeconds.push(ms / 1000)),
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
    paths: readonly (string | (() => string))[],
    everyMs: number,
    note: (ms: number) => unknown,
  ): Promise<void> {
    const { signal } = this.abort;
    for (let turn = 0; !this.isStopped(); turn += 1) {
      const next = paths[turn % paths.length] ?? '/';
      const path = typeof next === 'string' ? next : next();
      const beganMs = performance.now();
      const fault = await this.get(path);
      const tookMs = performance.now() - beganMs;
      if (this.isStopped()) return;
      if (fault === null) note(tookMs);
      else this.noteFailure(`${fault} ${path.replace(/\?from=.*/, '')}`);
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
