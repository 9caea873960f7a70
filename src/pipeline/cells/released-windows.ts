import { EMOTIONS, type EmotionScores } from '../../contracts/emotion.js';
import type { ReleasedFigures } from '../../contracts/events.js';
import type { Me1Aggregate } from '../../contracts/me1.js';
import { EMPTY_WINDOW, type StreamWindows, type WindowMetrics } from '../../contracts/window.js';
import { smileIndex, utilizationPercent } from '../../metrics/smile-index.js';
import type { Clock } from '../../runtime/clock.js';
import { hullOf, isGuarded, releasedCells, type CellSources } from './released.js';

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

interface ReleasedSources extends CellSources {
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
    for (const { id, role } of config().streams) {
      const own = cells.filter((cell) => cell.streamId === id && cell.role === role);
      const [last, today] = [await sumsOf(id, own.slice(-1)), await sumsOf(id, own)];
      const inCell = (ts: number): boolean => own.some(({ fromTs, toTs }) => ts >= fromTs && ts < toTs);
      smiles[id] = this.sources.heldSmiles(id).filter(inCell).length;
      entries.push([id, { '10s': last, '1m': last, '15m': last, today }]);
    }
    this.figures = { streams: Object.fromEntries(entries), smiles };
  }
}
