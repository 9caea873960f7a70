import { describe, expect, it } from 'vitest';
import { FACE_SIZE_STEPS_PX } from '../../../src/contracts/cell.js';
import { safeSizes, type SizedVisitor } from '../../../src/store/safe-sizes.js';
import { seeded } from '../../fixtures/store-rows.js';

const K = 5;
/** Visitors of one cell, each with samples in one band alone. */
const people = (count: number, band: number, cell = 0): SizedVisitor[] =>
  Array.from({ length: count }, () => ({ cell, bands: 1 << band, largest: band }));

describe('the sizes of faces that a union of cells may be asked by', () => {
  it('are those that part it into nobody or k on either side', () => {
    expect(safeSizes([...people(6, 0), ...people(7, 3)], K)).toEqual([40, 60, 80, 120, 160, 240]);
    expect(safeSizes([...people(6, 0), ...people(4, 3)], K)).toEqual([120, 160, 240]);
    expect(safeSizes([...people(6, 0), ...people(6, 2), ...people(3, 5)], K)).toEqual([40, 60, 240]);
  });

  it('never leave fewer than k when single cells are taken away', () => {
    // Ten large faces in the first cell and one in the second: the step minus the first cell is the one.
    const apart = [...people(10, 4, 0), ...people(1, 4, 1), ...people(10, 0, 1)];
    expect(safeSizes(apart, K)).not.toContain(120);
    expect(safeSizes([...people(10, 4, 0), ...people(10, 0, 1)], K)).toContain(120);
  });

  it('leave k or nobody in every sum of answers (seeded)', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seeded(seed);
      const visitors = Array.from({ length: 20 + Math.floor(random() * 20) }, (_, index): SizedVisitor => {
        const [first, second] = [Math.floor(random() ** 2 * 7), Math.floor(random() ** 2 * 7)];
        return {
          cell: index < 3 * K ? index % 3 : Math.floor(random() * 3),
          bands: (1 << first) | (1 << second),
          largest: Math.max(first, second),
        };
      });
      const steps = safeSizes(visitors, K).map((step) => FACE_SIZE_STEPS_PX.indexOf(step as 40) + 1);
      const edges = [0, ...steps, 7];
      for (let draw = 0; draw < 200; draw += 1) {
        // Weights of the bands between steps and of the cells, as an attacker would choose them.
        const byBand = edges.slice(1).map(() => Math.floor(random() * 3) - 1);
        const byCell = [0, 1, 2].map(() => Math.floor(random() * 3) - 1);
        const weight = (cell: number, band: number): number =>
          (byBand[edges.findIndex((edge, index) => band >= edge && band < (edges[index + 1] ?? 7))] ?? 0) +
          (byCell[cell] ?? 0);
        const touched = visitors.filter(({ cell, bands }) =>
          [0, 1, 2, 3, 4, 5, 6].some((band) => (bands & (1 << band)) !== 0 && weight(cell ?? 0, band) !== 0),
        );
        expect(touched.length === 0 || touched.length >= K, `seed ${seed}: ${touched.length}`).toBe(true);
      }
    }
  });
});
