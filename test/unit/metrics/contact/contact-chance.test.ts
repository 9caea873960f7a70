import { describe, expect, it } from 'vitest';
import { countedContact } from '../../../../src/metrics/contact/counted-contact.js';
import { simulateContacts, type SimulatedContacts } from '../../../../scripts/simulate/contacts.js';
import type { Contact, PointSummary } from '../../../../src/contracts/contact.js';
import { netResponse } from '../../../../src/metrics/contact/judgement/net-response.js';
import { summarizePoint } from '../../../../src/metrics/contact/point-summary.js';

const summaryOf = (simulated: SimulatedContacts): PointSummary =>
  summarizePoint('', simulateContacts(simulated).map(countedContact), { k: 1, happyIndex: 'peak' });

describe('without contagion', () => {
  it.each([
    [12_000, 2],
    [12_000, 12],
    [30_000, 6],
    [60_000, 2],
    [60_000, 15],
    [120_000, 6],
  ])('in contacts of %i ms with %i own smiles a minute the net response is about 0', (lengthMs, liveliness) => {
    const summary = summaryOf({ seed: lengthMs + liveliness, contacts: 200, lengthMs, liveliness });
    const { value, low, high, basis } = summary.netResponse;
    expect(basis).toBeGreaterThan(30);
    expect(Math.abs(value ?? NaN)).toBeLessThan(0.1);
    expect(low).toBeLessThanOrEqual(0);
    expect(high).toBeGreaterThanOrEqual(0);
  });

  it('the literal reading calls most lively customers happy', () => {
    const { peak, netResponse: net } = summaryOf({ seed: 5, contacts: 150, lengthMs: 60_000, liveliness: 12 });
    expect(peak?.value).toBeGreaterThan(0.7);
    expect(net.value).toBeLessThan(0.1);
  });

  it('a correlation is significant in about 5 % of the qualified', () => {
    const { contagionShare } = summaryOf({ seed: 9, contacts: 300, lengthMs: 40_000, liveliness: 6 });
    expect(contagionShare.value).toBeLessThan(0.09);
  });
});

describe('with contagion', () => {
  it.each([2, 12])('of half the customers, with %i own smiles a minute, it is found', (liveliness) => {
    const summary = summaryOf({ seed: 21, contacts: 150, lengthMs: 40_000, liveliness, contagion: 0.5 });
    expect(summary.netResponse.low).toBeGreaterThan(0);
    expect(summary.medianLatencyMs.value).toBeGreaterThan(400);
    expect(summary.medianLatencyMs.value).toBeLessThan(2000);
  });
});

describe('a face that rests', () => {
  it.each([20, 40])('with a red of %i is never unhappy', (restingRed) => {
    const summary = summaryOf({ seed: 31, contacts: 200, lengthMs: 20_000, liveliness: 0, restingRed });
    expect(summary.qualified).toBeGreaterThan(100);
    expect(summary).toMatchObject({ unhappy: 0, happy: 0, indifferent: summary.qualified });
    expect(summary.peak?.unhappy).toBeGreaterThan(100);
  });

  it('of which one frame in a hundred is misread answers nothing', () => {
    const summary = summaryOf({ seed: 41, contacts: 200, lengthMs: 20_000, liveliness: 0, badFrames: 0.01 });
    expect(summary).toMatchObject({ happy: 0, unhappy: 0, indifferent: summary.qualified });
    expect(summary.peak?.happy).toBeGreaterThan(20);
  });
});

describe('contagion', () => {
  const qualified = (contact: Contact): boolean => contact.qualified;

  it('keeps flat customers in the denominator', () => {
    const lively = simulateContacts({ seed: 51, contacts: 40, lengthMs: 40_000, liveliness: 2, contagion: 1 });
    const flat = lively.filter(qualified).map((contact) => ({ ...contact, id: `flat-${contact.id}`, crossLag: null }));
    const alone = summarizePoint('', lively.map(countedContact), { k: 1, happyIndex: 'answer' });
    const both = summarizePoint('', [...lively, ...flat].map(countedContact), { k: 1, happyIndex: 'answer' });
    expect(both.correlationSignificant).toBe(alone.correlationSignificant);
    expect(both.contagionShare.value).toBeCloseTo((alone.contagionShare.value ?? NaN) / 2, 9);
  });

  it('computes nothing within 3 s of arrival', () => {
    // Both greet each other at arrival and are still afterwards.
    const greeting = simulateContacts({ seed: 61, contacts: 1, lengthMs: 20_000, liveliness: 0 })[0];
    expect(greeting).toBeDefined();
    const short = simulateContacts({ seed: 62, contacts: 50, lengthMs: 8500, liveliness: 10, contagion: 1 });
    expect(short.some(({ verdict }) => verdict === 'happy')).toBe(true);
    // 5.5 s are left after the greeting, too few to test.
    expect(short.every(({ crossLag }) => crossLag === null)).toBe(true);
  });
});

describe('the net response', () => {
  const one = (
    answered: boolean,
    answerByChance: number | null,
  ): Pick<Contact, 'qualified' | 'verdict' | 'answerByChance'> => ({
    qualified: true,
    verdict: answered ? 'happy' : 'indifferent',
    answerByChance,
  });

  it('leaves out contacts without other moments, and has never an interval of zero width', () => {
    expect(netResponse([one(true, null)])).toEqual({
      value: null,
      low: null,
      high: null,
      basis: 0,
      answered: null,
      byChance: null,
    });
    const alike = netResponse([one(true, 0), one(true, 0), one(true, null)]);
    expect(alike).toMatchObject({ value: 1, basis: 2, answered: 1, byChance: 0, high: 1 });
    expect(alike.low).toBeLessThan(0.5);
  });
});
