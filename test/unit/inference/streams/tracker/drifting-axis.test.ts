import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DriftingAxis } from '../../../../../src/inference/streams/tracker/drifting-axis.js';

const noise = { measured: 0.1, firstSpeed: 2, speed: 1, memoryS: 0.8 };
const seconds = fc.double({ min: 0.001, max: 3, noNaN: true });

describe('drifting axis', () => {
  it('does not care how a time is cut into steps', () => {
    fc.assert(
      fc.property(seconds, seconds, fc.double({ min: -5, max: 5, noNaN: true }), (first, second, measured) => {
        const make = (): DriftingAxis => {
          const axis = new DriftingAxis(0, noise);
          axis.advance(0.2);
          axis.correct(measured);
          return axis;
        };
        const whole = make();
        const parts = make();
        whole.advance(first + second);
        parts.advance(first);
        parts.advance(second);
        expect(parts.position).toBeCloseTo(whole.position, 9);
        expect(parts.spread).toBeCloseTo(whole.spread, 9);
      }),
    );
  });

  it('learns a steady speed and looks ahead with it', () => {
    const axis = new DriftingAxis(0, noise);
    for (let step = 1; step <= 40; step += 1) {
      axis.advance(0.1);
      axis.correct(step * 0.1 * 1.5);
    }
    expect(axis.ahead(0.1) - axis.position).toBeGreaterThan(0.1);
    expect(axis.ahead(0.1) - axis.position).toBeLessThan(0.16);
  });

  it('grows less sure without measurements, never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(seconds, fc.boolean()), { maxLength: 40 }), (steps) => {
        const axis = new DriftingAxis(0, noise);
        for (const [step, measured] of steps) {
          const before = axis.spread;
          axis.advance(step);
          expect(axis.spread).toBeGreaterThanOrEqual(before * 0.999);
          if (measured) axis.correct(axis.position + 0.05);
          expect(Number.isFinite(axis.spread)).toBe(true);
          expect(axis.spread).toBeGreaterThanOrEqual(noise.measured);
        }
      }),
    );
  });
});
