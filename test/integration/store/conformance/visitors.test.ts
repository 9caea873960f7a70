import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TrackSummary } from '../../../../src/contracts/sample.js';
import { LONG_STAY_MS } from '../../../../src/contracts/sample.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import type { NewCell } from '../../../../src/store/ports/cell-ledger.js';
import type { Store } from '../../../../src/store/ports/store.js';
import type { VisitorQuery } from '../../../../src/store/ports/visit-reader.js';
import { seeded } from '../../../fixtures/seeded.js';
import { sample, scores, summaryOf } from '../../../fixtures/store-rows.js';
import { groupsOf, sumsOfVisitors } from '../../../fixtures/visitors.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
  const HOUR_MS = 3_600_000;
  /** Summer time ends on 25 October. */
  const localTime = new LocalTime('Europe/Berlin');
  const FROM = Date.UTC(2026, 9, 23, 12);
  const TO = FROM + 96 * HOUR_MS;
  const ADULT = 18;

  const anyVisit = fc.record({
    at: fc.integer({ min: -HOUR_MS, max: 97 * HOUR_MS }),
    streamId: fc.constantFrom('door', 'hall'),
    zoneId: fc.constantFrom(null, 'shelf', 'till'),
    role: fc.constantFrom('customer' as const, 'exit' as const, 'display' as const),
    happiness: fc.integer({ min: 0, max: 100 }),
    dwellMs: fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.constant(LONG_STAY_MS)),
    attentionMs: fc.integer({ min: 0, max: 60_000 }),
    glances: fc.integer({ min: 0, max: 4 }),
    longestLookMs: fc.integer({ min: 0, max: 20_000 }),
    age: fc.option(fc.double({ min: 5, max: 80, noNaN: true })),
    gender: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  });

  type Visit = typeof anyVisit extends fc.Arbitrary<infer V> ? V : never;

  const tracksOf = (visits: readonly Visit[]): TrackSummary[] =>
    visits.map(({ at, happiness, streamId, zoneId, role, ...fields }, index) => ({
      ...summaryOf([sample({ ts: FROM + at, streamId, zoneId, role, trackId: `v${String(index)}` })]),
      ...fields,
      emotions: scores(happiness, () => ((index * 7919) % 101) / 101),
    }));

  const storeOf = async (tracks: readonly TrackSummary[]): Promise<Store> => {
    const store = await stores.memory();
    store.append({ tracks });
    await store.flush();
    return store;
  };

  const query = (over: Partial<VisitorQuery> = {}): VisitorQuery => ({
    fromTs: FROM,
    toTs: TO,
    offsets: localTime.offsetsIn(FROM, TO),
    adultAge: ADULT,
    sorted: 'dwell',
    ...over,
  });

  /** The same with numbers to nine digits and in an order of their own. */
  const plain = (rows: readonly object[]): unknown =>
    rows
      .map((row) =>
        JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)),
      )
      .sort();

  it('sums visitors up as they are one by one, by local day also where the clocks change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyVisit, { maxLength: 60 }), async (visits) => {
        const tracks = tracksOf(visits);
        const store = await storeOf(tracks);
        const came = tracks.filter(({ startTs, dwellMs }) => startTs >= FROM && startTs < TO && dwellMs < LONG_STAY_MS);
        const wanted = sumsOfVisitors(came, { localTime, minorsAge: ADULT });
        const found = await store.visitorSums(query());
        expect(plain(found.days)).toEqual(plain(wanted.days));
        expect(plain(found.adults)).toEqual(plain(wanted.adults));
        expect(plain(found.groups)).toEqual(plain(wanted.groups.map((group) => ({ interval: 0, ...group }))));
        const looked = await store.visitorSums(query({ sorted: 'longest-look' }));
        for (const [own, other] of [
          [found.sorted, wanted.dwells],
          [looked.sorted, wanted.looks],
        ] as const) {
          expect([...own.values]).toEqual([...other.values]);
          const linesOf = ({ places, values, placeOf, days }: typeof own) =>
            plain([...values].map((value, index) => ({ value, day: days[index], ...places[placeOf[index] ?? -1] })));
          expect(linesOf(own)).toEqual(linesOf(other));
        }
      }),
      seeded('visitor sums', 12),
    );
  });

  it('counts gender, age and tables by unions of cells only, and says in which of them both genders are enough', async () => {
    const hours = (from: number, to: number) => ({ fromTs: FROM + from * HOUR_MS, toTs: FROM + to * HOUR_MS });
    const cell = (level: NewCell['level'], from: number, to: number): NewCell => ({
      ...{ kind: 'view', id: 'door', role: 'customer', level, parted: true, sizes: [], k: 3 },
      ...{ ...hours(from, to), visitors: 9, known: 9 },
    });
    const visit = (hour: number, gender: number | null, over: Partial<Visit> = {}): Visit => ({
      ...{ at: hour * HOUR_MS, streamId: 'door', zoneId: null, role: 'customer', happiness: 60, dwellMs: 5000 },
      ...{ attentionMs: 1, glances: 1, longestLookMs: 1, age: 30, gender, ...over },
    });
    // Three men and three women, then three men and two women (a third of unknown age), then nobody's union.
    const first = [0.9, 0.9, 0.9, 0.1, 0.1, 0.1].map((gender) => visit(1, gender));
    const second = [...[0.9, 0.9, 0.9, 0.1, 0.1].map((gender) => visit(7, gender)), visit(7, 0.1, { age: null })];
    const outside = [visit(20, 0.9), visit(1, 0.9, { streamId: 'hall' })];
    const tracks = tracksOf([...first, ...second, ...outside]);
    const store = await storeOf(tracks);
    await store.addCells([
      ...[cell('cell', 0, 6), cell('cell', 6, 12)],
      ...[cell('wide', 0, 6), cell('wide', 6, 12), cell('broad', 0, 12)],
    ]);
    const guard = { ...hours(0, 48), minVisitors: 3 };
    const { days, adults, groups } = await store.visitorSums(query({ guard }));
    expect(days.reduce((sum, { visitors }) => sum + visitors, 0)).toBe(tracks.length);
    const counts = adults.map(({ gender, byGender, visitors, aged }) => [gender, byGender, visitors, aged]);
    expect(counts.sort()).toEqual([
      ['female', false, 3, 2],
      ['female', true, 3, 3],
      ['male', false, 3, 3],
      ['male', true, 3, 3],
    ]);
    expect(new Set(groups.map(({ interval }) => interval)).size).toBe(1);
    expect(plain(groups.map(({ interval: _, ...group }) => group))).toEqual(
      plain(groupsOf(tracks.slice(0, first.length + second.length), ADULT)),
    );
  });
});
