import type { Bilingual } from '../contracts/bilingual.js';
import { EMOTIONS, type Emotion } from '../contracts/emotion.js';
import type { Figure } from '../contracts/figure.js';
import { AGE_BUCKETS, type AgeBucket } from '../contracts/me1.js';
import type {
  FrameRepeats,
  Me1Aggregate,
  Me1Params,
  Me1Report,
  Me1Row,
  SeriesPoint,
  SeriesSums,
} from '../contracts/me1.js';
import { AUDIENCES, audienceOf, type Audience, type Role } from '../contracts/role.js';
import type { LocalTime } from '../runtime/local-time.js';
import { addAggregates, emptyAggregate, mergeByRow } from './me1-aggregate.js';
import { smileIndex, utilizationPercent } from './smile-index.js';
import { MOOD } from './statistics/ends.js';
import {
  complement,
  expressionFigure,
  meanFigure,
  NOTHING,
  rateFigure,
  scaled,
  shareFigure,
} from './statistics/ratio.js';

export interface Me1Input {
  readonly params: Me1Params;
  /** Any number per stream and role; those of one row are added. */
  readonly aggregates: readonly Me1Aggregate[];
  /** What several visitors' roles of one camera counted twice; taken off the visitors' total. */
  readonly repeats?: readonly FrameRepeats[];
  /** Any granularity not coarser than `bucketMs`. */
  readonly series: readonly SeriesSums[];
  /** The configured streams, in the order of the rows; one without data gets an empty row. */
  readonly streams: readonly { readonly id: string; readonly name: string; readonly role: Role }[];
  readonly localTime: LocalTime;
  readonly bucketMs: number;
  readonly generatedTs: number;
  readonly notes?: readonly Bilingual[];
}

/** The value of a report's sums inside the interval of its tracks' moments. */
const centred = (value: number | null, figure: Figure): Figure => {
  if (value === null) return NOTHING;
  // Moments from rollups may rest on whole tracks; the interval then moves with the exact value.
  const shift = figure.value === null ? 0 : value - figure.value;
  return {
    value,
    low: figure.low === null ? null : Math.min(value, figure.low + shift),
    high: figure.high === null ? null : Math.max(value, figure.high + shift),
  };
};

const over = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const smileFigure = (sums: Me1Aggregate, { smileIndex: reading, threshold }: Me1Params): Figure => {
  const { face, person, frame, happiness } = sums.clusters.ratios;
  const value = smileIndex(
    { ...sums, happinessSum: sums.emotionSums.happiness, visitors: person.x, smilingVisitors: person.y },
    reading,
    threshold,
  );
  switch (reading) {
    case 'face':
      return centred(value, shareFigure(face));
    case 'person':
      return centred(value, shareFigure(person));
    case 'frame':
      return centred(value, rateFigure(frame));
    case 'level':
      return centred(value, scaled(expressionFigure('happiness', happiness), 1 / threshold));
  }
};

const percentOf = (part: number, whole: number, share: Figure): Figure =>
  scaled(centred(over(part, whole), share), 100);

/** One printed row from its sums; every figure is a ratio of sums, so rows pool by adding the sums. */
const me1Row = (
  sums: Me1Aggregate,
  params: Me1Params,
  label: Pick<Me1Row, 'streamId' | 'name' | 'role' | 'audience'>,
): Me1Row => {
  const { ratios } = sums.clusters;
  const gendered = sums.male + sums.female;
  const aged = AGE_BUCKETS.reduce((total, bucket) => total + sums.ages[bucket], 0);
  const agePercent = (bucket: AgeBucket): Figure => percentOf(sums.ages[bucket], aged, shareFigure(ratios[bucket]));
  const mean = (emotion: Emotion): Figure =>
    centred(over(sums.emotionSums[emotion], sums.samples), expressionFigure(emotion, ratios[emotion]));
  return {
    ...label,
    smileIndex: smileFigure(sums, params),
    smilingPersons: smileFigure(sums, { ...params, smileIndex: 'person' }),
    absolute: sums.absolute,
    framesWithFaces: sums.framesWithFaces,
    analysedFrames: sums.analysedFrames,
    malePercent: percentOf(sums.male, gendered, shareFigure(ratios.male)),
    femalePercent: percentOf(sums.female, gendered, complement(shareFigure(ratios.male))),
    agePercent: Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, agePercent(bucket)])) as Me1Row['agePercent'],
    emotions: Object.fromEntries(EMOTIONS.map((emotion) => [emotion, mean(emotion)])) as Me1Row['emotions'],
    mood: centred(over(sums.moodSum, sums.samples), meanFigure(ratios.mood, MOOD)),
    samples: sums.samples,
    visitors: ratios.person.m,
    utilizationPercent: utilizationPercent(sums.framesWithFaces, sums.analysedFrames),
  };
};

/** Chart points from sums of any finer granularity, ascending in time, one per bucket, stream and role. */
export const seriesOf = (
  sums: readonly SeriesSums[],
  { smileIndex: reading, threshold }: Pick<Me1Params, 'smileIndex' | 'threshold'>,
  localTime: LocalTime,
  bucketMs: number,
): SeriesPoint[] => {
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
      smileIndex: smileIndex(of, reading, threshold),
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

/** One total per audience that has rows; the visitors' where nobody has. */
const totalsOf = (rows: readonly Me1Aggregate[], { params, repeats = [] }: Me1Input): Me1Row[] => {
  const present = AUDIENCES.filter((audience) => rows.some(({ role }) => audienceOf(role) === audience));
  const audiences: readonly Audience[] = present.length === 0 ? ['visitors'] : present;
  return audiences.map((audience) => {
    const own = rows.filter(({ role }) => audienceOf(role) === audience);
    const pooled = own.reduce(addAggregates, emptyAggregate('', own[0]?.role ?? 'customer'));
    const total = audience === 'visitors' ? withoutRepeats(pooled, repeats) : pooled;
    return me1Row(total, params, { streamId: null, name: 'Итого', role: null, audience });
  });
};

/** МЭ-1, «Общий эмоциональный портрет»: one row per stream and role, a pooled total per audience, and the data of its charts. */
export const buildMe1 = (input: Me1Input): Me1Report => {
  const { params, localTime, bucketMs } = input;
  const nameOf = (id: string): string => input.streams.find((stream) => stream.id === id)?.name ?? id;
  const rows = orderedRows(input);
  const totals = totalsOf(rows, input);
  const [total] = totals;
  if (total === undefined) throw new RangeError('a report has at least one total');
  return {
    params,
    timeZone: localTime.timeZone,
    generatedTs: input.generatedTs,
    rows: rows.map((sums) => {
      const { streamId, role } = sums;
      return me1Row(sums, params, { streamId, name: nameOf(streamId), role, audience: audienceOf(role) });
    }),
    totals,
    total,
    bucketMs,
    series: seriesOf(input.series, params, localTime, bucketMs),
    notes: input.notes ?? [],
  };
};
