import type { AuditAct, AuditEntry, AuditOutcome, AuditSink, OpenAct } from '../contracts/service/audit.js';
import type { AuditRecord } from '../contracts/service/audit-record.js';
import type { Clock } from '../runtime/clock.js';
import { EmoscopeError } from '../runtime/errors.js';
import { FaultCounter } from '../runtime/fault-counter.js';
import type { Logger } from '../runtime/logger.js';
import { ChainFile, type ChainLimits } from './chain-file.js';
import type { ChainedEntry } from './entry-line.js';
import { MemoryChain } from './memory-chain.js';

export interface AuditLogOptions {
  /** Folder of the chain; null: memory, which is gone at the end. */
  readonly folder: string | null;
  readonly limits: ChainLimits;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Waiting {
  readonly entry: AuditEntry;
  readonly written: (record: AuditRecord) => void;
  /** null: nobody waits, and it is tried again until it is written. */
  readonly refused: ((error: EmoscopeError) => void) | null;
}

/** Entries that share one write to the disk. */
const PER_COMMIT = 256;
/** What nobody waits for comes with the next beginning, or so much later. */
const REST_MS = 200;
const RETRY_AFTER_MS = 1000;
/** Ends and refusals that wait while the disk refuses; beyond, the oldest are given up, and an entry says how many. */
const MOST_WAITING = 10_000;

const act = (action: string, target: string): AuditAct => ({
  kind: 'security',
  actor: 'service',
  action,
  target,
  address: null,
  requestId: null,
});

/**
 * The audit log. A beginning is on disk before it resolves; those of the same moment share one write. Every entry that is
 * on disk is also said to the logger, with its hash.
 */
export class AuditLog implements AuditSink {
  private readonly chain: Pick<ChainFile, 'append' | 'list'>;
  private readonly logger: Logger;
  private readonly faults: FaultCounter;
  private waiting: Waiting[] = [];
  private lost = 0;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;

  constructor(private readonly options: AuditLogOptions) {
    const { folder, limits, logger } = options;
    this.chain =
      folder === null
        ? new MemoryChain()
        : new ChainFile(folder, limits, (target) => this.entryOf(act('audit.mended', target), 'allowed'));
    this.logger = logger.child({ stage: 'audit' });
    this.faults = new FaultCounter(60_000, (fault, count) =>
      this.logger.error({ fault, count }, 'the audit log cannot be written: what it must record is refused'),
    );
  }

  async begin(begun: AuditAct): Promise<OpenAct> {
    const { seq } = await new Promise<AuditRecord>((written, refused) => {
      this.waiting.push({ entry: { ...this.entryOf(begun, 'allowed'), phase: 'begun' }, written, refused });
      this.writeNow();
    });
    let isOpen = true;
    return {
      end: (phase, outcome) => {
        if (isOpen) this.later({ ...this.entryOf(begun, outcome), phase, of: seq });
        isOpen = false;
      },
    };
  }

  note(done: AuditAct, outcome: AuditOutcome): void {
    this.later(this.entryOf(done, outcome));
  }

  /** Newest first, with what was noted before this call; only entries with a smaller `seq` when given. */
  async list({ beforeSeq, limit }: { readonly beforeSeq: number | null; readonly limit: number }) {
    await this.flush();
    return this.chain.list(beforeSeq, limit);
  }

  /** Tries to write what waits. */
  async flush(): Promise<void> {
    this.writeNow();
    await this.writing;
  }

  /** Writes what waits; what the disk refuses now is said to the logger and gone. */
  async close(): Promise<void> {
    await this.flush();
    if (this.timer !== null) clearTimeout(this.timer);
    for (const { entry } of this.waiting.splice(0)) this.logger.error({ audit: entry }, 'audit entry lost');
  }

  private entryOf(done: AuditAct, outcome: AuditOutcome): AuditEntry {
    return { ...done, ts: this.options.clock.now(), phase: 'finished', outcome, of: null };
  }

  private later(entry: AuditEntry): void {
    this.waiting.push({ entry, written: () => undefined, refused: null });
    this.dropBeyond();
    this.schedule(REST_MS);
  }

  private dropBeyond(): void {
    if (this.waiting.length <= MOST_WAITING) return;
    const patient = this.waiting.filter(({ refused }) => refused === null);
    if (patient.length <= MOST_WAITING) return;
    const [oldest] = patient;
    this.waiting = this.waiting.filter((one) => one !== oldest);
    this.lost += 1;
  }

  private schedule(delayMs: number): void {
    if (this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.writeNow();
    }, delayMs);
    this.timer.unref();
  }

  private writeNow(): void {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
      // What came between the last look and now.
      if (this.waiting.some(({ refused }) => refused !== null)) this.writeNow();
    });
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, PER_COMMIT);
      const { lost } = this;
      const notes = lost > 0 ? [this.entryOf(act('audit.lost', String(lost)), 'failed')] : [];
      let kept: readonly ChainedEntry[];
      try {
        kept = await this.chain.append([...notes, ...batch.map(({ entry }) => entry)]);
      } catch (error) {
        this.refuse(batch, error);
        return;
      }
      this.lost -= lost;
      for (const { record, hash } of kept) this.logger.info({ audit: record, hash }, 'audit');
      batch.forEach(({ written }, n) => {
        const own = kept[n + notes.length];
        if (own !== undefined) written(own.record);
      });
    }
  }

  private refuse(batch: readonly Waiting[], cause: unknown): void {
    this.faults.add((cause as NodeJS.ErrnoException).code ?? 'unknown');
    const why = {
      ru: 'Журнал доступа нельзя записать (нет места на диске или нет прав), поэтому действие не выполнено.',
      en: 'The audit log cannot be written (no room on the disk, or no right to), so nothing was done.',
    };
    const error = new EmoscopeError('AUDIT_WRITE', why, { cause });
    for (const { refused } of batch) refused?.(error);
    this.waiting = [...batch.filter(({ refused }) => refused === null), ...this.waiting];
    if (this.waiting.length > 0) this.schedule(RETRY_AFTER_MS);
  }
}
