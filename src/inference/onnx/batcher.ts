import { EmoscopeError, type ErrorCode } from '../../runtime/errors.js';
import type { DescribeJob, DetectJob, FaceDescription, FoundFace } from '../engine-port.js';
import { WorkRecord } from '../work-record.js';
import { evenShares, faceCost, inOrder } from './even-shares.js';
import { mergeFaces } from './merge-faces.js';
import type { DetectShare, OnnxAnswer, OnnxTask } from './worker-protocol.js';

/** An inference thread of this engine: takes one task at a time. */
export interface OnnxWorker {
  readonly busy: boolean;
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
  private detectQueue: Waiting<DetectShare, FoundFace[]>[] = [];
  private describeQueue: Waiting<DescribeJob, FaceDescription[]>[] = [];
  private nextId = 1;
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

  /** Splits a job over the idle threads when nobody else wants them. */
  async detect(job: DetectJob): Promise<FoundFace[]> {
    const shares = evenShares(job.regions, this.takers, () => 1);
    if (shares.length === 1) return this.enqueue(this.detectQueue, job);
    const found = await Promise.all(
      shares.map(({ items }) => this.enqueue(this.detectQueue, { ...job, regions: items, share: true })),
    );
    return mergeFaces(found.flat());
  }

  /** Splits a job over the idle threads when nobody else wants them. */
  async describe(job: DescribeJob): Promise<FaceDescription[]> {
    const shares = evenShares(job.faces, this.takers, faceCost);
    const answers = await Promise.all(
      shares.map(({ items }) => this.enqueue(this.describeQueue, { ...job, faces: items })),
    );
    return inOrder(shares, answers);
  }

  /** How many threads a job may be split over: the idle ones where nothing else waits. */
  private get takers(): number {
    const alone = this.detectQueue.length === 0 && this.describeQueue.length === 0;
    return alone ? Math.max(1, this.idle) : 1;
  }

  private get idle(): number {
    return this.workers.filter((worker) => !worker.busy).length;
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
    for (const worker of this.workers) {
      if (worker.busy) continue;
      if (this.describeQueue.length > 0) this.startDescriptions(worker);
      else if (this.detectQueue.length > 0) this.startDetections(worker);
      else return;
    }
  }

  /** One thread takes its portion of the queue, so that the others get theirs. */
  private portion(waiting: number): number {
    return Math.min(this.maxJobs, Math.ceil(waiting / Math.max(1, this.idle)));
  }

  private startDetections(worker: OnnxWorker): void {
    const batch = this.detectQueue.splice(0, this.portion(this.detectQueue.length));
    const task: OnnxTask = { id: this.nextId++, kind: 'detect', jobs: batch.map(({ job }) => job) };
    this.run(worker, task, batch, this.detections, (answer) => (answer.kind === 'detected' ? answer.faces : []));
  }

  private startDescriptions(worker: OnnxWorker): void {
    const batch = this.describeQueue.splice(0, this.portion(this.describeQueue.length));
    const task: OnnxTask = { id: this.nextId++, kind: 'describe', jobs: batch.map(({ job }) => job) };
    this.run(worker, task, batch, this.descriptions, (answer) => (answer.kind === 'described' ? answer.faces : []));
  }

  private run<Answer>(
    worker: OnnxWorker,
    task: OnnxTask,
    batch: readonly Waiting<DetectJob | DescribeJob, Answer>[],
    record: WorkRecord,
    answersOf: (answer: OnnxAnswer) => readonly Answer[],
  ): void {
    const settle = (answer: OnnxAnswer): void => {
      if (answer.kind === 'failed') {
        this.fail(batch, new EmoscopeError(answer.code as ErrorCode, answer.message));
        return;
      }
      const items = batch.map(({ job }) => ('regions' in job ? job.regions.length : job.faces.length));
      record.add(
        items.reduce((sum, count) => sum + count, 0),
        answer.ms,
      );
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

const closedError = (): EmoscopeError => new EmoscopeError('ENGINE_CLOSED', 'The inference engine has been stopped.');
