import { afterEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import type { Figure } from '../../../src/contracts/figure.js';
import type { Role } from '../../../src/contracts/role.js';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { reportModels } from '../../fixtures/report-models.js';
import { LocalTime } from '../../../src/time/local-time.js';
import type { Store } from '../../../src/store/ports/store.js';
import { contact, sample, summaryOf } from '../../fixtures/store-rows.js';
import { DAY, storeConfig, Stores, TestClock } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const DAY_MS = 86_400_000;
const DAYS = 8;
const VISITORS = 40;
const PERIOD = { fromTs: DAY, toTs: DAY + DAYS * DAY_MS };

/** Visitors of one door, each with a face for ten seconds, on days on which the given share of them smile. */
const door = (store: Store, streamId: string, role: Role, shareOn: (day: number) => number): void => {
  const visits = Array.from({ length: DAYS * VISITORS }, (_, index) => {
    const [day, number] = [Math.floor(index / VISITORS), index % VISITORS];
    const happiness = number < VISITORS * shareOn(day) ? 80 : 5;
    const startTs = DAY + day * DAY_MS + (9 * 60 + 3 * number) * 60_000;
    const trackId = `${streamId}-${String(index)}`;
    return Array.from({ length: 10 }, (_x, n) =>
      sample({ ts: startTs + 1000 * n, streamId, role, trackId, happiness, age: 20 + (number % 40) }),
    );
  });
  store.append({
    samples: visits.flat(),
    tracks: visits.map(summaryOf),
    frames: visits.flat().map(({ ts }) => ({ ts, streamId, role, zoneId: null, analysed: 1, withFaces: 1, faces: 1 })),
  });
};

const reportsOf = async (shareOn: (day: number) => number, kAnonymity = 1) => {
  const store = await stores.open(storeConfig({ kind: 'memory' }));
  door(store, 'in', 'entrance', () => 0.4);
  door(store, 'out', 'exit', shareOn);
  store.append({
    contacts: Array.from({ length: DAYS * 20 }, (_, index) => {
      const [day, number] = [Math.floor(index / 20), index % 20];
      const startTs = DAY + day * DAY_MS + (9 * 60 + 10 * number) * 60_000;
      const verdict = number < 20 * shareOn(day) ? 'happy' : 'indifferent';
      const fields = { startTs, endTs: startTs + 12_000, verdict, answerByChance: 0.1 } as const;
      return contact({ id: `c${String(index)}`, pointId: 'till', ...fields });
    }),
  });
  await store.flush();
  const config = configSchema.parse({
    privacy: { kAnonymity },
    streams: [
      { id: 'in', url: '/in.mp4', role: 'entrance' },
      { id: 'out', url: '/out.mp4', role: 'exit' },
    ],
    contacts: [{ id: 'till', seller: 'in', customer: 'out' }],
  });
  const localTime = new LocalTime('Europe/Moscow');
  const cells = new CellMaker({ store, localTime, clock: new TestClock(), privacy: () => config.privacy });
  if (kAnonymity > 1) await cells.finish(PERIOD.toTs);
  const sources = { store, config: () => config, localTime, clock: new TestClock() };
  return reportModels(sources);
};

const width = ({ low, high }: Figure): number => (high ?? NaN) - (low ?? NaN);

/** The same smiling over all days together, spread evenly or on every other day. */
const EVEN = (): number => 0.4;
const UNEVEN = (day: number): number => (day % 2 === 0 ? 0.1 : 0.7);

describe('over several days the day is the unit', () => {
  const me1 = { ...PERIOD, threshold: 20, smileIndex: 'face' } as const;

  it.each([3_600_000, DAY_MS, 7 * DAY_MS])('in МЭ-1, with charts by %i ms', async (bucketMs) => {
    const [even, uneven] = [await reportsOf(EVEN), await reportsOf(UNEVEN)];
    const row = async (reports: typeof even) =>
      (await reports.me1(me1, bucketMs)).rows.find(({ streamId }) => streamId === 'out');
    const [a, b] = [await row(even), await row(uneven)];
    if (a === undefined || b === undefined) throw new Error('no row of the exit');
    expect(b.smileIndex.value).toBeCloseTo(a.smileIndex.value ?? NaN, 9);
    for (const key of ['smileIndex', 'smilingPersons', 'mood'] as const) {
      expect(width(b[key]), key).toBeGreaterThan(2 * width(a[key]));
    }
    expect(width(b.emotions.happiness)).toBeGreaterThan(2 * width(a.emotions.happiness));
    expect(width(b.malePercent)).toBeCloseTo(width(a.malePercent), 6);
  });

  it('in totals, over the days of all rows together', async () => {
    const reports = await reportsOf(UNEVEN);
    const { total, rows } = await reports.me1(me1, DAY_MS);
    const out = rows.find(({ streamId }) => streamId === 'out');
    // The entrance is alike on all days: half of the total varies half as much.
    expect(width(total.smilingPersons) / width(out?.smilingPersons ?? total.smilingPersons)).toBeCloseTo(0.5, 1);
  });

  it('in questions 4 and 5, whose verdicts a few good days do not make', async () => {
    const shares = [0.9, 0.9, 0.9, 0.3, 0.3, 0.3, 0.3, 0.3];
    const reports = await reportsOf((day) => shares[day] ?? 0);
    const { answers } = await reports.questions(PERIOD);
    const four = answers.find(({ id }) => id === 'exit-over-entrance');
    expect(four?.judgement).toMatchObject({ code: 'unproven', test: 'welch', n: 320, against: 320 });
    const five = answers.find(({ id }) => id === 'smile-back');
    expect(five?.judgement).toMatchObject({ test: 'student', n: 160, against: null });
    const [net] = five?.figures ?? [];
    expect(net?.figure.low).toBeLessThan(0.25);
  });

  it('in the Happy-Index and the net response', async () => {
    const of = async (shareOn: (day: number) => number) => {
      const reports = await reportsOf(shareOn);
      const request = { ...PERIOD, points: [], singles: true, happyIndex: 'answer' } as const;
      return (await reports.contacts(request)).points[0];
    };
    const [even, uneven] = [await of(EVEN), await of(UNEVEN)];
    if (even === undefined || uneven === undefined) throw new Error('no point');
    expect(uneven.value).toBeCloseTo(even.value ?? NaN, 9);
    expect(width(uneven)).toBeGreaterThan(1.5 * width(even));
    expect(width(uneven.netResponse)).toBeGreaterThan(1.5 * width(even.netResponse));
  });

  it('where small groups are guarded, too', async () => {
    const [even, uneven] = [await reportsOf(EVEN, 5), await reportsOf(UNEVEN, 5)];
    const out = async (reports: typeof even) =>
      (await reports.me1(me1, DAY_MS)).rows.find(({ streamId }) => streamId === 'out');
    const [a, b] = [await out(even), await out(uneven)];
    if (a === undefined || b === undefined) throw new Error('no row of the exit');
    expect(b.visitors).toBeGreaterThan(300);
    expect(width(b.smilingPersons)).toBeGreaterThan(1.8 * width(a.smilingPersons));
    expect(b.malePercent.value).toBe(100);
    const four = (await uneven.questions(PERIOD)).answers.find(({ id }) => id === 'exit-over-entrance');
    expect(four?.judgement?.code).toBe('unproven');
  });
});

describe('two periods', () => {
  const half = (fromDay: number, toDay: number, streams: readonly string[]) => ({
    ...{ fromTs: DAY + fromDay * DAY_MS, toTs: DAY + toDay * DAY_MS, streams, threshold: 20 },
    smileIndex: 'face' as const,
  });

  it('are judged by people with named tests, corrected together, as everywhere', async () => {
    const reports = await reportsOf((day) => (day < 4 ? 0.3 : 0.7));
    const { a, b, lines } = await reports.comparison(half(0, 4, ['out']), half(4, 8, ['out']));
    const line = (key: string) => lines.find((one) => one.key === key);
    expect(line('smilingPersons')).toMatchObject({
      a: { value: a.total.smilingPersons.value },
      b: { value: b.total.smilingPersons.value },
      judgement: { code: 'higher', test: 'welch', n: 160, against: 160, short: null },
    });
    expect(line('smilingPersons')?.difference.value).toBeCloseTo(0.4, 9);
    expect(line('smileIndex')?.judgement).toBeNull();
    expect(line('smileIndex')?.difference.value).toBeCloseTo(0.4, 9);
    expect(line('male')?.judgement?.code).toBe('unproven');
    expect(line('visitors')).toMatchObject({ a: { value: 160 }, difference: { value: 0, low: null }, judgement: null });
    const adjusted = lines.flatMap(({ judgement }) => (judgement === null ? [] : [judgement]));
    expect(adjusted.every(({ p, pAdjusted }) => pAdjusted !== null && p !== null && pAdjusted >= p)).toBe(true);
  });

  it('say that nine visitors are too few', async () => {
    const reports = await reportsOf(EVEN);
    const nine = { ...half(0, 1, ['out']), toTs: DAY + (9 * 60 + 3 * 8 + 1) * 60_000 };
    const { lines } = await reports.comparison(nine, half(1, 8, ['out']));
    expect(lines.find(({ key }) => key === 'smilingPersons')?.judgement).toMatchObject({
      code: 'too-few',
      short: { unit: 'visitors', has: 9, needs: 10 },
    });
  });

  it('have no verdict where visitors would be compared with sellers', async () => {
    const store = await stores.open(storeConfig({ kind: 'memory' }));
    door(store, 'in', 'entrance', EVEN);
    door(store, 'till', 'seller', EVEN);
    await store.flush();
    const config = configSchema.parse({ privacy: { kAnonymity: 1 } });
    const reports = reportModels({
      ...{ store, config: () => config, localTime: new LocalTime('UTC'), clock: new TestClock() },
    });
    const { lines } = await reports.comparison(half(0, 4, ['in']), half(4, 8, ['till']));
    expect(lines).toEqual([]);
  });
});
