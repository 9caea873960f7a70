import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../../src/contracts/contact.js';
import type { FrameResult, TrackedFace } from '../../../../src/contracts/face.js';
import { ContactDetector, type ContactChange } from '../../../../src/metrics/contact/detector.js';
import { OPTIONS, STEP_MS } from './contact-scene.js';
import { face, frame } from '../faces.js';
import { worded } from '../../../../src/reporting/contacts/reason-words.js';

/** Who is in a view when, ms: [from, to). */
type Stays = readonly (readonly [from: number, to: number, who: Partial<TrackedFace> & { readonly trackId: string }])[];

const START = 1_000_000;
const LENGTH_MS = 40_000;

const facesAt = (stays: Stays, t: number, over: Partial<TrackedFace>): TrackedFace[] =>
  stays.filter(([from, to]) => t >= from && t < to).map(([, , who]) => face({ ...over, ...who }));

const changesOf = (frames: readonly FrameResult[], point: { seller: string; customer: string }): ContactChange[] => {
  let next = 0;
  const deps = { newId: () => `contact-${(next += 1)}`, maxLagMs: 5000 };
  const detector = new ContactDetector({ id: 'till', ...point }, OPTIONS, deps);
  return [...frames.flatMap((one) => detector.push(one)), ...detector.flush()];
};

const contactsIn = (changes: readonly ContactChange[]): Contact[] =>
  changes.flatMap((change) => (change.kind === 'end' ? [worded(change.contact)] : []));

/** Two cameras. */
const seenByTwo = (sellers: Stays, customers: Stays): ContactChange[] => {
  const frames: FrameResult[] = [];
  for (let t = 0; t < LENGTH_MS; t += STEP_MS) {
    frames.push(frame(START + t, facesAt(sellers, t, { role: 'seller' }), 'seller-cam'));
    frames.push(frame(START + t, facesAt(customers, t, {}), 'customer-cam'));
  }
  return changesOf(frames, { seller: 'seller-cam', customer: 'customer-cam' });
};

/** One camera with the seller's zone on the left. */
const seenByOne = (stays: Stays): ContactChange[] => {
  const frames: FrameResult[] = [];
  for (let t = 0; t < LENGTH_MS; t += STEP_MS) frames.push(frame(START + t, facesAt(stays, t, {}), 'cam'));
  return changesOf(frames, { seller: 'cam/till', customer: 'cam' });
};

const BEHIND = { zoneId: 'till', role: 'seller' as const, box: { x: 0.1, y: 0.3, width: 0.1, height: 0.15 } };
const BEFORE = { zoneId: null, box: { x: 0.22, y: 0.32, width: 0.1, height: 0.15 } };
const FAR = { zoneId: null, box: { x: 0.8, y: 0.32, width: 0.1, height: 0.15 } };

describe('a seller before the customers’ camera', () => {
  it('makes no contact when gone from the other view for just as long, and none is ever begun', () => {
    const changes = seenByTwo(
      [
        [0, 10_000, { trackId: 's1' }],
        [18_000, 40_000, { trackId: 's2' }],
      ],
      [[11_000, 17_000, { trackId: 'passing' }]],
    );
    expect(changes).toEqual([]);
  });

  it('likewise while a colleague stays, and while both cameras see the same face for a moment', () => {
    const colleague = [0, 40_000, { trackId: 'colleague', gender: 0.9 }] as const;
    const changes = seenByTwo(
      [
        colleague,
        [0, 10_800, { trackId: 's1', gender: 0.1, age: 30 }],
        [16_400, 40_000, { trackId: 's2', gender: 0.2, age: 33 }],
      ],
      [[10_200, 17_000, { trackId: 'passing', gender: 0.1, age: 28 }]],
    );
    expect(changes).toEqual([]);
  });

  it.each<readonly [string, Stays, Stays, boolean]>([
    [
      'the seller comes back while the customer is there',
      [
        [0, 10_000, { trackId: 's1' }],
        [15_000, 40_000, { trackId: 's2' }],
      ],
      [[11_000, 25_000, { trackId: 'c' }]],
      true,
    ],
    ['the seller stays away', [[0, 10_000, { trackId: 's1' }]], [[11_000, 20_000, { trackId: 'c' }]], false],
    ['the seller is there all the time', [[0, 40_000, { trackId: 's' }]], [[11_000, 20_000, { trackId: 'c' }]], true],
    [
      'whoever left was somebody else by gender',
      [
        [0, 10_000, { trackId: 's1', gender: 0.95 }],
        [18_000, 40_000, { trackId: 's2', gender: 0.95 }],
      ],
      [[11_000, 17_000, { trackId: 'c', gender: 0.05 }]],
      false,
    ],
    [
      'whoever left had only walked past the seller’s camera',
      [
        [9000, 10_000, { trackId: 'walker' }],
        [18_000, 40_000, { trackId: 's2' }],
      ],
      [[11_000, 17_000, { trackId: 'c' }]],
      false,
    ],
  ])('is a customer where %s', (_, sellers, customers, sellerPresent) => {
    expect(contactsIn(seenByTwo(sellers, customers))).toMatchObject([{ sellerPresent }]);
  });

  it('makes no contact where the track comes from the zone behind the counter, or begins where that one was lost', () => {
    const through = seenByOne([
      [0, 10_000, { trackId: 's', ...BEHIND }],
      [10_000, 18_000, { trackId: 's', ...BEFORE }],
      [18_000, 40_000, { trackId: 's', ...BEHIND }],
    ]);
    expect(through).toEqual([]);
    const split = seenByOne([
      [0, 10_000, { trackId: 's', ...BEHIND }],
      [11_000, 18_000, { trackId: 'again', ...BEFORE }],
    ]);
    expect(split).toEqual([]);
  });

  it('is a customer who comes from elsewhere, who crossed the zone only, or beside whom the seller is seen again', () => {
    const seller = [0, 10_000, { trackId: 's', ...BEHIND }] as const;
    expect(contactsIn(seenByOne([seller, [11_000, 18_000, { trackId: 'c', ...FAR }]]))).toHaveLength(1);
    const crossed = seenByOne([
      [9000, 10_000, { trackId: 'c', ...BEHIND }],
      [10_000, 18_000, { trackId: 'c', ...BEFORE }],
    ]);
    expect(contactsIn(crossed)).toHaveLength(1);
    const back = [13_000, 40_000, { trackId: 's2', ...BEHIND }] as const;
    expect(contactsIn(seenByOne([seller, [11_000, 18_000, { trackId: 'c', ...BEFORE }], back]))).toHaveLength(1);
  });
});
