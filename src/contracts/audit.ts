/** What an audited act was about; `personal-data` covers looking at faces, exporting samples and reading single contacts. */
export const AUDIT_KINDS = ['administration', 'personal-data', 'security'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** One line of the append-only audit log; holds no secret and no measurement. */
export interface AuditEntry {
  /** Epoch ms UTC. */
  readonly ts: number;
  readonly kind: AuditKind;
  /** Account or key that acted: `user:anna`, `key:till-display`, `loopback`, `anonymous`, `cli`. */
  readonly actor: string;
  /** Verb in the form `streams.patch`, `snapshot.view`, `auth.login`. */
  readonly action: string;
  /** Id of the thing acted on, or null. */
  readonly target: string | null;
  readonly outcome: 'allowed' | 'refused' | 'failed';
  /** Client address, or null where there is none. */
  readonly address: string | null;
  readonly requestId: string | null;
}

/** An entry as stored; `seq` grows by one per entry and orders the log. */
export interface AuditRecord extends AuditEntry {
  readonly seq: number;
}
