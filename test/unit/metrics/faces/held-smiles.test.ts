import { expect, it } from 'vitest';
import type { TrackedFace } from '../../../../src/contracts/face.js';
import { HeldSmiles } from '../../../../src/metrics/faces/live/held-smiles.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { face, frame, scores } from '../faces.js';

const NOON = Date.parse('2026-11-22T12:00:00+03:00');
const smile = (happiness: number, over: Partial<TrackedFace> = {}): TrackedFace =>
  face({ emotions: scores({ happiness }), ...over });

const counted = (...frames: readonly (readonly [ms: number, happiness: number | null])[]): readonly number[] => {
  const smiles = new HeldSmiles({ role: 'customer', localTime: new LocalTime('Europe/Moscow') });
  for (const [ms, happiness] of frames) smiles.add(frame(NOON + ms, happiness === null ? [] : [smile(happiness)]));
  return smiles.times(NOON + 5000).map((ts) => ts - NOON);
};

it.each([
  {
    case: 'held for half a second',
    frames: [
      [0, 40],
      [300, 41],
      [500, 40],
    ],
    held: [500],
  },
  {
    case: 'once per track',
    frames: [
      [0, 90],
      [500, 90],
      [1000, 5],
      [1500, 90],
      [2500, 90],
    ],
    held: [500],
  },
  {
    case: 'not long enough',
    frames: [
      [0, 90],
      [499, 90],
    ],
    held: [],
  },
  {
    case: 'not strong enough',
    frames: [
      [0, 39.9],
      [900, 39.9],
    ],
    held: [],
  },
  {
    case: 'a break begins it anew',
    frames: [
      [0, 90],
      [400, 10],
      [600, 90],
      [1000, 90],
      [1100, 90],
    ],
    held: [1100],
  },
  {
    case: 'a frame that misses the face does not',
    frames: [
      [0, 90],
      [300, null],
      [600, 90],
    ],
    held: [600],
  },
] as const)('counts a smile: $case', ({ frames, held }) => {
  expect(counted(...frames)).toEqual(held);
});

it('counts faces of its role alone, takes back what does not live, and begins each local day anew', () => {
  const smiles = new HeldSmiles({ role: 'customer', localTime: new LocalTime('Europe/Moscow') });
  for (const ms of [0, 600])
    smiles.add(
      frame(NOON + ms, [
        smile(90, { trackId: 'a' }),
        smile(90, { trackId: 'poster' }),
        smile(90, { trackId: 'seller', role: 'seller' }),
        smile(90, { trackId: 'blurred', rejected: 'sharpness' }),
      ]),
    );
  expect(smiles.times(NOON)).toHaveLength(2);
  smiles.add(frame(NOON + 6000, [smile(90, { trackId: 'poster', rejected: 'still' })]));
  expect(smiles.times(NOON)).toEqual([NOON + 600]);
  const midnight = Date.parse('2026-11-23T00:00:00+03:00');
  expect(smiles.times(midnight)).toEqual([]);
  smiles.add(frame(midnight, [smile(90, { trackId: 'a' })]));
  smiles.add(frame(midnight + 700, [smile(90, { trackId: 'a' })]));
  expect(smiles.times(midnight + 1000)).toEqual([midnight + 700]);
});
