interface Reading {
  readonly quality: number;
  readonly value: number;
}

/** Keeps the readings of the best-quality samples of a track and averages them robustly; constant memory. */
export class BestQuality {
  private readonly readings: Reading[] = [];

  constructor(private readonly limit = 15) {}

  add(value: number, quality: number): void {
    const at = this.readings.findIndex((reading) => reading.quality < quality);
    if (at === -1 && this.readings.length >= this.limit) return;
    this.readings.splice(at === -1 ? this.readings.length : at, 0, { quality, value });
    if (this.readings.length > this.limit) this.readings.pop();
  }

  /** Mean without the lowest and the highest fifth; null without a reading. */
  robustMean(): number | null {
    if (this.readings.length === 0) return null;
    const values = this.readings.map((reading) => reading.value).sort((a, b) => a - b);
    const cut = Math.floor(values.length / 5);
    const kept = values.slice(cut, values.length - cut);
    return kept.reduce((sum, value) => sum + value, 0) / kept.length;
  }
}
