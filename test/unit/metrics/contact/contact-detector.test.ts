import { describe, expect, it } from 'vitest';
import type { FrameResult } from '../../../../src/contracts/face.js';
import { ContactDetector } from '../../../../src/metrics/contact/detector.js';
import {
  between,
  calm,
  changesOf,
  contactsIn,
  contactsOf,
  detector,
  framesOf,
  nobody,
  OPTIONS,
  smiling,
} from './contact-scene.js';
import { face, frame, scores } from '../faces.js';

const ids = (changes: ReturnType<typeof changesOf>, kind: 'start' | 'update' | 'end'): number =>
  changes.filter((change) => change.kind === kind).length;

describe('episodes', () => {
  it.each([
    // customer in view [from, to) ms; frames 200 ms apart, so the last one seen is at to − 200
    ['2.8 s', 1000, 4000, 0],
    ['3 s', 1000, 4200, 1],
    ['10 s', 1000, 11_000, 1],
  ])('a customer present for %s', (_, from, to, contacts) => {
    expect(contactsOf({ lengthMs: 20_000, customer: between(from, to, calm), seller: calm })).toHaveLength(contacts);
  });

  it.each([
    ['2.8 s', 2800, 1],
    ['3 s', 3000, 2],
  ])('a gap of %s', (_, gapMs, contacts) => {
    const customer = (t: number) => (t < 5000 || t >= 5000 + gapMs - 200 ? scores({}) : null);
    expect(contactsOf({ lengthMs: 15_000, customer, seller: calm })).toHaveLength(contacts);
  });

  it('joins a track split by a short gap into one contact', () => {
    const [contact, ...others] = contactsOf({
      lengthMs: 12_000,
      customer: (t) => (t >= 4000 && t < 5000 ? null : scores({})),
      customerFace: (t) => ({ trackId: t < 4000 ? 'first' : 'second' }),
      seller: calm,
    });
    expect(others).toEqual([]);
    expect((contact?.endTs ?? 0) - (contact?.startTs ?? 0)).toBe(11_800);
  });

  it.each([
    ['elsewhere in the picture', { box: { x: 0, y: 0.3, width: 0.1, height: 0.15 } }],
    ['of another size', { box: { x: 0.48, y: 0.4, width: 0.06, height: 0.09 } }],
    ['surely of the other gender', { gender: 0.05 }],
  ])('takes a new face %s for another customer', (_, second) => {
    const contacts = contactsOf({
      lengthMs: 12_000,
      customer: (t) => (t >= 5000 && t < 6000 ? null : scores({})),
      customerFace: (t) =>
        t < 5000 ? { trackId: 'first', gender: 0.95 } : { trackId: 'second', gender: 0.9, ...second },
      seller: calm,
    });
    expect(contacts).toHaveLength(2);
  });

  it('keeps two customers side by side apart', () => {
    const left = { x: 0.1, y: 0.3, width: 0.2, height: 0.3 };
    const right = { x: 0.7, y: 0.3, width: 0.2, height: 0.3 };
    const frames = framesOf({ lengthMs: 10_000, customer: nobody, seller: calm }).map((one) =>
      one.streamId === 'customer-cam'
        ? { ...one, faces: [face({ trackId: 'l', box: left }), face({ trackId: 'r', box: right })] }
        : one,
    );
    expect(contactsIn(changesOf(frames))).toHaveLength(2);
  });

  it('is not opened by a face that was never recognised, but goes on while a customer looks aside', () => {
    const unrecognised = contactsOf({
      lengthMs: 10_000,
      customer: calm,
      customerFace: () => ({ rejected: 'score' }),
      seller: calm,
    });
    expect(unrecognised).toEqual([]);
    const aside = contactsOf({
      lengthMs: 12_000,
      customer: calm,
      customerFace: (t) => ({ rejected: t >= 2000 && t < 8000 ? 'yaw' : null }),
      seller: calm,
    });
    expect(aside).toHaveLength(1);
    expect(aside[0]?.curve.filter(({ green }) => green === null)).toHaveLength(30);
  });

  it('does not join people across a camera that was blind for long', () => {
    const frames = framesOf({ lengthMs: 20_000, customer: calm, seller: calm }).filter(
      ({ streamId, ts }) => streamId !== 'customer-cam' || ts < 1_006_000 || ts >= 1_012_000,
    );
    expect(contactsIn(changesOf(frames))).toHaveLength(2);
  });

  it('closes a contact that never ends, such as a poster, after half an hour', () => {
    const frames = framesOf({ lengthMs: 3_600_000 + 10_000, stepMs: 1000, customer: calm, seller: calm });
    const contacts = contactsIn(changesOf(frames));
    expect(contacts.map(({ startTs, endTs }) => Math.round((endTs - startTs) / 60_000))).toEqual([30, 30, 0]);
  });
});

describe('as it happens', () => {
  const scene = { lengthMs: 20_000, customer: between(1000, 9000, calm), seller: smiling(8200, 10_600) };

  it('announces a contact at 3 s, updates it every second, and ends it once', () => {
    const changes = changesOf(framesOf(scene));
    expect(changes[0]).toMatchObject({ kind: 'start', contactId: 'contact-1', pointId: 'till', startTs: 1_001_000 });
    expect([ids(changes, 'start'), ids(changes, 'end')]).toEqual([1, 1]);
    expect(ids(changes, 'update')).toBeGreaterThanOrEqual(5);
    expect(changes.at(-1)?.kind).toBe('end');
  });

  it('gives the same contact whatever the order in which the two cameras arrive', () => {
    const frames = framesOf(scene);
    const late = (streamId: string, lagMs: number): FrameResult[] =>
      [...frames].sort((a, b) => arrival(a, streamId, lagMs) - arrival(b, streamId, lagMs));
    const arrival = (one: FrameResult, streamId: string, lagMs: number): number =>
      one.ts + (one.streamId === streamId ? lagMs : 0);
    const inTime = contactsIn(changesOf(frames));
    expect(inTime[0]?.smiles).toHaveLength(1);
    for (const lagMs of [1500, 4500]) {
      expect(contactsIn(changesOf(late('seller-cam', lagMs)))).toEqual(inTime);
      expect(contactsIn(changesOf(late('customer-cam', lagMs)))).toEqual(inTime);
    }
  });

  it('does not wait for ever for a seller camera that died', () => {
    const frames = framesOf({ ...scene, lengthMs: 30_000 }).filter(
      ({ streamId, ts }) => streamId === 'customer-cam' || ts < 1_004_000,
    );
    const found = detector();
    const ended = frames.flatMap((one) => found.push(one)).filter(({ kind }) => kind === 'end');
    expect(ended).toHaveLength(1);
  });

  it('ends what is open when the clock jumps back by an hour, and goes on', () => {
    const before = framesOf({ lengthMs: 6000, customer: calm, seller: calm, startTs: 10_000_000 });
    const after = framesOf({ lengthMs: 6000, customer: calm, seller: calm, startTs: 10_000_000 - 3_600_000 });
    const found = detector();
    const contacts = contactsIn([...[...before, ...after].flatMap((one) => found.push(one)), ...found.flush()]);
    expect(contacts.map(({ startTs }) => startTs)).toEqual([10_000_000, 6_400_000]);
    expect(found.clockJumps).toBeGreaterThan(0);
  });

  it('ignores a frame that comes twice or out of order', () => {
    const frames = framesOf(scene);
    const [third = frames[0], fourth] = [frames[20], frames[21]];
    const twice = frames.flatMap((one) => (one === fourth && third !== undefined ? [one, third, one] : [one]));
    expect(contactsIn(changesOf(twice))).toEqual(contactsIn(changesOf(frames)));
  });

  it('keeps no more than it needs while nobody comes', () => {
    const found = detector();
    for (const one of framesOf({ lengthMs: 600_000, customer: nobody, seller: calm })) found.push(one);
    const { seller } = found as unknown as { seller: { readings: unknown[] } };
    expect(seller.readings.length).toBeLessThan(150);
  });
});

describe('two zones of one camera', () => {
  const push = (point: { seller: string; customer: string }): number => {
    const found = new ContactDetector({ id: 'till', ...point }, OPTIONS, { newId: () => 'one', maxLagMs: 0 });
    const people = [
      face({ trackId: 's', role: 'seller', zoneId: 'behind', emotions: scores({ happiness: 70 }) }),
      face({ trackId: 'c', role: 'customer', zoneId: 'front' }),
      face({ trackId: 'p', role: 'customer', zoneId: null, rejected: 'size' }),
    ];
    const changes = Array.from({ length: 50 }, (_, i) => found.push(frame(i * 200, people, 'cam'))).flat();
    const contacts = contactsIn([...changes, ...found.flush()]);
    expect(contacts.every(({ smiles }) => smiles.length === 1)).toBe(true);
    return contacts.length;
  };

  it.each([
    ['both zones', { seller: 'cam/behind', customer: 'cam/front' }],
    ['a zone and the rest of the picture', { seller: 'cam/behind', customer: 'cam' }],
    ['the rest of the picture and a zone', { seller: 'cam', customer: 'cam/front' }],
  ])('%s', (_, point) => {
    expect(push(point)).toBe(1);
  });
});
