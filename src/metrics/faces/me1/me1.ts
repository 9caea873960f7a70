import type { Bilingual } from '../../../contracts/bilingual.js';
import { EMOTIONS, type Emotion } from '../../../contracts/emotion.js';
import type { Figure } from '../../../contracts/figure.js';
import { AGE_BUCKETS, type AgeBucket } from '../../../contracts/me1.js';
import type {
  BucketSums,
  FrameRepeats,
  Me1Aggregate,
  Me1Params,
  RatioName,
  SeriesSums,
  SmileReading,
} from '../../../contracts/me1.js';
import type { Me1Report, Me1Row, SeriesPoint } from '../../../contracts/figures/me1-schema.js';
import { AUDIENCES, AUDIENCE_OF, type Audience, type Role } from '../../../contracts/role.js';
import type { LocalTime } from '../../../time/local-time.js';
import { dayRatios, type DayRatios } from './day-ratios.js';
import { addAggregates, emptyAggregate, isDemographic, mergeByRow, perRatio, rowKey } from './me1-aggregate.js';
import { smileIndex, utilizationPercent } from '../smile-index.js';
import { centred, ratioFigure, type PortraitSums } from './ratio-figures.js';
import { complement, NOTHING, scaled } from '../../statistics/ratio.js';

export interface Me1Input {
  /** What the rows of totals are called. */
  readonly totalName: string;
  readonly params: Me1Params;
  /** Any number per stream and role; those of one row are added. */
  readonly aggregates: readonly Me1Aggregate[];
  /** What several visitors' roles of one camera counted twice; taken off the visitors' total. */
  readonly repeats?: readonly FrameRepeats[];
  /** Any granularity not coarser than `bucketMs`. */
  readonly series: readonly SeriesSums[];
  /** Sums of local days, or finer ones; without them the visitor is the unit of every interval. */
  readonly days?: readonly BucketSums[];
  /** Those of gender and age, where these rest on other intervals than the rest; default: `days`. */
  readonly demographicDays?: readonly BucketSums[];
  /** The configured streams, in the order of the rows; one without data gets an empty row. */
  readonly streams: readonly { readonly id: string; readonly name: string; readonly role: Role }[];
  readonly localTime: LocalTime;
  readonly bucketMs: number;
  readonly generatedTs: number;
  readonly notes?: readonly Bilingual[];
}

const over = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The reading by frames has no meaning for faces by size over frames of any size. */
const isWithheld = (reading: SmileReading, { framesOfAnySize = false }: Pick<Me1Params, 'framesOfAnySize'>): boolean =>
  reading === 'frame' && framesOfAnySize;

const smileFigure = (portrait: PortraitSums, params: Me1Params): Figure => {
  const { smileIndex: reading, threshold } = params;
  if (isWithheld(reading, params)) return NOTHING;
  const { sums } = portrait;
  const { person } = sums.clusters.ratios;
  const value = smileIndex(
    { ...sums, happinessSum: sums.emotionSums.happiness, visitors: person.x, smilingVisitors: person.y },
    reading,
    threshold,
  );
  if (reading === 'level') return centred(value, scaled(ratioFigure(portrait, 'happiness'), 1 / threshold));
  return centred(value, ratioFigure(portrait, reading));
};

const percentOf = (part: number, whole: number, share: Figure): Figure =>
  scaled(centred(over(part, whole), share), 100);

/** One printed row from its sums; every figure is a ratio of sums, so rows pool by adding the sums. */
const me1Row = (
  portrait: PortraitSums,
  params: Me1Params,
  label: Pick<Me1Row, 'streamId' | 'name' | 'role' | 'audience'>,
): Me1Row => {
  const { sums } = portrait;
  const figure = (name: RatioName): Figure => ratioFigure(portrait, name);
  const gendered = sums.male + sums.female;
  const aged = AGE_BUCKETS.reduce((total, bucket) => total + sums.ages[bucket], 0);
  const agePercent = (bucket: AgeBucket): Figure => percentOf(sums.ages[bucket], aged, figure(bucket));
  const mean = (emotion: Emotion): Figure => centred(over(sums.emotionSums[emotion], sums.samples), figure(emotion));
  return {
    ...label,
    smileIndex: smileFigure(portrait, params),
    smilingPersons: smileFigure(portrait, { ...params, smileIndex: 'person' }),
    absolute: sums.absolute,
    framesWithFaces: sums.framesWithFaces,
    analysedFrames: sums.analysedFrames,
    malePercent: percentOf(sums.male, gendered, figure('male')),
    femalePercent: percentOf(sums.female, gendered, complement(figure('male'))),
    agePercent: Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, agePercent(bucket)])) as Me1Row['agePercent'],
    emotions: Object.fromEntries(EMOTIONS.map((emotion) => [emotion, mean(emotion)])) as Me1Row['emotions'],
    mood: centred(over(sums.moodSum, sums.samples), figure('mood')),
    samples: sums.samples,
    visitors: sums.clusters.ratios.person.m,
    utilizationPercent: utilizationPercent(sums.framesWithFaces, sums.analysedFrames),
  };
};

/** Chart points from sums of any finer granularity, ascending in time, one per bucket, stream and role. */
export const seriesOf = (
  sums: readonly SeriesSums[],
  params: Pick<Me1Params, 'smileIndex' | 'threshold' | 'framesOfAnySize'>,
  localTime: LocalTime,
  bucketMs: number,
): SeriesPoint[] => {
  const { smileIndex: reading, threshold } = params;
  const buckets = new Map<string, SeriesSums>();
  for (const one of sums) {
    const ts = localTime.bucketStart(one.ts, bucketMs);
    const key = JSON.stringify([ts, one.streamId, one.role]);
    const known = buckets.get(key);
    buckets.set(key, known === undefined ? { ...one, ts } : addSeries(known, one));
  }
  const points = [...buckets.values()].map(({ happinessSum, smilingVisitors, ...rest }) => {
    const of = { ...rest, happinessSum, smilingVisitors };
    return {
      ...rest,
      smileIndex: isWithheld(reading, params) ? null : smileIndex(of, reading, threshold),
      smilingPersons: smileIndex(of, 'person', threshold),
    };
  });
  return points.sort((a, b) => a.ts - b.ts);
};

const addSeries = (a: SeriesSums, b: SeriesSums): SeriesSums => ({
  ...a,
  analysedFrames: a.analysedFrames + b.analysedFrames,
  framesWithFaces: a.framesWithFaces + b.framesWithFaces,
  samples: a.samples + b.samples,
  absolute: a.absolute + b.absolute,
  happinessSum: a.happinessSum + b.happinessSum,
  visitors: a.visitors + b.visitors,
  smilingVisitors: a.smilingVisitors + b.smilingVisitors,
});

/** The rows' sums in configuration order; streams no longer configured follow. */
const orderedRows = ({ params, aggregates, streams }: Me1Input): Me1Aggregate[] => {
  const rows = mergeByRow(aggregates);
  const asked = streams.filter(
    ({ id }) => (params.streams?.length ?? 0) === 0 || params.streams?.includes(id) === true,
  );
  const configured = asked.flatMap(({ id, role }) => {
    const own = rows.filter((row) => row.streamId === id);
    const wanted = params.role === undefined || params.role === role;
    return own.length > 0 || !wanted ? own : [emptyAggregate(id, role)];
  });
  return [...configured, ...rows.filter((row) => !configured.includes(row))];
};

/** Visitors' frames of cameras with several roles are counted once in their total. */
const withoutRepeats = (total: Me1Aggregate, repeats: readonly FrameRepeats[]): Me1Aggregate => ({
  ...total,
  analysedFrames: repeats.reduce((frames, { analysedFrames }) => frames - analysedFrames, total.analysedFrames),
  framesWithFaces: repeats.reduce((frames, { framesWithFaces }) => frames - framesWithFaces, total.framesWithFaces),
});

/** Days as the unit of some rows together. */
const daysOf = (rows: readonly Me1Aggregate[], { days = [], demographicDays, localTime }: Me1Input): DayRatios => {
  const own = new Set(rows.map(rowKey));
  const over = (all: readonly BucketSums[]): DayRatios =>
    dayRatios(
      all.filter((one) => own.has(rowKey(one))),
      localTime,
    );
  const ratios = over(days);
  if (demographicDays === undefined) return ratios;
  const larger = over(demographicDays);
  return perRatio((name) => (isDemographic(name) ? larger : ratios)[name]);
};

/** The sums of one total per audience that has rows; the visitors' where nobody has. */
export const portraitTotals = (input: Me1Input): (PortraitSums & { readonly audience: Audience })[] =>
  totalSums(orderedRows(input), input);

const totalSums = (rows: readonly Me1Aggregate[], input: Me1Input) => {
  const present = AUDIENCES.filter((audience) => rows.some(({ role }) => AUDIENCE_OF[role] === audience));
  const audiences: readonly Audience[] = present.length === 0 ? ['visitors'] : present;
  return audiences.map((audience) => {
    const own = rows.filter(({ role }) => AUDIENCE_OF[role] === audience);
    const pooled = own.reduce(addAggregates, emptyAggregate('', own[0]?.role ?? 'customer'));
    const sums = audience === 'visitors' ? withoutRepeats(pooled, input.repeats ?? []) : pooled;
    return { audience, sums, days: daysOf(own, input) };
  });
};

/** МЭ-1, «Общий эмоциональный портрет»: one row per stream and role, a pooled total per audience, and the data of its charts. */
export const buildMe1 = (input: Me1Input): Me1Report => {
  const { params, localTime, bucketMs } = input;
  const nameOf = (id: string): string => input.streams.find((stream) => stream.id === id)?.name ?? id;
  const rows = orderedRows(input);
  const totals = totalSums(rows, input).map(({ audience, ...portrait }) =>
    me1Row(portrait, params, { streamId: null, name: input.totalName, role: null, audience }),
  );
  const [total] = totals;
  if (total === undefined) throw new RangeError('a report has at least one total');
  return {
    params,
    timeZone: localTime.timeZone,
    generatedTs: input.generatedTs,
    rows: rows.map((sums) => {
      const { streamId, role } = sums;
      const portrait = { sums, days: daysOf([sums], input) };
      return me1Row(portrait, params, { streamId, name: nameOf(streamId), role, audience: AUDIENCE_OF[role] });
    }),
    totals,
    total,
    bucketMs,
    series: seriesOf(input.series, params, localTime, bucketMs),
    notes: input.notes ?? [],
  };
};
