import { signal, type ReadonlySignal } from '@preact/signals';
import { dateOf } from './period.js';

interface Tally {
  readonly date: string;
  readonly smiles: number;
}

const EMPTY: Tally = { date: '', smiles: 0 };

const read = (key: string): Tally => {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Tally> | null;
    return typeof value?.date === 'string' && typeof value.smiles === 'number'
      ? { date: value.date, smiles: value.smiles }
      : EMPTY;
  } catch {
    return EMPTY;
  }
};

/** Smiles of the day at one screen: each visitor counts once. Kept as a bare number, for today only. */
export class SmileCounter {
  readonly #key: string;
  readonly #timeZone: string | undefined;
  readonly #counted = new Set<string>();
  readonly #tally;

  constructor(streamId: string, timeZone: string | undefined) {
    this.#key = `emoscope.smiles.${streamId}`;
    this.#timeZone = timeZone;
    this.#tally = signal(read(this.#key));
  }

  get tally(): ReadonlySignal<Tally> {
    return this.#tally;
  }

  /** How many today, as of `now`. */
  today(now: number): number {
    const { date, smiles } = this.#tally.value;
    return date === dateOf(now, this.#timeZone) ? smiles : 0;
  }

  /** Counts a visitor's smile unless this visitor was counted already; true when it was new. */
  count(trackId: string, now: number): boolean {
    if (this.#counted.has(trackId)) return false;
    this.#counted.add(trackId);
    const next = { date: dateOf(now, this.#timeZone), smiles: this.today(now) + 1 };
    this.#tally.value = next;
    localStorage.setItem(this.#key, JSON.stringify(next));
    return true;
  }
}
