import type { AuditAct, AuditSink, OpenAct } from '../../contracts/service/audit.js';

/** The looks at single people that one live subscription has open, for the audit log. */
export class Looks {
  private open: readonly OpenAct[] = [];

  /**
   * Has the beginning of new looks on disk, and ends those before. Throws AUDIT_WRITE; then none has begun and those before
   * go on.
   */
  async begin(sink: AuditSink, acts: readonly AuditAct[]): Promise<void> {
    const begun: OpenAct[] = [];
    try {
      for (const act of acts) begun.push(await sink.begin(act));
    } catch (error) {
      for (const act of begun) act.end('aborted', 'failed');
      throw error;
    }
    this.end();
    this.open = begun;
  }

  /** Notes the end of every open look. */
  end(): void {
    for (const act of this.open) act.end('finished', 'allowed');
    this.open = [];
  }
}
