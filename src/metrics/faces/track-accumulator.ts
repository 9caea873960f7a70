import { EMOTIONS } from '../../contracts/emotion.js';
import { AGE_BUCKETS, type AgeBucket } from '../../contracts/me1.js';
import type { Role } from '../../contracts/role.js';
import type { Sample, TrackSummary } from '../../contracts/sample.js';
import { AttentionSpells } from './attention-spells.js';
import { BestQuality } from './best-quality.js';
import { noAges } from './age-counts.js';
import { meanEmotions, noEmotions } from './emotion-sums.js';
import { ADDS } from './sample-sums.js';

const HISTOGRAM_BINS = 101;

/** Bin of a Happiness: k holds [k, k + 1), 100 holds exactly 100. */
export const happinessBin = (happiness: number): number =>
  Math.min(HISTOGRAM_BINS - 1, Math.max(0, Math.floor(happiness)));

class Track {
  private samples = 0;
  private frameShare = 0;
  private moodSum = 0;
  private maleSamples = 0;
  private femaleSamples = 0;
  private startTs: number;
  private endTs: number;
  private readonly emotionSums = noEmotions();
  private readonly histogram = new Array<number>(HISTOGRAM_BINS).fill(0);
  private readonly ageSamples: Record<AgeBucket, number> = noAges();
  private readonly zones = new Map<string | null, number>();
  private readonly attention = new AttentionSpells();
  private readonly age = new BestQuality();
  private readonly gender = new BestQuality();

  constructor(private readonly first: Sample) {
    this.startTs = first.ts;
    this.endTs = first.ts;
  }

  add(sample: Sample): void {
    this.startTs = Math.min(this.startTs, sample.ts);
    this.endTs = Math.max(this.endTs, sample.ts);
    this.samples += ADDS.samples(sample);
    this.frameShare += ADDS.frameShare(sample);
    this.moodSum += ADDS.mood(sample);
    this.maleSamples += ADDS.male(sample);
    this.femaleSamples += ADDS.female(sample);
    for (const emotion of EMOTIONS) this.emotionSums[emotion] += ADDS[emotion](sample);
    for (const bucket of AGE_BUCKETS) this.ageSamples[bucket] += ADDS[bucket](sample);
    const bin = happinessBin(sample.emotions.happiness);
    this.histogram[bin] = (this.histogram[bin] ?? 0) + 1;
    this.zones.set(sample.zoneId, (this.zones.get(sample.zoneId) ?? 0) + 1);
    this.attention.add(sample.ts, sample.attention);
    if (sample.age !== null) this.age.add(sample.age, sample.quality);
    if (sample.gender !== null) this.gender.add(sample.gender, sample.quality);
  }

  summary(): TrackSummary {
    const { trackId, streamId, role } = this.first;
    const { attentionMs, glances, longestLookMs } = this.attention;
    return {
      trackId,
      streamId,
      role,
      zoneId: this.mainZone(),
      startTs: this.startTs,
      endTs: this.endTs,
      dwellMs: this.endTs - this.startTs,
      samples: this.samples,
      frameShare: this.frameShare,
      happinessHistogram: this.histogram,
      emotions: meanEmotions(this.emotionSums, this.samples),
      moodMean: this.moodSum / this.samples,
      attentionMs,
      glances,
      longestLookMs,
      maleSamples: this.maleSamples,
      femaleSamples: this.femaleSamples,
      ageSamples: this.ageSamples,
      age: this.age.robustMean(),
      gender: this.gender.robustMean(),
    };
  }

  private mainZone(): string | null {
    const [most] = [...this.zones].sort(([, a], [, b]) => b - a);
    return most?.[0] ?? null;
  }
}

/** Turns the samples of one stream into one summary per visitor, when the visitor's track ends. */
export class TrackAccumulator {
  private readonly tracks = new Map<string, Map<Role, Track>>();

  add(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const roles = this.tracks.get(sample.trackId) ?? new Map<Role, Track>();
      this.tracks.set(sample.trackId, roles);
      const track = roles.get(sample.role) ?? new Track(sample);
      roles.set(sample.role, track);
      track.add(sample);
    }
  }

  /** Summaries of the tracks that ended; a track never recognised has none. */
  end(trackIds: readonly string[]): TrackSummary[] {
    return trackIds.flatMap((trackId) => {
      const roles = this.tracks.get(trackId);
      this.tracks.delete(trackId);
      return roles === undefined ? [] : [...roles.values()].map((track) => track.summary());
    });
  }

  /** Ends every open track, as when the stream stops. */
  flush(): TrackSummary[] {
    return this.end([...this.tracks.keys()]);
  }

  /** Tracks that are still open. */
  get open(): number {
    return this.tracks.size;
  }
}
