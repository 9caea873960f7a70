import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameResult } from '../../../../src/contracts/face.js';
import { SMILE_READINGS, type Me1Aggregate, type Me1Params } from '../../../../src/contracts/me1.js';
import { Me1Accumulator } from '../../../fixtures/me1-accumulator.js';
import { buildMe1 } from '../../../../src/metrics/faces/me1/me1.js';
import { questionFindings } from '../../../../src/metrics/questions/questions.js';
import { visitorsReport } from '../../../../src/metrics/faces/visitors/visitors.js';
import { atOnce } from '../../../../src/runtime/turns.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { askedOf, sumsOfVisitors, type Visitor } from '../../../fixtures/visitors.js';
import { face, frame, scores } from '../faces.js';

const localTime = new LocalTime('UTC');
const period = { fromTs: 0, toTs: 600_000 };

/** Every object of an answer that carries a value with an interval, with its path. */
const figuresOf = (of: unknown, path = ''): { path: string; value: number; low: number; high: number }[] => {
  if (typeof of !== 'object' || of === null) return [];
  const { value, low, high } = of as Record<string, unknown>;
  const own =
    typeof value === 'number' && typeof low === 'number' && typeof high === 'number'
      ? [{ path, value, low, high }]
      : [];
  return [...own, ...Object.entries(of).flatMap(([key, item]) => figuresOf(item, `${path}.${key}`))];
};

/** Not a bit on the wrong side: who reads JSON compares exactly. */
const expectHeld = (report: unknown): void => {
  for (const { path, value, low, high } of figuresOf(report)) {
    expect(low, `${path}.low`).toBeLessThanOrEqual(value);
    expect(high, `${path}.high`).toBeGreaterThanOrEqual(value);
  }
};

const anyFrames: fc.Arbitrary<FrameResult[]> = fc.array(
  fc
    .record({
      ts: fc.nat({ max: 599_999 }),
      faces: fc.array(
        fc.record({
          track: fc.nat({ max: 12 }),
          happiness: fc.constantFrom(0, 5, 20, 60, 100),
          gender: fc.constantFrom(null, 0.1, 0.9),
          age: fc.constantFrom(null, 15, 25, 60),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ ts, faces }) =>
      frame(
        ts,
        faces.map(({ track, happiness, ...rest }, n) =>
          face({ ...rest, trackId: `${track}-${n}`, emotions: scores({ happiness }) }),
        ),
        'cam',
      ),
    ),
  { minLength: 1, maxLength: 60 },
);

const aggregatesOf = (params: Me1Params, frames: readonly FrameResult[], role: 'entrance' | 'exit'): Me1Aggregate[] => {
  const accumulator = new Me1Accumulator(params, localTime, 60_000);
  for (const one of frames) {
    const faces = one.faces.map((item) => ({ ...item, role }));
    accumulator.add({ ...one, streamId: role, faces }, { id: role, role, zones: [] });
  }
  return accumulator.aggregates();
};

const anyVisitors: fc.Arbitrary<Visitor[]> = fc.array(
  fc
    .record({
      happiness: fc.constantFrom(0, 10, 100),
      dwellMs: fc.nat({ max: 100_000 }),
      glances: fc.nat({ max: 2 }),
      age: fc.constantFrom(null, 20, 30, 60),
      gender: fc.constantFrom(null, 0.1, 0.9),
    })
    .map(({ happiness, dwellMs, glances, age, gender }) => ({
      startTs: 0,
      streamId: 'cam',
      zoneId: null,
      role: 'customer' as const,
      emotions: scores({ happiness }),
      moodMean: 50 + happiness / 2,
      dwellMs,
      attentionMs: glances === 0 ? 0 : dwellMs,
      glances,
      longestLookMs: glances === 0 ? 0 : dwellMs,
      age,
      gender,
    })),
  { maxLength: 60 },
);

describe('no figure of a report lies outside its interval', () => {
  it('in МЭ-1 by every reading, from samples and from summaries of other extent', () => {
    fc.assert(
      fc.property(anyFrames, anyFrames, fc.constantFrom(...SMILE_READINGS), (frames, others, smileIndex) => {
        const params: Me1Params = { ...period, threshold: 20, smileIndex };
        const own = aggregatesOf(params, frames, 'exit');
        const [moments] = aggregatesOf(params, others, 'exit');
        // Moments of whole visits stand beside sums of a part of them.
        const torn = own.map((row) => ({ ...row, clusters: moments?.clusters ?? row.clusters }));
        for (const aggregates of [own, torn])
          expectHeld(
            buildMe1({
              totalName: 'Итого',
              params,
              aggregates,
              series: [],
              streams: [],
              localTime,
              bucketMs: 60_000,
              generatedTs: 0,
            }),
          );
      }),
    );
  });

  it('in the visitors report and in the questions', () => {
    fc.assert(
      fc.property(anyVisitors, anyFrames, anyFrames, (visitors, coming, going) => {
        const params: Me1Params = { ...period, threshold: 20, smileIndex: 'person' };
        const limits = { kAnonymity: 2, minorsAge: 18 };
        const common = { ...period, ...limits, localTime, generatedTs: 0 };
        const { groups, ...sums } = sumsOfVisitors(visitors, { ...limits, localTime });
        const steps = visitorsReport({
          totalName: 'Итого',
          ...common,
          streams: [{ id: 'cam', name: 'cam' }],
          ...sums,
          tables: [groups],
          served: 0,
        });
        expectHeld(atOnce(steps));
        expectHeld(
          atOnce(
            questionFindings({
              ...common,
              threshold: 20,
              contacts: [],
              ...askedOf(visitors, { ...limits, localTime }),
              aggregates: [...aggregatesOf(params, coming, 'entrance'), ...aggregatesOf(params, going, 'exit')],
              sellerAnalytics: true,
            }),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });
});
