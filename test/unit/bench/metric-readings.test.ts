import { describe, expect, it } from 'vitest';
import { quantileBetween, total } from '../../../bench/metric-readings.js';
import { parseMetrics } from '../../../bench/prometheus-text.js';

const reading = (a: readonly [number, number, number], b: readonly [number, number, number]) =>
  parseMetrics(
    [
      ...[a, b].flatMap(([low, high, all], index) => [
        `x_seconds_bucket{stream="${index}",le="0.1"} ${low}`,
        `x_seconds_bucket{stream="${index}",le="0.2"} ${high}`,
        `x_seconds_bucket{stream="${index}",le="+Inf"} ${all}`,
      ]),
      `drops_total{stream="0",reason="superseded"} 3`,
      `drops_total{stream="1",reason="superseded"} 4`,
      `drops_total{stream="1",reason="stopping"} 5`,
    ].join('\n'),
  );

describe('quantileBetween', () => {
  // Observed in between: 10 up to 0.1, 10 more up to 0.2, none beyond; before that 100 beyond 0.2.
  const before = reading([0, 0, 50], [0, 0, 50]);
  const after = reading([4, 10, 60], [6, 10, 60]);

  it.each([
    [0.25, 0.05],
    [0.5, 0.1],
    [0.95, 0.19],
  ])('rank %d', (rank, seconds) => {
    expect(quantileBetween(before, after, 'x_seconds', rank)).toBeCloseTo(seconds, 10);
  });

  it('gives the last bound for what lies beyond it, and nothing for nothing', () => {
    expect(quantileBetween([], before, 'x_seconds', 0.5)).toBe(0.2);
    expect(quantileBetween(after, after, 'x_seconds', 0.5)).toBeNull();
  });
});

describe('total', () => {
  it('sums what has the labels', () => {
    const samples = reading([0, 0, 0], [0, 0, 0]);
    expect(total(samples, 'drops_total')).toBe(12);
    expect(total(samples, 'drops_total', { reason: 'superseded' })).toBe(7);
    expect(total(samples, 'unknown')).toBe(0);
  });
});
