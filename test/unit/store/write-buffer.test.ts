import { expect, it } from 'vitest';
import type { FrameCount } from '../../../src/contracts/sample.js';
import type { StoreBatch } from '../../../src/store/ports/row-sink.js';
import { WriteBuffer } from '../../../src/store/write-buffer.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { seeded } from '../../fixtures/store-rows.js';

const frames = (analysed: number): FrameCount[] => [
  { ts: 0, streamId: 'a', role: 'customer', zoneId: null, analysed, withFaces: 0, faces: 0 },
];

it('no portion holds rows of both sides of a border, whatever the disk refuses and the buffer gives up', () => {
  const random = seeded(printedSeed('write buffer'));
  for (let round = 0; round < 200; round += 1) {
    const buffer = new WriteBuffer(40);
    const sideOf = new Map<StoreBatch, number>();
    let side = 0;
    for (let step = 0; step < 100; step += 1) {
      const kind = random();
      if (kind < 0.5) {
        const batch = { frames: Array.from({ length: Math.ceil(random() * 8) }, () => frames(1)).flat() };
        sideOf.set(batch, side);
        buffer.push(batch);
      } else if (kind < 0.7) side = buffer.drawBorder();
      else {
        const { batches } = buffer.take(12);
        expect(new Set(batches.map((batch) => sideOf.get(batch))).size).toBeLessThan(2);
        const refused = random() < 0.4;
        if (refused) buffer.putBack();
        else buffer.committed();
        const [first] = batches;
        const own = first === undefined ? undefined : sideOf.get(first);
        // What was put back stands before its border still, unless it was given up for want of room.
        if (own !== undefined && refused && own < side && buffer.reached(own + 1))
          expect(buffer.lost.frames).toBeGreaterThan(0);
      }
    }
    while (!buffer.empty) {
      const { batches } = buffer.take(12);
      expect(new Set(batches.map((batch) => sideOf.get(batch) ?? -1)).size).toBe(1);
      buffer.committed();
    }
    expect(buffer.reached(side)).toBe(true);
  }
});
