import { describe, expect, it } from 'vitest';
import { SMILE_READINGS, type SmileReading } from '../../../../src/contracts/me1.js';
import { emptyAggregate } from '../../../../src/metrics/faces/me1/me1-aggregate.js';
import { buildMe1 } from '../../../../src/metrics/faces/me1/me1.js';
import { LocalTime } from '../../../../src/time/local-time.js';

const aggregate = {
  ...emptyAggregate('hall', 'customer'),
  analysedFrames: 20,
  framesWithFaces: 10,
  samples: 8,
  absolute: 4,
};
const point = { ...aggregate, ts: 0, happinessSum: 300, visitors: 5, smilingVisitors: 2 };

const reportOf = (smileIndex: SmileReading, framesOfAnySize: boolean) =>
  buildMe1({
    totalName: 'Итого',
    params: { fromTs: 0, toTs: 60_000, threshold: 40, minFacePx: 60, smileIndex, framesOfAnySize },
    aggregates: [aggregate],
    series: [point],
    streams: [{ id: 'hall', name: 'Hall', role: 'customer' }],
    localTime: new LocalTime('UTC'),
    bucketMs: 60_000,
    generatedTs: 0,
  });

describe('faces by size over frames of any size', () => {
  it.each(SMILE_READINGS)('withholds the reading by frames alone, in rows, totals and charts: %s', (reading) => {
    for (const framesOfAnySize of [false, true]) {
      const { rows, totals, series } = reportOf(reading, framesOfAnySize);
      const isWithheld = framesOfAnySize && reading === 'frame';
      expect(rows[0]?.framesWithFaces).toBe(10);
      expect(series[0]?.smileIndex === null).toBe(isWithheld);
      if (reading === 'person') continue;
      for (const row of [...rows, ...totals]) expect(row.smileIndex.value === null).toBe(isWithheld);
    }
  });
});
