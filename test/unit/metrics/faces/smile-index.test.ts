import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameResult, TrackedFace } from '../../../../src/contracts/face.js';
import { SMILE_READINGS, type Me1Params, type SmileReading } from '../../../../src/contracts/me1.js';
import type { Me1Report } from '../../../../src/contracts/figures/me1-schema.js';
import { REPEATED_FRAMES } from '../../../../src/contracts/sample.js';
import { FrameCounter, type StreamLayout } from '../../../../src/metrics/faces/frame-counter.js';
import { Me1Accumulator } from '../../../fixtures/me1-accumulator.js';
import { buildMe1, type Me1Input } from '../../../../src/metrics/faces/me1/me1.js';
import { RollingWindows } from '../../../../src/metrics/faces/live/rolling-windows.js';
import { hasSmiled, smileIndex } from '../../../../src/metrics/faces/smile-index.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { seeded } from '../../../fixtures/store-rows.js';
import { face, frame, scores } from '../faces.js';

const utc = new LocalTime('UTC');
const BUCKET_MS = 10_000;
const HOUR: Pick<Me1Params, 'fromTs' | 'toTs'> = { fromTs: 0, toTs: 3_600_000 };
const layout: StreamLayout = { id: 'cam', role: 'customer', zones: [{ id: 'till', role: 'seller' }] };

const report = (
  frames: readonly FrameResult[],
  smileIndexReading: SmileReading,
  over: Partial<Me1Params> = {},
  of: StreamLayout = layout,
  more: Partial<Me1Input> = {},
): Me1Report => {
  const params: Me1Params = { ...HOUR, threshold: 20, smileIndex: smileIndexReading, ...over };
  const accumulator = new Me1Accumulator(params, utc, BUCKET_MS);
  for (const result of frames) accumulator.add(result, of);
  return buildMe1({
    totalName: 'Итого',
    params,
    aggregates: accumulator.aggregates(),
    series: accumulator.series(),
    streams: [{ id: of.id, name: of.id, role: of.role }],
    localTime: utc,
    bucketMs: BUCKET_MS,
    generatedTs: 0,
    ...more,
  });
};

const smiler = (trackId: string, happiness: number, over: Partial<TrackedFace> = {}): TrackedFace =>
  face({ trackId, emotions: scores({ happiness }), ...over });

describe('the four readings', () => {
  const sums = { absolute: 30, samples: 60, framesWithFaces: 20, happinessSum: 900, visitors: 8, smilingVisitors: 2 };
  it.each([
    ['face', 0.5],
    ['person', 0.25],
    ['frame', 1.5],
    ['level', 0.75],
  ] as const)('%s', (reading, value) => {
    expect(smileIndex(sums, reading, 20)).toBe(value);
    const nothing = { absolute: 0, samples: 0, framesWithFaces: 0, happinessSum: 0, visitors: 0, smilingVisitors: 0 };
    expect(smileIndex(nothing, reading, 20)).toBeNull();
  });

  it('a visitor has smiled with a quarter of the samples at T, and not without a sample', () => {
    expect([hasSmiled(1, 4), hasSmiled(1, 5), hasSmiled(2, 8), hasSmiled(0, 0), hasSmiled(0, 3)]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });
});

const anyFrame = fc
  .record({
    // Around the ends of a bucket, a minute and the period, and out of order.
    ts: fc.oneof(fc.integer({ min: 0, max: 25_000 }), fc.integer({ min: 58_000, max: 62_000 }), fc.constant(3_599_999)),
    crowd: fc.array(fc.record({ track: fc.nat({ max: 6 }), happiness: fc.double({ min: 0, max: 100, noNaN: true }) }), {
      maxLength: 12,
    }),
  })
  .map(({ ts, crowd }) =>
    frame(
      ts,
      crowd.map(({ track, happiness }, n) =>
        smiler(`${track}-${n}`, happiness, n % 4 === 3 ? { role: 'seller', zoneId: 'till' } : {}),
      ),
    ),
  );

const shares = (value: number | null): void => {
  if (value === null) return;
  expect(value).toBeGreaterThanOrEqual(0);
  expect(value).toBeLessThanOrEqual(1);
};

describe('face and person are shares of one', () => {
  it('in rows, totals and charts, whatever the crowd, the order and the ends of the period', () => {
    fc.assert(
      fc.property(
        fc.array(anyFrame, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 20_500 }),
        fc.integer({ min: 1, max: 70_000 }),
        (frames, fromTs, lengthMs) => {
          for (const reading of ['face', 'person'] as const) {
            const { rows, totals, series } = report(frames, reading, { fromTs, toTs: fromTs + lengthMs });
            for (const { smileIndex: index, smilingPersons } of [...rows, ...totals])
              for (const { value, low, high } of [index, smilingPersons]) [value, low, high].forEach(shares);
            for (const point of series) [point.smileIndex, point.smilingPersons].forEach(shares);
          }
        },
      ),
    );
  });

  it('in every live window after every frame, with a clock that jumps', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { minLength: 1, maxLength: 30 }), (frames) => {
        const rolling = new RollingWindows({ threshold: 20, localTime: utc });
        for (const one of frames) {
          rolling.add(one);
          for (const window of Object.values(rolling.snapshot(one.ts))) {
            shares(window.smileIndex);
            shares(window.smilingPersons);
          }
        }
      }),
    );
  });
});

/** A camera where a frame holds `faces` people on average, each of whom smiles in a third of the frames, or never. */
const camera = (faces: number, seed: number): FrameResult[] => {
  const random = seeded(seed);
  const frames: FrameResult[] = [];
  for (let visit = 0; visit < 400; visit += 1) {
    const startTs = Math.floor(random() * 3_000_000);
    const isSmiler = random() < 0.4;
    for (let n = 0; n < 20; n += 1) {
      // Who stands here smiles as people do anywhere; more stand together where it is crowded.
      const together = Math.max(1, Math.round(faces + (random() - 0.5)));
      const crowd = Array.from({ length: together }, (_, i) =>
        smiler(`${visit}-${i}`, (isSmiler ? random() < 0.6 : random() < 0.05) ? 60 : 5),
      );
      frames.push(frame(startTs + n * 200, crowd));
    }
  }
  return frames;
};

describe('equal smiling', () => {
  const seed = 20261128;
  it(`gives equal face and person at 1.1 and at 2.3 faces a frame, where frame doubles (seed ${seed})`, () => {
    const of = (reading: SmileReading): readonly [number, number] => {
      const value = (faces: number): number => report(camera(faces, seed), reading).total.smileIndex.value ?? NaN;
      return [value(1.1), value(2.3)];
    };
    const [quietFace, crowdedFace] = of('face');
    const [quietPerson, crowdedPerson] = of('person');
    const [quietFrame, crowdedFrame] = of('frame');
    expect(Math.abs(quietFace - crowdedFace)).toBeLessThan(0.03);
    expect(Math.abs(quietPerson - crowdedPerson)).toBeLessThan(0.05);
    expect(crowdedFrame / quietFrame).toBeGreaterThan(1.7);
  });
});

describe('a visit', () => {
  const visit = [0, 1, 2, 3].map((second) => frame(9000 + second * 1000, [smiler('a', second === 3 ? 90 : 5)]));

  it('counts once, in the period in which it began, with all it did', () => {
    const persons = (fromTs: number, toTs: number) => {
      const [row] = report(visit, 'person', { fromTs, toTs }).rows;
      return [row?.visitors, row?.smilingPersons.value, row?.samples];
    };
    expect(persons(0, 10_000)).toEqual([1, 1, 1]);
    expect(persons(10_000, 20_000)).toEqual([0, null, 3]);
    expect(persons(0, 20_000)).toEqual([1, 1, 4]);
  });

  it('and its frames are told apart by the second they are in', () => {
    const counter = new FrameCounter(layout);
    const [half] = report([frame(9700, [smiler('a', 90)])], 'face', { fromTs: 9500, toTs: 20_000 }).rows;
    expect(counter.countsOf(frame(9700, []))[0]?.ts).toBe(9000);
    expect(half).toMatchObject({ samples: 0, visitors: 0, analysedFrames: 0 });
  });
});

describe('«Итого»', () => {
  const seller = { role: 'seller', zoneId: 'till' } as const;
  const frames = [0, 1, 2, 3].map((n) => frame(n * 1000, [smiler('v', 5), smiler('s', 90, seller)]));

  it('never mixes sellers with visitors', () => {
    const { totals, total } = report(frames, 'face');
    expect(totals.map((row) => [row.audience, row.samples, row.smileIndex.value, row.analysedFrames])).toEqual([
      ['visitors', 4, 0, 4],
      ['sellers', 4, 1, 4],
    ]);
    expect(total).toBe(totals[0]);
  });

  it.each([
    ['the sellers alone are asked for', { role: 'seller' } as const, ['sellers']],
    ['nobody is there', { streams: ['other'] }, ['visitors']],
  ])('is one where %s', (_, over, audiences) => {
    const { totals } = report(frames, 'face', over, { ...layout, id: 'cam' }, { streams: [] });
    expect(totals.map(({ audience }) => audience)).toEqual(audiences);
  });

  it("counts the frames of a camera with two visitors' roles once", () => {
    const both: StreamLayout = { id: 'cam', role: 'customer', zones: [{ id: 'shelf', role: 'display' }] };
    const shelf = { role: 'display', zoneId: 'shelf' } as const;
    const seen = [
      frame(0, [smiler('a', 5), smiler('b', 5, shelf)]),
      frame(1000, [smiler('b', 5, shelf)]),
      frame(2000, []),
      frame(3000, []),
    ];
    const counter = new FrameCounter(both);
    const rows = seen.flatMap((one) => counter.countsOf(one)).filter(({ zoneId }) => zoneId === REPEATED_FRAMES);
    const sum = (pick: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((total, row) => total + pick(row), 0);
    const repeats = [
      { streamId: 'cam', analysedFrames: sum((row) => row.analysed), framesWithFaces: sum((row) => row.withFaces) },
    ];
    const { rows: own, total } = report(seen, 'face', {}, both, { repeats });
    expect(own.map((row) => [row.role, row.analysedFrames, row.framesWithFaces])).toEqual([
      ['customer', 4, 1],
      ['display', 4, 2],
    ]);
    expect(total).toMatchObject({ analysedFrames: 4, framesWithFaces: 2, utilizationPercent: 50, samples: 3 });
  });
});

it('has an interval around every reading of many visitors', () => {
  const frames = Array.from({ length: 400 }, (_, n) => frame(n * 500, [smiler(`v${n % 40}`, n % 40 < 13 ? 70 : 5)]));
  for (const reading of SMILE_READINGS) {
    const { value, low, high } = report(frames, reading).total.smileIndex;
    expect(low).toBeLessThan(value ?? NaN);
    expect(high).toBeGreaterThan(value ?? NaN);
  }
});
