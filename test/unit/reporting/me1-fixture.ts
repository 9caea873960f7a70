import type { Emotion } from '../../../src/contracts/emotion.js';
import type { Figure } from '../../../src/contracts/me1.js';
import type { Me1Report, Me1Row, SeriesPoint } from '../../../src/contracts/figures/me1-schema.js';

export const plain = (value: number | null): Figure => ({ value, low: null, high: null });

const figure = (value: number, half: number): Figure => ({ value, low: Math.max(0, value - half), high: value + half });

const emotions = (...values: number[]): Me1Row['emotions'] => {
  const [happiness = 0, surprise = 0, anger = 0, disgust = 0, fear = 0, sadness = 0, neutral = 0] = values;
  const row: Record<Emotion, number> = { happiness, surprise, anger, disgust, fear, sadness, neutral };
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, plain(value)]),
  ) as unknown as Me1Row['emotions'];
};

/** The leaflet's printed table: what its three rows say, as a model. */
export const leafletReport = (): Me1Report => {
  const row = (
    streamId: string | null,
    name: string,
    [smile, male, female, a, b, c, d, e]: readonly [number, number, number, number, number, number, number, number],
    feelings: readonly number[],
    [mood, samples, utilization]: readonly [number, number, number],
  ): Me1Row => ({
    streamId,
    name,
    role: streamId === null ? null : 'customer',
    audience: 'visitors',
    smileIndex: plain(smile),
    smilingPersons: plain(null),
    absolute: 0,
    framesWithFaces: 0,
    analysedFrames: 0,
    malePercent: plain(male),
    femalePercent: plain(female),
    agePercent: { '-20': plain(a), '20-30': plain(b), '30-40': plain(c), '40-50': plain(d), '50+': plain(e) },
    emotions: emotions(...feelings),
    mood: plain(mood),
    samples,
    visitors: 0,
    utilizationPercent: utilization,
  });
  const total = row(
    null,
    '',
    [0.44, 0.64, 99.36, 2.94, 87.6, 9.26, 0.19, 0],
    [8, 5, 9, 13, 3, 49],
    [48, 24_594, 40.94],
  );
  return {
    params: { fromTs: Date.UTC(2026, 10, 1), toTs: Date.UTC(2026, 10, 8), threshold: 20, smileIndex: 'face' },
    timeZone: 'UTC',
    generatedTs: Date.UTC(2026, 10, 8, 9),
    rows: [
      row('one', '1', [0.49, 87.34, 12.66, 0, 12.66, 59.49, 27.85, 0], [9, 4, 14, 14, 11, 17], [17, 87, 4.12]),
      row('two', '2', [0.44, 0.36, 99.64, 2.95, 87.85, 9.1, 0.1, 0], [8, 5, 9, 13, 3, 49], [48, 24_507, 47.76]),
    ],
    totals: [total],
    total,
    bucketMs: 3_600_000,
    series: [],
    notes: [],
  };
};

/** The leaflet's lines as it prints them, thin spaces as U+202F. */
export const LEAFLET_LINES = [
  '0,49 – 87,34 12,66 0,00 12,66 59,49 27,85 0,00 9 4 14 14 11 17 17 87 4,12',
  '0,44 – 0,36 99,64 2,95 87,85 9,10 0,10 0,00 8 5 9 13 3 49 48 24\u202f507 47,76',
  '0,44 – 0,64 99,36 2,94 87,60 9,26 0,19 0,00 8 5 9 13 3 49 48 24\u202f594 40,94',
] as const;

export interface SyntheticOptions {
  readonly names: readonly string[];
  readonly days: number;
  readonly bucketMs: number;
  readonly scale?: number;
  readonly timeZone?: string;
}

/** A made-up shop: smooth daily curves with closed hours (no frames) and hours without faces; no randomness. */
export const syntheticReport = ({
  names,
  days,
  bucketMs,
  scale = 1,
  timeZone = 'Europe/Moscow',
}: SyntheticOptions): Me1Report => {
  const fromTs = Date.UTC(2026, 9, 31, 21);
  const toTs = fromTs + days * 86_400_000;
  const series = names.flatMap((_name, index): SeriesPoint[] => {
    const points: SeriesPoint[] = [];
    for (let ts = fromTs; ts < toTs; ts += bucketMs) {
      const hour = ((ts - fromTs) / 3_600_000) % 24;
      const open = hour >= 8 && hour < 22;
      if (!open && index % 2 === 0) continue;
      const busy = open ? Math.sin(((hour - 8) / 14) * Math.PI) : 0;
      const frames = Math.round((bucketMs / 200) * (0.1 + 0.5 * busy) * scale);
      const smile = Math.min(1, 0.25 + 0.05 * index + 0.2 * Math.sin(hour / 2 + index) ** 2);
      const withFaces = busy > 0.15 ? Math.round(frames * 0.6) : 0;
      points.push({
        ts,
        streamId: `s${index}`,
        role: 'customer',
        smileIndex: withFaces === 0 ? null : smile,
        smilingPersons: withFaces === 0 ? null : smile * 0.8,
        visitors: Math.round(withFaces / 60),
        absolute: Math.round(withFaces * smile),
        framesWithFaces: withFaces,
        analysedFrames: Math.round((bucketMs / 200) * scale),
        samples: withFaces,
      });
    }
    return points;
  });
  const row = (streamId: string | null, name: string, index: number): Me1Row => {
    const mine = series.filter((point) => streamId === null || point.streamId === streamId);
    const sum = (value: (point: SeriesPoint) => number): number => mine.reduce((total, p) => total + value(p), 0);
    const [withFaces, analysed] = [sum((p) => p.framesWithFaces), sum((p) => p.analysedFrames)];
    const absolute = sum((p) => p.absolute);
    return {
      streamId,
      name,
      role: streamId === null ? null : 'customer',
      audience: 'visitors',
      smilingPersons: withFaces === 0 ? plain(null) : figure((0.8 * absolute) / withFaces, 0.09),
      smileIndex: withFaces === 0 ? plain(null) : figure(absolute / withFaces, 0.06),
      absolute,
      framesWithFaces: withFaces,
      analysedFrames: analysed,
      malePercent: figure(41.2 + index, 9.4),
      femalePercent: figure(58.8 - index, 9.4),
      agePercent: {
        '-20': figure(4.31, 2.2),
        '20-30': figure(31.2, 8.8),
        '30-40': figure(38.7, 8.1),
        '40-50': figure(17.69, 5.2),
        '50+': figure(8.1, 3.6),
      },
      emotions: {
        happiness: figure(24.4 + index, 3.1),
        surprise: figure(5.2, 1.1),
        anger: figure(6.8, 1.9),
        disgust: figure(3.3, 0.8),
        fear: figure(2.7, 0.6),
        sadness: figure(10.4, 2.4),
        neutral: figure(47.2, 4.4),
      },
      mood: figure(51.2 + index, 3.3),
      samples: Math.round(withFaces * 1.08),
      visitors: Math.round(withFaces / 60),
      utilizationPercent: analysed === 0 ? null : (100 * withFaces) / analysed,
    };
  };
  const total = row(null, '', 0);
  return {
    params: { fromTs, toTs, threshold: 20, smileIndex: 'face' },
    timeZone,
    generatedTs: toTs + 32_400_000,
    rows: names.map((name, index) => row(`s${index}`, name, index)),
    totals: [total],
    total,
    bucketMs,
    series,
    notes: [
      {
        ru: '4 ноября с 12:10 до 12:40 камера «Касса 2» не отвечала: этого времени нет в показателях.',
        en: 'On 4 November from 12:10 to 12:40 the camera "Till 2" did not answer: that time is not in the figures.',
      },
    ],
  };
};
