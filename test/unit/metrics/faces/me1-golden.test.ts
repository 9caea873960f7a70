import { describe, expect, it } from 'vitest';
import type { EmotionScores } from '../../../../src/contracts/emotion.js';
import type { TrackedFace } from '../../../../src/contracts/face.js';
import { AGE_BUCKETS, type Me1Params } from '../../../../src/contracts/me1.js';
import type { Me1Row } from '../../../../src/contracts/figures/me1-schema.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { Me1Accumulator } from '../../../fixtures/me1-accumulator.js';
import { buildMe1 } from '../../../../src/metrics/faces/me1/me1.js';
import { face, frame, scores } from '../faces.js';

/**
 * The printed table of the leaflet, T = 20, rebuilt from samples.
 *
 * Row 1, 87 samples. Male 87.34 % and Female 12.66 % are 69 and 10 of 79: the base is the samples with a determined
 * gender. Ages 12.66, 59.49 and 27.85 % are 10, 47 and 22 of 79. Utilization 4.12 % is 87 of 2 110 frames at one face
 * a frame. Smile-Index 0.49 is 43 of 87.
 * Row 2, 24 507 samples. Male 0.36 % is 88 of 24 507; ages 723, 21 525, 2 230 and 25 of 24 503 is the largest base for
 * which the row and the total print as they do. Utilization 47.76 % is 5 434 of 11 377 frames: with row 1 these pool to
 * 5 521 of 13 487 = 40.94 %, as printed; an average of the rows (25.94) or one weighted by samples (47.61) would not.
 * Smile-Index 0.44 is 2 391 of 5 434 frames.
 * Happiness: 43 of 87 at T and none above makes the mean 9.89, which is printed 9: the printed means are cut, not
 * rounded, and the index equals mean ÷ T. Both readings of the Smile-Index reproduce the printed column here.
 * Mood is printed as 17 and 48, which no formula of the printed means gives; it is ours and not compared.
 */
const row1 = { samples: 87, analysed: 2110, withFaces: 87, smiles: 43, male: 69, gendered: 79 };
const row2 = { samples: 24_507, analysed: 11_377, withFaces: 5434, smiles: 2391, male: 88, gendered: 24_507 };
const ages1 = [0, 10, 47, 22, 0];
const ages2 = [723, 21_525, 2230, 25, 0];
const YEARS = [15, 25, 35, 45, 60];

const happy1 = scores({ happiness: 20, surprise: 4.5, anger: 14.5, disgust: 14.5, fear: 11.5, sadness: 17.5 });
const plain1 = scores({ surprise: 4.5, anger: 14.5, disgust: 14.5, fear: 11.5, sadness: 17.5 });
const happy2 = scores({ happiness: 20, surprise: 5.5, anger: 9.5, disgust: 13.5, fear: 2, sadness: 49.5 });
const plain2 = scores({ happiness: 7.6, surprise: 5.5, anger: 9.5, disgust: 13.5, fear: 3.5, sadness: 49.5 });

const agesOf = (counts: readonly number[]): number[] =>
  counts.flatMap((count, bucket) => Array<number>(count).fill(YEARS[bucket] ?? 0));

const facesOf = (row: typeof row1, ages: readonly number[], smiling: EmotionScores, plain: EmotionScores) =>
  Array.from({ length: row.samples }, (_, i): TrackedFace => {
    const gender = i < row.male ? 0.9 : i < row.gendered ? 0.1 : null;
    const emotions = i < row.smiles ? smiling : plain;
    return face({ trackId: `t${i % 40}-${Math.floor(i / 400)}`, age: ages[i] ?? null, gender, emotions });
  });

const FROM = Date.parse('2026-11-01T00:00:00Z');
const params: Me1Params = { fromTs: FROM, toTs: FROM + 86_400_000, threshold: 20, smileIndex: 'face' };
const utc = new LocalTime('UTC');

const reportOf = (mode: Me1Params['smileIndex']) => {
  const asked = { ...params, smileIndex: mode };
  const accumulator = new Me1Accumulator(asked, utc, 3_600_000);
  const streams = [
    { id: 'stream-1', name: 'Поток 1', row: row1, faces: facesOf(row1, agesOf(ages1), happy1, plain1) },
    { id: 'stream-2', name: 'Поток 2', row: row2, faces: facesOf(row2, agesOf(ages2), happy2, plain2) },
  ];
  for (const { id, row, faces } of streams) {
    for (let i = 0; i < row.analysed; i += 1) {
      const from = Math.floor((i * faces.length) / row.withFaces);
      const to = Math.floor(((i + 1) * faces.length) / row.withFaces);
      accumulator.add(frame(FROM + i * 5000, faces.slice(from, to), id), { id, role: 'customer', zones: [] });
    }
  }
  return buildMe1({
    totalName: 'Итого',
    params: asked,
    aggregates: accumulator.aggregates(),
    series: accumulator.series(),
    streams: streams.map(({ id, name }) => ({ id, name, role: 'customer' })),
    localTime: utc,
    bucketMs: 3_600_000,
    generatedTs: FROM,
  });
};

const fixed = (value: number | null): string => (value ?? NaN).toFixed(2);
const cut = (value: number | null): string => String(Math.floor(value ?? NaN));
const PRINTED_EMOTIONS = ['happiness', 'surprise', 'anger', 'disgust', 'fear', 'sadness'] as const;

/** A row as the leaflet prints it, without Mood. */
const printed = (row: Me1Row): string =>
  [
    fixed(row.smileIndex.value),
    fixed(row.malePercent.value),
    fixed(row.femalePercent.value),
    ...AGE_BUCKETS.map((bucket) => fixed(row.agePercent[bucket].value)),
    ...PRINTED_EMOTIONS.map((emotion) => cut(row.emotions[emotion].value)),
    String(row.samples),
    fixed(row.utilizationPercent),
  ].join(' ');

describe("МЭ-1 on the leaflet's printed table", () => {
  it.each(['frame', 'level'] as const)('reproduces both rows and the pooled total with smileIndex %s', (mode) => {
    const { rows, total } = reportOf(mode);
    expect([...rows, total].map(printed)).toEqual([
      '0.49 87.34 12.66 0.00 12.66 59.49 27.85 0.00 9 4 14 14 11 17 87 4.12',
      '0.44 0.36 99.64 2.95 87.85 9.10 0.10 0.00 8 5 9 13 3 49 24507 47.76',
      '0.44 0.64 99.36 2.94 87.60 9.26 0.19 0.00 8 5 9 13 3 49 24594 40.94',
    ]);
  });

  it('does not average the rows: their mean Utilization and male share are far from the printed total', () => {
    const { rows, total } = reportOf('frame');
    const mean = (valueOf: (row: Me1Row) => number | null): number =>
      rows.reduce((sum, row) => sum + (valueOf(row) ?? NaN), 0) / rows.length;
    expect(Math.abs(mean((row) => row.utilizationPercent) - (total.utilizationPercent ?? NaN))).toBeGreaterThan(10);
    expect(Math.abs(mean((row) => row.malePercent.value) - (total.malePercent.value ?? NaN))).toBeGreaterThan(10);
  });

  it('draws its charts from the same sums', () => {
    const { series, rows } = reportOf('frame');
    for (const row of rows) {
      const own = series.filter((point) => point.streamId === row.streamId);
      const sum = (valueOf: (point: (typeof own)[number]) => number): number =>
        own.reduce((total, point) => total + valueOf(point), 0);
      expect(own.length).toBeGreaterThan(1);
      expect(sum((point) => point.absolute)).toBe(row.absolute);
      expect(sum((point) => point.framesWithFaces)).toBe(row.framesWithFaces);
      expect(sum((point) => point.samples)).toBe(row.samples);
    }
  });
});
