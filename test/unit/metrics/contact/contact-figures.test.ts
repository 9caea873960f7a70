import { describe, expect, it } from 'vitest';
import { countedContact } from '../../../../src/metrics/contact/counted-contact.js';
import type { Burst, Contact, CountedContact, Verdict } from '../../../../src/contracts/contact.js';
import { cValue } from '../../../../src/metrics/contact/curves/c-value.js';
import { detectClockOffset } from '../../../../src/metrics/contact/curves/clock-offset.js';
import { clockWarning } from '../../../../src/reporting/contacts/contact-notes.js';
import { crossLagOf } from '../../../../src/metrics/contact/curves/cross-lag.js';
import { happyIndexOf } from '../../../../src/metrics/contact/judgement/happy-index.js';
import { pointSummaries } from '../../../../src/metrics/contact/point-summary.js';
import { shiftSummaries } from '../../../../src/metrics/contact/shifts.js';
import { atOnce } from '../../../../src/runtime/turns.js';
import { seededRandom } from '../../../../src/metrics/statistics/random.js';
import { calm, contactsOf, smiling, type Face } from './contact-scene.js';
import { scores } from '../faces.js';

const burstsOf = (customer: Face, options = {}): Pick<Burst, 'kind' | 'rise'>[] =>
  contactsOf({ lengthMs: 16_000, customer, seller: calm }, options)
    .flatMap(({ bursts }) => bursts)
    .map(({ kind, rise }) => ({ kind, rise }));

describe('bursts', () => {
  it('are of the smoothed expression', () => {
    const jump = (t: number) => scores(t >= 6000 && t < 8000 ? { happiness: 60 } : {});
    const [contact] = contactsOf({
      lengthMs: 16_000,
      seller: calm,
      customer: jump,
      customerFace: () => ({ smoothed: scores({}) }),
    });
    expect(contact?.bursts).toEqual([]);
    expect(contact?.curve.some(({ green }) => green === 60)).toBe(true);
  });

  const positive = (rise: number) => ({ kind: 'positive', rise });

  it.each<[string, Face, unknown[]]>([
    ['a rise of 20 for 0.6 s', smiling(6000, 6600, 20), []], // touches the level only at its samples: 0.4 s
    ['a rise of 20 for 0.8 s', smiling(6000, 6800, 20), [positive(20)]],
    ['a rise of 19.9', smiling(6000, 9000, 19.9), []],
    ['a rise over a baseline of 30 to 49', (t) => scores({ happiness: t > 6000 ? 49 : 30 }), []],
    ['a rise over a baseline of 30 to 50', (t) => scores({ happiness: t > 6000 ? 50 : 30 }), [positive(20)]],
    [
      'two rises 0.4 s apart',
      (t) => scores(t >= 6000 && t < 9000 && !(t >= 7000 && t < 7400) ? { happiness: 60 } : {}),
      [positive(60)],
    ],
    [
      'two rises 2 s apart',
      (t) => scores(t >= 5000 && t < 9000 && !(t >= 6000 && t < 8000) ? { happiness: 60 } : {}),
      [positive(60), positive(60)],
    ],
    ['surprise', (t) => scores(t >= 6000 && t < 8000 ? { surprise: 30 } : {}), [{ kind: 'negative', rise: 30 }]],
    [
      'a little of everything bad',
      (t) => scores(t >= 6000 && t < 8000 ? { surprise: 5, anger: 5, disgust: 5, fear: 5, sadness: 5 } : {}),
      [{ kind: 'negative', rise: 25 }],
    ],
    ['cross from the start', () => scores({ anger: 80 }), []], // people come as they are
  ])('%s', (_, customer, expected) => {
    expect(burstsOf(customer)).toEqual(expected);
  });

  it('obeys the configured limits', () => {
    expect(burstsOf(smiling(6000, 8000, 30), { burstRise: 35 })).toEqual([]);
    expect(burstsOf(smiling(6000, 6400, 30), { burstMinMs: 100 })).toHaveLength(1);
  });
});

const contact = (over: Partial<Contact> = {}): Contact => ({
  id: 'x',
  pointId: 'till',
  startTs: 0,
  endTs: 10_000,
  sellerPresent: true,
  rule: 'answer',
  qualified: true,
  verdict: 'happy',
  answerByChance: null,
  peakVerdict: null,
  reason: { ru: '', en: '' },
  smiles: [],
  bursts: [],
  baselineHappiness: null,
  riseOverBaseline: null,
  latencyMs: null,
  crossLag: null,
  curve: [],
  ...over,
});
const SUMMARY = { k: 1, happyIndex: 'answer' } as const;
const verdicts = (happy: number, unhappy: number, indifferent: number, unqualified = 0): Contact[] =>
  (
    [
      ['happy', happy],
      ['unhappy', unhappy],
      ['indifferent', indifferent],
      [null, unqualified],
    ] as [Verdict | null, number][]
  ).flatMap(([verdict, count]) =>
    Array.from({ length: count }, () => contact({ verdict, qualified: verdict !== null })),
  );

describe('Happy-Index', () => {
  it.each([
    [5, 2, 2, 1, 3 / 9],
    [0, 3, 0, 0, -1],
    [4, 0, 0, 2, 1],
    [2, 2, 6, 0, 0],
  ])('of %i happy, %i unhappy, %i indifferent, %i not qualified', (happy, unhappy, indifferent, rest, expected) => {
    const figure = happyIndexOf('till', verdicts(happy, unhappy, indifferent, rest));
    expect(figure.value).toBeCloseTo(expected, 12);
    expect(figure.low).toBeLessThanOrEqual(figure.value ?? NaN);
    expect(figure.low).toBeLessThan(figure.high ?? NaN);
    expect(figure.low).toBeGreaterThanOrEqual(-1);
    expect(figure.high).toBeGreaterThanOrEqual(figure.value ?? NaN);
    expect(figure.high).toBeLessThanOrEqual(1);
  });

  it('is nothing without a qualified contact', () => {
    expect(happyIndexOf('till', verdicts(0, 0, 0, 7))).toMatchObject({ value: null, low: null, high: null });
  });

  it('has an interval that covers the truth', () => {
    const random = seededRandom(7);
    let held = 0;
    for (let i = 0; i < 3000; i += 1) {
      const draw = Array.from({ length: 30 }, random);
      const [happy, unhappy] = [draw.filter((u) => u < 0.5).length, draw.filter((u) => u > 0.8).length];
      const { low, high } = happyIndexOf('till', verdicts(happy, unhappy, 30 - happy - unhappy, 0));
      if ((low ?? 1) <= 0.3 && (high ?? 0) >= 0.3) held += 1;
    }
    expect(held / 3000).toBeGreaterThanOrEqual(0.93);
    expect(held / 3000).toBeLessThanOrEqual(0.97);
  });
});

describe('C-Value', () => {
  const burst = (kind: Burst['kind']): Burst => ({ kind, startTs: 0, endTs: 1000, rise: 30 });
  const contacts = [
    contact({ bursts: [burst('positive'), burst('positive'), burst('negative')] }),
    contact({ bursts: [] }),
    contact({ bursts: [burst('positive')] }),
    contact({ bursts: [burst('negative')] }),
  ];

  it.each([
    [1, 1 / 4],
    [2, -1 / 4],
    [0, 3 / 4],
  ])('with K = %f', (k, expected) => {
    expect(cValue(contacts.map(countedContact), k).value).toBeCloseTo(expected, 12);
  });

  it('counts bursts and points apart', () => {
    const other = contact({ pointId: 'door', bursts: [burst('negative')], verdict: 'unhappy' });
    const [till, door, idle] = atOnce(
      pointSummaries([...contacts, other].map(countedContact), ['till', 'door', 'idle'], SUMMARY),
    );
    expect(till).toMatchObject({ pointId: 'till', contacts: 4, positiveBursts: 3, negativeBursts: 2, value: 1 });
    expect(door).toMatchObject({ pointId: 'door', contacts: 1, negativeBursts: 1, value: -1 });
    expect(idle).toMatchObject({ pointId: 'idle', contacts: 0, value: null });
  });
});

describe('sellers by point and shift', () => {
  const shifts = [
    { name: 'morning', fromTs: 0, toTs: 1000 },
    { name: 'evening', fromTs: 1000, toTs: 2000 },
  ];
  const options = { threshold: 20, cValueK: 1, kAnonymity: 5 };

  it('shows a shift of k contacts and nothing of a smaller one', () => {
    const morning = verdicts(3, 1, 1).map((one) => ({ ...one, startTs: 10 }));
    const evening = verdicts(4, 0, 0).map((one) => ({ ...one, startTs: 1000 }));
    const [first, second] = atOnce(
      shiftSummaries([...morning, ...evening].map(countedContact), ['till'], shifts, options),
    );
    expect(first).toMatchObject({ pointId: 'till', shift: 'morning', contacts: 5 });
    expect(first?.happyIndex.value).toBeCloseTo(2 / 5, 12);
    expect(second).toMatchObject({
      shift: 'evening',
      contacts: null,
      happyIndex: { value: null },
      cValue: { value: null },
    });
  });
});

describe('cross-lagged correlation', () => {
  const STEP = 200;
  const smooth = (random: () => number, length: number): number[] => {
    let level = 0;
    return Array.from({ length }, () => (level = 0.8 * level + 20 * (random() - 0.5)));
  };
  const curve = (values: readonly number[], lagSteps = 0) =>
    values.map((value, i) => ({ ts: (i + lagSteps) * STEP, value }));

  it.each([600, 800, 1000])('finds a customer %i ms behind the seller', (lagMs) => {
    const values = smooth(seededRandom(3), 80);
    const found = crossLagOf(curve(values), curve(values, lagMs / STEP), 0, 79 * STEP);
    expect(found?.r).toBeCloseTo(1, 6);
    expect(found?.lagMs).toBe(lagMs);
    expect(found?.pValue).toBeLessThan(0.05);
  });

  it('rejects about 5 % of curves that have nothing to do with one another', () => {
    const random = seededRandom(11);
    const runs = 300;
    let rejected = 0;
    for (let i = 0; i < runs; i += 1) {
      const found = crossLagOf(curve(smooth(random, 75)), curve(smooth(random, 75)), 0, 74 * STEP);
      if ((found?.pValue ?? 1) < 0.05) rejected += 1;
    }
    expect(rejected / runs).toBeLessThan(0.09);
    expect(rejected / runs).toBeGreaterThan(0.01);
  });

  it('says nothing of flat curves, nor of a contact too short to shift', () => {
    const values = smooth(seededRandom(5), 25);
    expect(crossLagOf(curve(values), curve(values.map(() => 3)), 0, 24 * STEP)).toBeNull();
    expect(crossLagOf(curve(values), curve(values.map((v) => v / 100)), 0, 24 * STEP)).toBeNull();
    expect(crossLagOf(curve(values), curve(values), 0, 24 * STEP)).toBeNull();
  });
});

describe('clocks that differ', () => {
  /** Five customers who each answer 0.7 s after the seller, at different moments of their contacts. */
  const contactsAt = (customerClockMs: number): CountedContact[] =>
    [3000, 4000, 5000, 6000, 4600].flatMap((onset, i) =>
      contactsOf({
        lengthMs: 14_000,
        startTs: 1_000_000 + i * 60_000,
        seller: smiling(onset, onset + 2600),
        customer: smiling(onset + 700, onset + 3600),
        customerClockMs,
      }).map(countedContact),
    );

  it.each([0, 300, -300])('%i ms are not worth a word', (offset) => {
    expect(detectClockOffset('till', contactsAt(offset))).toBeNull();
  });

  it.each([2000, -2000, 3500])('%i ms are noticed', (offset) => {
    const found = detectClockOffset('till', contactsAt(offset));
    expect(Math.abs((found?.offsetMs ?? Infinity) - offset)).toBeLessThanOrEqual(400);
    const warning = found === null ? null : clockWarning(found);
    expect(warning?.ru).toContain(offset > 0 ? 'спешат' : 'отстают');
    expect(warning?.en).toContain(offset > 0 ? 'ahead of' : 'behind');
  });

  it('are not guessed from two contacts or from customers who never answer', () => {
    expect(detectClockOffset('till', contactsAt(2000).slice(0, 2))).toBeNull();
    const silent = contactsOf({ lengthMs: 14_000, seller: smiling(3000, 6000), customer: calm }).map(countedContact);
    expect(detectClockOffset('till', [...silent, ...silent, ...silent])).toBeNull();
  });
});
