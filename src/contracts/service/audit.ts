/** What an audited act was about; `personal-data` covers looking at faces, exporting samples and reading single contacts. */
export const AUDIT_KINDS = ['administration', 'personal-data', 'security'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/**
 * How far an act is: `begun` is written before anything leaves; `finished` after it was answered to its end, or in place
 * of both where nothing had to be written before; `aborted` where the answer was cut off.
 */
export const AUDIT_PHASES = ['begun', 'finished', 'aborted'] as const;
export type AuditPhase = (typeof AUDIT_PHASES)[number];

export const AUDIT_OUTCOMES = ['allowed', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who does what, to what, from where; holds no secret and no measurement. */
export interface AuditAct {
  readonly kind: AuditKind;
  /** Account or key that acts: `user:anna`, `key:till-display`, `loopback`, `anonymous`, `cli:root`, `service`. */
  readonly actor: string;
  /** Verb in the form `streams.patch`, `snapshot.view`, `auth.login`. */
  readonly action: string;
  /** Id of the thing acted on, or null. */
  readonly target: string | null;
  /** Client address, or null where there is none. */
  readonly address: string | null;
  readonly requestId: string | null;
}

/** One entry of the append-only audit log. */
export interface AuditEntry extends AuditAct {
  /** Epoch ms UTC. */
  readonly ts: number;
  readonly phase: AuditPhase;
  readonly outcome: AuditOutcome;
  /** `seq` of the entry with which this act began; null for that entry itself and for acts of one entry. */
  readonly of: number | null;
}

/** An act whose beginning is on disk. */
export interface OpenAct {
  /** Notes its end; the first call counts. Never throws: what the disk refuses is written later. */
  end(phase: 'finished' | 'aborted', outcome: AuditOutcome): void;
}

/** Where acts are recorded. */
export interface AuditSink {
  /** Resolves when the beginning is on disk; throws AUDIT_WRITE, and then the act must not happen. */
  begin(act: AuditAct): Promise<OpenAct>;
  /** One entry for an act of which nothing had to be written before. Never throws. */
  note(act: AuditAct, outcome: AuditOutcome): void;
}
