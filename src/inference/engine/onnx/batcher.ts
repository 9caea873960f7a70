import { EmoscopeError, type ErrorCode } from '../../../runtime/errors.js';
import type { DescribeJob, DetectJob, FoundFace } from '../port.js';
import type { FaceDescription } from '../../describe/face-description.js';
import { WorkRecord } from '../work-record.js';
import { dearestFirst } from './face-cost.js';
import { mergeFaces } from './merge-faces.js';
import { type Shared, allTaken, nothingTaken } from './shared-job.js';
import type { Described, Detected, OnnxAnswer, OnnxTask } from './worker-protocol.js';

/** An inference thread of this engine: does one task after the other. */
export interface OnnxWorker {
  /** Tasks given and not yet answered. */
  readonly load: number;
  run(task: OnnxTask): Promise<OnnxAnswer>;
  close(): Promise<void>;
}

interface Waiting<Job, Answer> {
  readonly job: Job;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Hands waiting jobs of all streams to free inference threads, several as one batch. Descriptions go before detections,
 * so that a frame begun is finished before a new one starts. Its queue is bounded by the frames in work.
 */
export class Batcher {
  readonly detections = new WorkRecord();
  readonly descriptions = new WorkRecord();
  rejectedBatches = 0;
  private workers: readonly OnnxWorker[] = [];
  private detectQueue: Waiting<Shared<DetectJob>, Detected>[] = [];
  private describeQueue: Waiting<Shared<DescribeJob>, Described>[] = [];
  private closed = false;
  private refusal: EmoscopeError | null = null;

  private maxJobs = 1;

  constructor(private readonly onRejected: (error: EmoscopeError) => void) {}

  /** The threads to use from now on, and how much one of them is given at once. */
  use(workers: readonly OnnxWorker[], maxJobs: number): void {
    if (workers.length > 0) this.refusal = null;
    this.workers = workers;
    this.maxJobs = maxJobs;
    this.dispatch();
  }

  async detect(job: DetectJob): Promise<FoundFace[]> {
    const shares = this.shares(job, job.regions.length);
    const asked = shares.map((share) => this.enqueue(this.detectQueue, share));
    const seen = await allItems(asked, job.regions.length, ({ looks }) => looks);
    const faces = seen.flatMap((one) => one.faces);
    return shares.length === 1 ? faces : mergeFaces(faces);
  }

  async describe(job: DescribeJob): Promise<FaceDescription[]> {
    const order = dearestFirst(job.faces);
    const faces = order.map(({ face }) => face);
    const shares = this.shares({ ...job, faces }, faces.length);
    const asked = shares.map((share) => this.enqueue(this.describeQueue, share));
    const results = await allItems(asked, faces.length, ({ places }) => places.length);
    const described: FaceDescription[] = [];
    for (const one of results) {
      one.places.forEach((place, i) => {
        const description = one.faces[i];
        const at = order[place]?.place;
        if (description !== undefined && at !== undefined) described[at] = description;
      });
    }
    return described;
  }

  /** A job for one thread, or for all of them to share where nothing else waits. None without items. */
  private shares<Job>(job: Job, items: number): Shared<Job>[] {
    const alone = this.detectQueue.length === 0 && this.describeQueue.length === 0;
    const threads = Math.min(items, alone ? Math.max(1, this.workers.length) : 1);
    const taken = threads > 1 ? nothingTaken() : undefined;
    return Array.from({ length: threads }, () => ({ ...job, taken }));
  }

  /** Whether jobs are taken. */
  get available(): boolean {
    return !this.closed && this.refusal === null;
  }

  /** No thread is left and none can be started: rejects what waits, and what comes until `use` brings threads. */
  refuse(refusal: EmoscopeError): void {
    this.refusal = refusal;
    this.rejectWaiting(refusal);
  }

  /** Rejects what waits; what runs is finished by the threads. */
  close(): void {
    this.closed = true;
    this.rejectWaiting(closedError());
  }

  private rejectWaiting(error: EmoscopeError): void {
    const waiting = [...this.detectQueue, ...this.describeQueue];
    this.detectQueue = [];
    this.describeQueue = [];
    for (const { reject } of waiting) reject(error);
  }

  private enqueue<Job, Answer>(queue: Waiting<Job, Answer>[], job: Job): Promise<Answer> {
    if (this.closed) return Promise.reject(closedError());
    if (this.refusal !== null) return Promise.reject(this.refusal);
    return new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      this.dispatch();
    });
  }

  private dispatch(): void {
    this.detectQueue = withoutTaken(this.detectQueue, ({ regions }) => regions.length, { faces: [], looks: 0 });
    this.describeQueue = withoutTaken(this.describeQueue, ({ faces }) => faces.length, { faces: [], places: [] });
    for (const worker of this.workers.toSorted((a, b) => a.load - b.load)) {
      if (worker.load > (this.nextIsShare ? 1 : 0)) continue;
      if (this.describeQueue.length > 0) this.startDescriptions(worker);
      else if (this.detectQueue.length > 0) this.startDetections(worker);
      else return;
    }
  }

  /**
   * A share may wait in its thread, so that the thread goes on without asking; if it comes late, others have done the work.
   * Anything else waits here for the thread that is free first.
   */
  private get nextIsShare(): boolean {
    return (this.describeQueue[0] ?? this.detectQueue[0])?.job.taken !== undefined;
  }

  /** One thread takes its portion of the queue, so that the others get theirs; one at work takes one share. */
  private portion(waiting: number, worker: OnnxWorker): number {
    return worker.load > 0 ? 1 : Math.min(this.maxJobs, Math.ceil(waiting / Math.max(1, this.workers.length)));
  }

  private startDetections(worker: OnnxWorker): void {
    const batch = this.detectQueue.splice(0, this.portion(this.detectQueue.length, worker));
    const task: OnnxTask = { kind: 'detect', jobs: batch.map(({ job }) => job) };
    this.run(worker, task, batch, (answer) => {
      if (answer.kind !== 'detected') return [];
      count(
        this.detections,
        answer.ms,
        answer.results.map(({ looks }) => looks),
      );
      return answer.results;
    });
  }

  private startDescriptions(worker: OnnxWorker): void {
    const batch = this.describeQueue.splice(0, this.portion(this.describeQueue.length, worker));
    const task: OnnxTask = { kind: 'describe', jobs: batch.map(({ job }) => job) };
    this.run(worker, task, batch, (answer) => {
      if (answer.kind !== 'described') return [];
      count(
        this.descriptions,
        answer.ms,
        answer.results.map(({ faces }) => faces.length),
      );
      return answer.results;
    });
  }

  private run<Job, Answer>(
    worker: OnnxWorker,
    task: OnnxTask,
    batch: readonly Waiting<Job, Answer>[],
    answersOf: (answer: OnnxAnswer) => readonly Answer[],
  ): void {
    const settle = (answer: OnnxAnswer): void => {
      if (answer.kind === 'failed') {
        this.fail(batch, new EmoscopeError(answer.code as ErrorCode, answer.message));
        return;
      }
      const answers = answersOf(answer);
      batch.forEach((waiting, i) => {
        const own = answers[i];
        if (own === undefined) waiting.reject(new EmoscopeError('INTERNAL', 'An inference batch lost an answer.'));
        else waiting.resolve(own);
      });
    };
    worker
      .run(task)
      .then(settle, (error: unknown) =>
        this.fail(batch, error instanceof EmoscopeError ? error : new EmoscopeError('INTERNAL', 'Inference failed.')),
      )
      .finally(() => this.dispatch());
  }

  private fail(batch: readonly { reject(error: unknown): void }[], error: EmoscopeError): void {
    this.rejectedBatches += 1;
    for (const waiting of batch) waiting.reject(error);
    this.onRejected(error);
  }
}

/** What is left of a queue without the shares of jobs whose items are all taken, which are answered with `nothing`. */
const withoutTaken = <Job, Answer>(
  queue: readonly Waiting<Shared<Job>, Answer>[],
  itemsOf: (job: Job) => number,
  nothing: Answer,
): Waiting<Shared<Job>, Answer>[] =>
  queue.filter(({ job, resolve }) => {
    if (!allTaken(job, itemsOf(job))) return true;
    resolve(nothing);
    return false;
  });

/** The answers that cover a job's items; a thread that comes when all is done is not waited for. */
const allItems = <Answer>(
  asked: readonly Promise<Answer>[],
  items: number,
  countOf: (answer: Answer) => number,
): Promise<Answer[]> =>
  new Promise((resolve, reject) => {
    const answers: Answer[] = [];
    let left = items;
    const take = (answer: Answer): void => {
      answers.push(answer);
      left -= countOf(answer);
      if (left <= 0 || answers.length === asked.length) resolve(answers);
    };
    if (asked.length === 0) resolve(answers);
    for (const answer of asked) answer.then(take, reject);
  });

/** A run counts by what it did; one that came too late for its shares did nothing. */
const count = (record: WorkRecord, ms: number, items: readonly number[]): void => {
  const total = items.reduce((sum, one) => sum + one, 0);
  if (total > 0) record.add(total, ms);
};

const closedError = (): EmoscopeError => new EmoscopeError('ENGINE_CLOSED', 'The inference engine has been stopped.');
