import type { Role } from '../../../contracts/role.js';
import { HELD_SMILE } from '../../../contracts/window.js';
import type { LocalTime } from '../../../time/local-time.js';
import type { SampledFrame } from '../sample.js';

interface Smiler {
  /** Since when every sample has been a smile; null: the last one was none. */
  sinceTs: number | null;
  /** When a smile had been held for the first time; null: not yet. */
  heldTs: number | null;
}

/**
 * Smiles held before one camera during the running local day: each track counts once, at the sample that completes the
 * half second. A face that turns out not to live is taken back.
 */
export class HeldSmiles {
  private day = { fromTs: 0, toTs: 0 };
  private smilers = new Map<string, Smiler>();
  /** When each was held, epoch ms. */
  private held: number[] = [];

  constructor(private readonly options: { readonly role: Role; readonly localTime: LocalTime }) {}

  /** Adds the smiles of `nowTs`'s day that were held before the first frame, unless that day is over. */
  resume(heldTs: readonly number[], nowTs: number): void {
    if (this.day.toTs === 0) this.turnDay(nowTs);
    if (nowTs >= this.day.fromTs && nowTs < this.day.toTs) this.held = [...heldTs, ...this.held];
  }

  add(result: SampledFrame): void {
    this.turnDay(result.ts);
    for (const { trackId, rejected } of result.faces) if (rejected === 'still') this.takeBack(trackId);
    for (const { role, trackId, emotions } of result.samples) {
      if (role !== this.options.role) continue;
      const smiler = this.smilers.get(trackId) ?? { sinceTs: null, heldTs: null };
      this.smilers.set(trackId, smiler);
      smiler.sinceTs = emotions.happiness >= HELD_SMILE.level ? (smiler.sinceTs ?? result.ts) : null;
      if (smiler.heldTs !== null || smiler.sinceTs === null || result.ts - smiler.sinceTs < HELD_SMILE.ms) continue;
      smiler.heldTs = result.ts;
      this.held.push(result.ts);
    }
    for (const trackId of result.endedTracks) this.smilers.delete(trackId);
  }

  /** When the smiles of `nowTs`'s day were held, epoch ms. */
  times(nowTs: number): readonly number[] {
    return nowTs >= this.day.fromTs && nowTs < this.day.toTs ? this.held : [];
  }

  private takeBack(trackId: string): void {
    const heldTs = this.smilers.get(trackId)?.heldTs ?? null;
    const at = heldTs === null ? -1 : this.held.indexOf(heldTs);
    if (at !== -1) this.held.splice(at, 1);
    this.smilers.delete(trackId);
  }

  private turnDay(ts: number): void {
    if (ts >= this.day.fromTs && ts < this.day.toTs) return;
    const { localTime } = this.options;
    this.day = { fromTs: localTime.startOfDay(ts), toTs: localTime.startOfDay(ts, 1) };
    this.smilers = new Map();
    this.held = [];
  }
}
