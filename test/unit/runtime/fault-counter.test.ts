import { expect, it } from 'vitest';
import { FaultCounter } from '../../../src/runtime/fault-counter.js';

it('turns a flood into one line per interval with the true count', () => {
  let now = 0;
  const lines: [string, number][] = [];
  const counter = new FaultCounter(
    1000,
    (fault, count) => lines.push([fault, count]),
    () => now,
  );
  for (let i = 0; i < 500; i += 1) {
    counter.add('bad packet');
    now += 10;
  }
  counter.add('other');
  expect(lines[0]).toEqual(['bad packet', 1]);
  expect(lines.at(-1)).toEqual(['other', 1]);
  expect(lines.length).toBeLessThanOrEqual(7);
});
