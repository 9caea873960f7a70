import type { MetricsEvent, MetricsHistory } from '../../contracts/events.js';

const SPAN_MS = 900_000;

interface Point {
  readonly ts: number;
  readonly streams: Readonly<Record<string, { readonly samples: number; readonly absolute: number }>>;
}

/** The curves of the last quarter of an hour as one audience was given them, so that a page that comes later has them too. */
export class CurveMemory {
  private points: Point[] = [];

  /**
   * Takes the points of an earlier run. Those given out since stand as they were given out, or, where `instead`, are
   * replaced as far as these reach.
   */
  seed({ ts, streams }: MetricsHistory, { instead }: { readonly instead: boolean }): void {
    const lastTs = instead ? (ts.at(-1) ?? -Infinity) : -Infinity;
    const own = this.points.filter((point) => point.ts > lastTs);
    const firstTs = own[0]?.ts ?? Infinity;
    const earlier = ts.map((at, index) => ({
      ts: at,
      streams: Object.fromEntries(
        Object.entries(streams).map(([id, { samples, absolute }]) => [
          id,
          { samples: samples[index] ?? 0, absolute: absolute[index] ?? 0 },
        ]),
      ),
    }));
    this.points = [...earlier.filter((point) => point.ts < firstTs), ...own];
  }

  /** Takes an event just given out; points that a clock set back left in the future go. */
  add({ ts, streams }: MetricsEvent): void {
    const tens = Object.entries(streams).map(([id, windows]) => {
      const { samples, absolute } = windows['10s'];
      return [id, { samples, absolute }] as const;
    });
    this.points = this.points.filter((point) => point.ts > ts - SPAN_MS && point.ts < ts);
    this.points.push({ ts, streams: Object.fromEntries(tens) });
  }

  /** The curves of the streams that are wanted. */
  read(wants: (streamId: string) => boolean): MetricsHistory {
    const ids = [...new Set(this.points.flatMap(({ streams }) => Object.keys(streams)))].filter(wants);
    const column = (id: string, key: 'samples' | 'absolute'): number[] =>
      this.points.map(({ streams }) => streams[id]?.[key] ?? 0);
    return {
      ts: this.points.map(({ ts }) => ts),
      streams: Object.fromEntries(
        ids.map((id) => [id, { samples: column(id, 'samples'), absolute: column(id, 'absolute') }]),
      ),
    };
  }
}
