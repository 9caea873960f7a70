import type { StreamConfig } from '../../config/schema.js';
import type { ProbeOutcome } from '../../contracts/service/probe-outcome.js';
import type { StreamStatus } from '../../contracts/stream.js';

/** The cameras: their state, their configuration. Changes apply at once and are written back. */
export interface StreamsPort {
  list(): readonly StreamStatus[];
  /** null for an unknown id. */
  get(id: string): StreamStatus | null;
  /** As configured, secrets included (the API redacts); null for an unknown id. */
  configOf(id: string): StreamConfig | null;
  /** Throws STREAM_EXISTS, CONFIG_INVALID, PRIVACY_REFUSED. */
  add(stream: StreamConfig): Promise<StreamStatus>;
  /** Replaces the named fields; throws STREAM_UNKNOWN, CONFIG_INVALID, PRIVACY_REFUSED. */
  patch(id: string, patch: Partial<Omit<StreamConfig, 'id'>>): Promise<StreamStatus>;
  /** Throws STREAM_UNKNOWN, or CONFLICT while a contact point needs it. */
  remove(id: string): Promise<void>;
  /** A one-off look at a source, 10 s at most; faults come back as a reason, never thrown. */
  probe(
    source: { readonly url: string } & Pick<StreamConfig, 'transport' | 'certificate' | 'allow' | 'rotate'>,
    signal: AbortSignal,
  ): Promise<ProbeOutcome>;
}
