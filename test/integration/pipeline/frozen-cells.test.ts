import { afterAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import type { Me1Params } from '../../../src/contracts/me1.js';
import type { Sample } from '../../../src/contracts/sample.js';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { reportModels } from '../../fixtures/report-models.js';
import { LocalTime } from '../../../src/time/local-time.js';
import type { Store } from '../../../src/store/ports/store.js';
import { contact, sample, summaryOf } from '../../fixtures/store-rows.js';
import { DAY, Stores, TestClock } from '../store/stores.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR;
const stores = new Stores();
afterAll(() => stores.closeAll());

const localTime = new LocalTime('UTC');
const configOf = (kAnonymity: number) =>
  configSchema.parse({
    privacy: { kAnonymity },
    streams: ['hall', 'staff'].map((id) => ({ id, url: 'x' })),
    contacts: [{ id: 'till-1', seller: 'staff', customer: 'hall' }],
  });
const config = configOf(5);

/** One visit: a sample a second, with the given fields. */
const visit = (
  trackId: string,
  startTs: number,
  seconds: number,
  fields: Parameters<typeof sample>[0] = {},
): Sample[] =>
  Array.from({ length: seconds }, (_, second) =>
    sample({ streamId: 'hall', trackId, ts: startTs + second * 1000, ...fields }),
  );

const keep = (store: Store, ...visits: readonly Sample[][]): void =>
  store.append({ samples: visits.flat(), tracks: visits.map(summaryOf) });

const start = async (now: number) => {
  const clock = new TestClock(now);
  const store = await stores.memory({}, clock);
  const sources = { store, config: () => config, localTime, clock };
  const maker = new CellMaker({ store, localTime, clock, privacy: () => config.privacy });
  const reports = reportModels(sources);
  const period = { fromTs: DAY - 2 * DAY_MS, toTs: DAY + 8 * DAY_MS };
  /** Everything that may be told of the period, at a whole, a fractional threshold and by size of faces. */
  const told = async () => {
    const me1 = (fields: Partial<Me1Params> = {}) =>
      reports.me1({ ...period, threshold: 20, smileIndex: 'face', ...fields }, HOUR);
    const answers = await Promise.all([
      me1(),
      me1({ threshold: 33.3 }),
      me1({ minFacePx: 60 }),
      reports.visitors({ ...period, streams: [] }),
      reports.questions(period),
      reports.contacts({ ...period, points: [], singles: false, happyIndex: 'answer' }),
      reports.series({ ...period, streams: [], role: null, threshold: 20, smileIndex: 'face', bucketMs: HOUR }),
    ]);
    return JSON.stringify(answers, (key, value: unknown) => (key === 'generatedTs' ? null : value));
  };
  const settle = async (): Promise<void> => {
    await store.maintain();
    await maker.run();
  };
  return { store, clock, maker, reports, period, told, settle };
};

/** 24 visitors in a day's first hours, the days' cells all closed. */
const shop = (fields: (index: number) => Partial<Sample> = () => ({})): Sample[][] =>
  Array.from({ length: 24 }, (_, index) =>
    visit(`v${index}`, DAY + 9 * HOUR + index * 5 * MINUTE, 5, { mood: 30 + index, ...fields(index) }),
  );

describe('what was given out', () => {
  it('stays as it was when samples, summaries, contacts and frames come late', async () => {
    const { store, told, settle } = await start(DAY + 2 * DAY_MS);
    keep(store, ...shop());
    const contacts = Array.from({ length: 8 }, (_, i) =>
      contact({ id: `c${i}`, startTs: DAY + 10 * HOUR + i * MINUTE }),
    );
    store.append({ contacts });
    await settle();
    const before = await told();
    expect(before).toContain('"visitors":24');
    const late = visit('late', DAY + 10 * HOUR, 30, { mood: 99, happiness: 99 });
    keep(store, late);
    const longer = visit('v3', DAY + 9 * HOUR + 15 * MINUTE, 60, { mood: 99 });
    store.append({
      tracks: [summaryOf(longer)],
      contacts: [contact({ id: 'late', startTs: DAY + 10 * HOUR, verdict: 'unhappy' })],
      frames: [
        { ts: DAY + 10 * HOUR, streamId: 'hall', role: 'customer', zoneId: null, analysed: 5, withFaces: 5, faces: 5 },
      ],
    });
    await settle();
    expect(await told()).toBe(before);
    await store.maintain();
    expect(await told()).toBe(before);
  });

  it('counts what comes late neither now nor twice, and keeps it', async () => {
    const { store, settle } = await start(DAY + 2 * DAY_MS);
    keep(store, ...shop());
    await settle();
    keep(store, visit('late', DAY + 10 * HOUR, 30));
    await settle();
    expect(store.health().stored).toMatchObject({ samples: 24 * 5 + 30, tracks: 25 });
    keep(store, visit('on time', DAY + DAY_MS + 9 * HOUR, 3));
    await store.flush();
    const { aggregates } = await store.me1({ fromTs: DAY, toTs: DAY + 3 * DAY_MS, threshold: 20, smileIndex: 'face' });
    expect(aggregates[0]?.samples).toBe(24 * 5 + 3);
  });

  it('does not move with a visit of hours whose summary comes when it ends', async () => {
    const { store, clock, told, settle } = await start(DAY + 13 * HOUR);
    keep(store, ...shop());
    const long = visit('long', DAY + 9 * HOUR + 30_000, 4 * 3600, { happiness: 1 });
    store.append({ samples: long.filter(({ ts }) => ts < DAY + 12 * HOUR) });
    await settle();
    clock.move(50 * MINUTE);
    await settle();
    const before = JSON.parse(await told()) as unknown[];
    store.append({ samples: long.filter(({ ts }) => ts >= DAY + 12 * HOUR) });
    store.append({ tracks: [summaryOf(long)] });
    await settle();
    const after = JSON.parse(await told()) as unknown[];
    expect(after.slice(3, 6)).toEqual(before.slice(3, 6));
    const visitors = (answers: unknown[]) =>
      (answers as { total: { visitors: number; smilingPersons: unknown } }[])
        .slice(0, 3)
        .map(({ total }) => [total.visitors, total.smilingPersons]);
    expect(visitors(after)).toEqual(visitors(before));
  });

  it('goes as a whole when its rows expire, never person by person', async () => {
    const clock = new TestClock(DAY + 2 * DAY_MS);
    const store = await stores.memory({ retention: { samples: '2d', rollups: '5d' } }, clock);
    const maker = new CellMaker({ store, localTime, clock, privacy: () => config.privacy });
    const reports = reportModels({ store, config: () => config, localTime, clock });
    keep(store, ...shop());
    keep(store, visit('newest', DAY + 7 * DAY_MS, 3));
    await store.maintain();
    await maker.run();
    const seen = new Set<number>();
    const moments = [2, 5].flatMap((days) =>
      Array.from({ length: 10 }, (_, step) => DAY + days * DAY_MS + 8.5 * HOUR + step * 20 * MINUTE),
    );
    for (const moment of moments) {
      clock.move(moment - clock.now());
      await store.maintain();
      const period = { fromTs: DAY, toTs: DAY + DAY_MS };
      const { total } = await reports.me1({ ...period, threshold: 20, smileIndex: 'face', minFacePx: 60 }, DAY_MS);
      const whole = await reports.me1({ ...period, threshold: 20, smileIndex: 'face' }, DAY_MS);
      for (const count of [total.samples, whole.total.samples]) seen.add(count / 5);
    }
    expect(seen.has(24)).toBe(true);
    expect(seen.has(0)).toBe(true);
    const counts = [...seen].sort((a, b) => a - b);
    const steps = counts.slice(1).map((count, index) => count - (counts[index] ?? 0));
    for (const step of steps) expect(step, counts.join(' ')).toBeGreaterThanOrEqual(5);
  });

  it('is told in larger intervals once k is raised, and by zones and sizes that were safe for less no more', async () => {
    const { store, clock, settle, period } = await start(DAY + 3 * DAY_MS);
    // Twelve at once, every hour: as many of either zone and size as are enough, and not enough for a k of seven.
    const visits = Array.from({ length: 48 }, (_, index) => {
      const startTs = DAY + (9 + Math.floor(index / 12)) * HOUR + (index % 12) * 1000;
      const isLeft = index % 2 === 0;
      return visit(`v${index}`, startTs, 5, { sizePx: isLeft ? 50 : 100, zoneId: isLeft ? 'left' : 'right' });
    });
    keep(store, ...visits);
    await settle();
    const at = async (kAnonymity: number) => {
      const raised = configOf(kAnonymity);
      const { me1 } = reportModels({ store, config: () => raised, localTime, clock });
      const asked = { ...period, threshold: 20, smileIndex: 'face' } as const;
      const cells = await store.cells({ ...period, kind: 'view', level: 'cell', minVisitors: kAnonymity });
      const buckets = (await me1(asked, HOUR)).series.filter(({ samples }) => samples > 0);
      const bySize = (await me1({ ...asked, minFacePx: 60 }, HOUR)).total.samples;
      return { cells, buckets: buckets.length, bySize, parted: cells.filter(({ parted }) => parted).length };
    };
    const usual = await at(5);
    expect(usual.bySize).toBe(24 * 5);
    expect(usual.parted).toBeGreaterThan(0);
    for (const k of [6, 7, 12, 13, 24, 25, 48, 49]) {
      const { cells, buckets, bySize, parted } = await at(k);
      for (const { fromTs, toTs } of cells) {
        const inside = visits.filter(([first]) => first !== undefined && first.ts >= fromTs && first.ts < toTs).length;
        expect(inside === 0 || inside >= k, `k ${k}: ${inside} visitors`).toBe(true);
      }
      expect(buckets).toBeLessThanOrEqual(Math.min(usual.buckets, Math.floor(48 / k)));
      expect([bySize, parted]).toEqual([0, 0]);
    }
  });
});

describe('cells', () => {
  it('an empty day into which one visit reaches is no cell of its own', async () => {
    const { store, reports, settle } = await start(DAY + 3 * DAY_MS);
    keep(store, ...shop());
    // Comes a minute before midnight and stays for three; nobody comes on the day after.
    keep(store, visit('owl', DAY + DAY_MS - MINUTE, 180, { mood: 91 }));
    keep(
      store,
      ...shop().map((rows) => rows.map((row) => ({ ...row, ts: row.ts + 2 * DAY_MS, trackId: `${row.trackId}b` }))),
    );
    await settle();
    for (const [fromTs, toTs] of [
      [DAY + DAY_MS, DAY + 2 * DAY_MS],
      [DAY + DAY_MS - 12 * HOUR, DAY + 2 * DAY_MS],
    ] as const) {
      const { total } = await reports.me1({ fromTs, toTs, threshold: 20, smileIndex: 'face' }, DAY_MS);
      expect(total.samples === 0 || total.visitors >= 5, `${total.samples} samples of ${total.visitors}`).toBe(true);
    }
  });

  it('a visit whose summary was lost is nobody alone in an empty day', async () => {
    const { store, reports, settle } = await start(DAY + 3 * DAY_MS);
    keep(store, ...shop());
    store.append({ samples: visit('lost', DAY + DAY_MS + HOUR, 30, { mood: 91 }) });
    await settle();
    const day = { fromTs: DAY + DAY_MS, toTs: DAY + 2 * DAY_MS };
    const { total } = await reports.me1({ ...day, threshold: 20, smileIndex: 'face' }, DAY_MS);
    expect(total.samples).toBe(0);
  });

  it('a clock that was set ahead makes none, so that nothing is withheld once it is right again', async () => {
    const { store, clock, settle, reports, period } = await start(DAY + 20 * HOUR);
    keep(store, ...shop());
    await settle();
    clock.move(365 * DAY_MS);
    keep(
      store,
      ...shop().map((rows) => rows.map((row) => ({ ...row, ts: row.ts + 364 * DAY_MS, trackId: `${row.trackId}x` }))),
    );
    await settle();
    clock.move(-365 * DAY_MS);
    keep(store, visit('after', DAY + 21 * HOUR, 7));
    await store.flush();
    const all = await store.me1({ ...period, threshold: 20, smileIndex: 'face' });
    expect(all.aggregates[0]?.samples).toBe(24 * 5 + 7);
    expect(
      (await reports.me1({ ...period, threshold: 20, smileIndex: 'face' }, DAY_MS)).total.visitors,
    ).toBeGreaterThan(4);
  });

  it('answer by the size of faces in a few steps, where enough people have such faces and smaller ones', async () => {
    const { store, reports, settle, period } = await start(DAY + 2 * DAY_MS);
    // Twelve with small faces, twelve with large ones; two reach 200 px.
    keep(store, ...shop((index) => ({ sizePx: index % 2 === 0 ? 50 : index < 4 ? 200 : 100 })));
    await settle();
    const at = async (minFacePx: number) => {
      const report = await reports.me1({ ...period, threshold: 20, smileIndex: 'face', minFacePx }, DAY_MS);
      return {
        samples: report.total.samples,
        visitors: report.total.visitors,
        notes: report.notes.map(({ en }) => en).join(' '),
      };
    };
    expect(await at(0)).toMatchObject({ samples: 120, visitors: 24 });
    expect((await at(30)).samples).toBe(120);
    const large = await at(55);
    expect(large.samples).toBeGreaterThan(0);
    expect(large.samples).toBeLessThanOrEqual(60);
    expect(large.notes).toContain('at least 60 pixels in place of 55');
    expect(await at(79)).toMatchObject({ samples: large.samples });
    // The two of 200 px are in no answer of their own: where they came there is none.
    const largest = await at(160);
    expect([0, 5]).toContain(Math.min(5, largest.visitors));
    const { total } = await reports.me1({ ...period, threshold: 20, smileIndex: 'face', minFacePx: 60 }, DAY_MS);
    expect(total.malePercent.value).toBeNull();
  });
});
