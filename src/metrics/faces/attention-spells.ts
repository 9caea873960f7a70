/** Looking away for less than this does not end a look. */
const BRIDGE_MS = 500;
/** Time between two samples further apart than this was not seen and counts for nothing. */
const UNSEEN_MS = 2000;

/**
 * Attention time, glances and the longest look of one track. A look lasts from its first attentive sample to the first
 * sample that is not attentive (or to the last one seen); looks less than 500 ms apart are one glance.
 */
export class AttentionSpells {
  attentionMs = 0;
  glances = 0;
  longestLookMs = 0;
  private lookMs = 0;
  private previous: { ts: number; attentive: boolean } | null = null;
  private lastAttentiveTs = -Infinity;

  /** Takes the next sample in order of time; one that goes backwards is taken as a fresh start. */
  add(ts: number, attentive: boolean): void {
    const { previous } = this;
    const elapsedMs = previous === null ? Infinity : ts - previous.ts;
    const seen = elapsedMs >= 0 && elapsedMs <= UNSEEN_MS;
    if (seen && previous?.attentive === true) this.extend(elapsedMs);
    if (attentive) {
      const awayMs = ts - this.lastAttentiveTs;
      const goesOn = seen && (previous?.attentive === true || awayMs < BRIDGE_MS);
      if (!goesOn) {
        this.glances += 1;
        this.lookMs = 0;
      }
      this.lastAttentiveTs = ts;
    }
    this.previous = { ts, attentive };
  }

  private extend(elapsedMs: number): void {
    this.attentionMs += elapsedMs;
    this.lookMs += elapsedMs;
    this.longestLookMs = Math.max(this.longestLookMs, this.lookMs);
  }
}
