import { describe, expect, it } from 'vitest';
import { shortfallOf, type FrameTally } from '../../../../src/pipeline/camera/shortfall.js';
import type { Shortfall } from '../../../../src/contracts/stream.js';

describe('shortfallOf', () => {
  it.each<[string, FrameTally, Shortfall | null, Shortfall | null]>([
    ['the rate is kept', { wanted: 50, analysed: 49, lost: 1 }, null, null],
    ['a tenth of what came is given up', { wanted: 50, analysed: 45, lost: 5 }, null, 'overload'],
    ['half of the fault has gone: still overloaded', { wanted: 50, analysed: 47, lost: 3 }, 'overload', 'overload'],
    ['half of the fault never was one', { wanted: 50, analysed: 47, lost: 3 }, null, null],
    ['it has gone', { wanted: 50, analysed: 49, lost: 1 }, 'overload', null],
    ['the camera sends too few', { wanted: 50, analysed: 30, lost: 0 }, null, 'source'],
    ['the camera nearly keeps up again', { wanted: 50, analysed: 44, lost: 0 }, 'source', 'source'],
    ['the camera keeps up', { wanted: 50, analysed: 46, lost: 0 }, 'source', null],
    ['both: what this machine can do something about', { wanted: 50, analysed: 20, lost: 10 }, 'source', 'overload'],
    ['nothing comes at all', { wanted: 50, analysed: 0, lost: 0 }, null, 'source'],
  ])('%s', (_name, tally, before, verdict) => {
    expect(shortfallOf(tally, before)).toBe(verdict);
  });
});
