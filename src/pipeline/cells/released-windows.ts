import type { Config } from '../../config/schema.js';
import { EMOTIONS, type EmotionScores } from '../../contracts/emotion.js';
import type { MetricsHistory, ReleasedFigures } from '../../contracts/events.js';
import type { Me1Aggregate } from '../../contracts/me1.js';
import { COUNTER_ROLE } from '../../contracts/role.js';
import { EMPTY_WINDOW, type StreamWindows, type WindowMetrics } from '../../contracts/window.js';
import { CELL_MS, SETTLE_MS } from '../../disclosure/policy.js';
import { RING_SECONDS } from '../../metrics/faces/live/rolling-windows.js';
import { smileIndex, utilizationPercent } from '../../metrics/faces/smile-index.js';
import type { Clock } from '../../runtime/clock.js';
import type { PortraitReader } from '../../store/ports/portrait-reader.js';
import { hullOf, isGuarded, releasedCells, type CellSources } from '../../reporting/released/released.js';

const windowOf = (sums: Me1Aggregate | undefined): WindowMetrics => {
  if (sums === undefined) return EMPTY_WINDOW;
  const { samples, absolute, framesWithFaces, analysedFrames, emotionSums, clusters } = sums;
  const { x: visitors, y: smilingVisitors } = clusters.ratios.person;
  const all = { absolute, framesWithFaces, samples, happinessSum: emotionSums.happiness, visitors, smilingVisitors };
  const mean = (emotion: (typeof EMOTIONS)[number]) => [emotion, emotionSums[emotion] / samples] as const;
  return {
    smileIndex: smileIndex(all, 'face', 0),
    smilingPersons: smileIndex(all, 'person', 0),
    absolute,
    frames: analysedFrames,
    framesWithFaces,
    utilizationPercent: utilizationPercent(framesWithFaces, analysedFrames),
    samples,
    emotions: samples === 0 ? null : (Object.fromEntries(EMOTIONS.map(mean)) as EmotionScores),
    mood: samples === 0 ? null : sums.moodSum / samples,
    visitors,
    malePercent: null,
    meanAgeYears: null,
  };
};

/** Counters have no windows. */
const withFaces = ({ streams }: Config): Config['streams'] => streams.filter(({ role }) => role !== COUNTER_ROLE);

interface ReleasedSources extends CellSources {
  readonly store: CellSources['store'] & Pick<PortraitReader, 'me1'>;
  readonly clock: Pick<Clock, 'now'>;
  /** When today's smiles of a stream's visitors were held, epoch ms. */
  readonly heldSmiles: (streamId: string) => readonly number[];
}

/**
 * Live figures for those who may not see faces: windows that slide by the second tell single visitors by their
 * differences, so these are made of whole cells, the last one and all of today, and move when a cell is given out.
 */
export class ReleasedWindows {
  private figures: ReleasedFigures = { streams: {}, smiles: {} };

  constructor(
    private readonly sources: ReleasedSources,
    private readonly threshold: number,
  ) {}

  /** The windows and held smiles by stream; null where small groups are not guarded. */
  current(): ReleasedFigures | null {
    return isGuarded(this.sources) ? this.figures : null;
  }

  /**
   * The curve of the last quarter of an hour up to `nowTs`: at each second the newest cell of today that had been given
   * out by then. null where small groups are not guarded.
   */
  async history(nowTs: number): Promise<MetricsHistory | null> {
    if (!isGuarded(this.sources)) return null;
    const { store, config, localTime } = this.sources;
    const period = { fromTs: localTime.startOfDay(nowTs), toTs: localTime.startOfDay(nowTs, 1) };
    const cells = await releasedCells(this.sources, period, { level: 'cell' });
    const newest = Math.floor(nowTs / 1000);
    const ts = Array.from({ length: RING_SECONDS - 1 }, (_, at) => (newest - RING_SECONDS + 2 + at) * 1000);
    const columnsOf = async (streamId: string, own: typeof cells) => {
      const samples = ts.map(() => 0);
      const absolute = ts.map(() => 0);
      // One is given out when the next one has closed, too; when that was is not known of the newest, but the earliest is.
      const givenTs = own.map(({ toTs }, at) => (own[at + 1]?.toTs ?? toTs + CELL_MS) + SETTLE_MS);
      for (const [at, cell] of own.entries()) {
        const from = ts.findIndex((second) => second >= (givenTs[at] ?? Infinity));
        const isReplaced = (givenTs[at + 1] ?? Infinity) <= (ts[0] ?? nowTs);
        if (from === -1 || isReplaced) continue;
        const params = { ...hullOf([cell], period), streams: [streamId], threshold: this.threshold, within: [cell] };
        const { aggregates } = await store.me1({ ...params, smileIndex: 'face' });
        samples.fill(aggregates[0]?.samples ?? 0, from);
        absolute.fill(aggregates[0]?.absolute ?? 0, from);
      }
      return { samples, absolute };
    };
    const streams: Record<string, Awaited<ReturnType<typeof columnsOf>>> = {};
    for (const { id, role } of withFaces(config()))
      streams[id] = await columnsOf(
        id,
        cells.filter((cell) => cell.streamId === id && cell.role === role),
      );
    const first = ts.findIndex((_, at) => Object.values(streams).some(({ samples }) => (samples[at] ?? 0) > 0));
    const from = first === -1 ? ts.length : first;
    return {
      ts: ts.slice(from),
      streams: Object.fromEntries(
        Object.entries(streams).map(([id, { samples, absolute }]) => [
          id,
          { samples: samples.slice(from), absolute: absolute.slice(from) },
        ]),
      ),
    };
  }

  /** Reads the figures of today's cells anew. */
  async refresh(): Promise<void> {
    if (!isGuarded(this.sources)) return;
    const { store, config, clock, localTime } = this.sources;
    const now = clock.now();
    const period = { fromTs: localTime.startOfDay(now), toTs: localTime.startOfDay(now, 1) };
    const cells = await releasedCells(this.sources, period, { level: 'cell' });
    const sumsOf = async (streamId: string, within: typeof cells): Promise<WindowMetrics> => {
      if (within.length === 0) return { ...EMPTY_WINDOW, covered: null };
      const covered = hullOf(within, period);
      const params = { ...covered, streams: [streamId], threshold: this.threshold, within };
      const { aggregates } = await store.me1({ ...params, smileIndex: 'face' });
      return { ...windowOf(aggregates[0]), covered };
    };
    const entries: [string, StreamWindows][] = [];
    const smiles: Record<string, number> = {};
    for (const { id, role } of withFaces(config())) {
      const own = cells.filter((cell) => cell.streamId === id && cell.role === role);
      const [last, today] = [await sumsOf(id, own.slice(-1)), await sumsOf(id, own)];
      const inCell = (ts: number): boolean => own.some(({ fromTs, toTs }) => ts >= fromTs && ts < toTs);
      smiles[id] = this.sources.heldSmiles(id).filter(inCell).length;
      entries.push([id, { '10s': last, '1m': last, '15m': last, today }]);
    }
    this.figures = { streams: Object.fromEntries(entries), smiles };
  }
}
