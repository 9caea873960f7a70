import { EMOTIONS } from '../contracts/emotion.js';
import { AGE_BUCKETS, type Me1Aggregate, type Me1Params, type RatioName, type SeriesSums } from '../contracts/me1.js';
import type { FrameResult } from '../contracts/face.js';
import type { Role } from '../contracts/role.js';
import type { Sample } from '../contracts/sample.js';
import { ageBucketOf, isMale, noAges } from './demographics.js';
import { addEmotions, noEmotions } from './emotion-sums.js';
import { rolesOf, type StreamLayout } from './frame-counter.js';
import type { LocalTime } from '../time/local-time.js';
import { wholeSeconds } from '../time/whole-seconds.js';
import { perRatio, personMoments } from './me1-aggregate.js';
import { samplesOf } from './sample.js';
import { isSmile } from './smile-index.js';
import { noMoments, withTrack } from './statistics/ratio.js';
import { VisitTally, type Visit } from './visit-tally.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** Per-track totals: y and x of each ratio. */
type TrackTotals = Record<RatioName, { y: number; x: number }>;

interface Row {
  readonly streamId: string;
  readonly role: Role;
  readonly sums: Mutable<Omit<Me1Aggregate, 'clusters' | 'emotionSums' | 'ages' | 'streamId' | 'role'>>;
  readonly emotionSums: ReturnType<typeof noEmotions>;
  readonly ages: ReturnType<typeof noAges>;
  readonly tracks: Map<string, TrackTotals>;
}

const newRow = (streamId: string, role: Role): Row => ({
  streamId,
  role,
  sums: { analysedFrames: 0, framesWithFaces: 0, samples: 0, absolute: 0, moodSum: 0, male: 0, female: 0 },
  emotionSums: noEmotions(),
  ages: noAges(),
  tracks: new Map(),
});

const emptySeries = (streamId: string, role: Role): SeriesSums => ({
  ts: 0,
  streamId,
  role,
  analysedFrames: 0,
  framesWithFaces: 0,
  samples: 0,
  absolute: 0,
  happinessSum: 0,
  visitors: 0,
  smilingVisitors: 0,
});

const newTotals = (): TrackTotals => perRatio(() => noMoments());

/** Builds the aggregates of МЭ-1 straight from frame results, as an offline run has them; keeps totals per track. */
export class Me1Accumulator {
  private readonly rows = new Map<string, Row>();
  private readonly buckets = new Map<string, Mutable<SeriesSums>>();
  private readonly params: Me1Params;
  private readonly tally: VisitTally;

  constructor(
    params: Me1Params,
    private readonly localTime: LocalTime,
    private readonly bucketMs: number,
  ) {
    this.params = wholeSeconds(params);
    this.tally = new VisitTally(params.threshold);
  }

  /** Counts one analysed frame of a stream, for every role that the stream and its zones have; of frames outside the period it learns when visits began and how they went on. */
  add(result: FrameResult, layout: StreamLayout): void {
    const { params } = this;
    if ((params.streams?.length ?? 0) > 0 && params.streams?.includes(layout.id) !== true) return;
    const large = samplesOf(result).filter(
      ({ sizePx, role }) => sizePx >= (params.minFacePx ?? 0) && (params.role === undefined || params.role === role),
    );
    for (const sample of large) this.tally.add(sample);
    if (result.ts < params.fromTs || result.ts >= params.toTs) return;
    const counted = large.filter(({ zoneId }) => params.zoneId === undefined || zoneId === params.zoneId);
    for (const role of rolesOf(layout)) {
      if (params.role !== undefined && params.role !== role) continue;
      const faces = counted.filter((sample) => sample.role === role);
      this.addToRow(this.rowOf(layout.id, role), faces);
      this.addToSeries(result.ts, layout.id, role, faces);
    }
  }

  aggregates(): Me1Aggregate[] {
    const visits = this.visits();
    const person = (streamId: string, role: Role) => {
      const own = visits.filter((visit) => visit.streamId === streamId && visit.role === role);
      return personMoments(own.filter(({ smiled }) => smiled).length, own.length);
    };
    return [...this.rows.values()].map(({ streamId, role, sums, emotionSums, ages, tracks }) => ({
      streamId,
      role,
      ...sums,
      emotionSums: { ...emotionSums },
      ages: { ...ages },
      clusters: {
        tracks: tracks.size,
        ratios: perRatio((name) =>
          name === 'person'
            ? person(streamId, role)
            : [...tracks.values()].reduce(
                (moments, track) => withTrack(moments, track[name].y, track[name].x),
                noMoments(),
              ),
        ),
      },
    }));
  }

  /** Sums per time bucket, ascending in time. */
  series(): SeriesSums[] {
    const buckets = new Map([...this.buckets].map(([key, bucket]) => [key, { ...bucket }]));
    for (const { streamId, role, startTs, smiled } of this.visits()) {
      const bucket = buckets.get(this.bucketKey(startTs, streamId, role));
      if (bucket === undefined) continue;
      bucket.visitors += 1;
      if (smiled) bucket.smilingVisitors += 1;
    }
    return [...buckets.values()].sort((a, b) => a.ts - b.ts);
  }

  /** Visits that began in the period. */
  private visits(): Visit[] {
    const { fromTs, toTs, zoneId } = this.params;
    return this.tally
      .visits()
      .filter((visit) => visit.startTs >= fromTs && visit.startTs < toTs)
      .filter((visit) => zoneId === undefined || visit.zoneId === zoneId);
  }

  private bucketKey(ts: number, streamId: string, role: Role): string {
    return JSON.stringify([this.localTime.bucketStart(ts, this.bucketMs), streamId, role]);
  }

  private rowOf(streamId: string, role: Role): Row {
    const key = JSON.stringify([streamId, role]);
    const row = this.rows.get(key) ?? newRow(streamId, role);
    this.rows.set(key, row);
    return row;
  }

  private addToRow(row: Row, faces: readonly Sample[]): void {
    const { sums } = row;
    sums.analysedFrames += 1;
    if (faces.length > 0) sums.framesWithFaces += 1;
    for (const sample of faces) {
      const track = row.tracks.get(sample.trackId) ?? newTotals();
      row.tracks.set(sample.trackId, track);
      sums.samples += 1;
      sums.moodSum += sample.mood;
      if (isSmile(sample.emotions.happiness, this.params.threshold)) sums.absolute += 1;
      addEmotions(row.emotionSums, sample.emotions);
      if (sample.gender !== null) sums[isMale(sample.gender) ? 'male' : 'female'] += 1;
      if (sample.age !== null) row.ages[ageBucketOf(sample.age)] += 1;
      this.addToTrack(track, sample, faces.length);
    }
  }

  private addToTrack(track: TrackTotals, sample: Sample, facesInFrame: number): void {
    const put = (name: RatioName, y: number, x: number): void => {
      track[name].y += y;
      track[name].x += x;
    };
    const smile = isSmile(sample.emotions.happiness, this.params.threshold) ? 1 : 0;
    put('face', smile, 1);
    put('frame', smile, 1 / facesInFrame);
    put('mood', sample.mood, 1);
    for (const emotion of EMOTIONS) put(emotion, sample.emotions[emotion], 1);
    if (sample.gender !== null) put('male', isMale(sample.gender) ? 1 : 0, 1);
    if (sample.age === null) return;
    const own = ageBucketOf(sample.age);
    for (const bucket of AGE_BUCKETS) put(bucket, bucket === own ? 1 : 0, 1);
  }

  private addToSeries(ts: number, streamId: string, role: Role, faces: readonly Sample[]): void {
    const start = this.localTime.bucketStart(ts, this.bucketMs);
    const key = this.bucketKey(ts, streamId, role);
    const bucket = this.buckets.get(key) ?? { ...emptySeries(streamId, role), ts: start };
    this.buckets.set(key, bucket);
    bucket.analysedFrames += 1;
    if (faces.length > 0) bucket.framesWithFaces += 1;
    bucket.samples += faces.length;
    for (const { emotions } of faces) {
      bucket.happinessSum += emotions.happiness;
      if (isSmile(emotions.happiness, this.params.threshold)) bucket.absolute += 1;
    }
  }
}
