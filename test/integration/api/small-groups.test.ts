import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { createContactsPort } from '../../../src/pipeline/ports/contacts-port.js';
import { createReportsPort } from '../../../src/pipeline/ports/reports-port.js';
import { ReportRenderer } from '../../../src/report/report-renderer.js';
import { LocalTime } from '../../../src/runtime/local-time.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/port.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { contact, sample, seeded, summaryOf } from '../../fixtures/store-rows.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const K = 5;
const SEED = 20_261_128;
const FROM = Date.UTC(2026, 10, 23, 6);
const NOW = Date.UTC(2026, 10, 25, 12);
const localTime = new LocalTime('Europe/Moscow');

interface Row {
  readonly streamId: string | null;
  readonly role: string | null;
  readonly samples?: number;
  readonly visitors: number | null;
  readonly mood: { readonly value: number | null };
}

describe('an attacker who asks overlapping questions', () => {
  const renderer = new ReportRenderer();
  const random = seeded(SEED);
  let store: Store;
  let app: TestApp;
  /** Moods of each visitor of a stream, which no sum of fewer than k may equal. */
  const people: {
    readonly stream: string;
    readonly startTs: number;
    readonly mood: number;
    readonly samples: number;
  }[] = [];

  beforeAll(async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'emoscope-small-groups-')), 'emoscope.duckdb');
    store = await openStore(
      configSchema.parse({ store: { path } }).store,
      createLogger({ level: 'silent', pretty: false }),
    );
    const tracks = ['door', 'hall'].flatMap((streamId) =>
      Array.from({ length: 120 }, (_, index) => {
        const startTs = Math.floor(FROM + random() * 12 * HOUR);
        const mood = 20 + random() * 60;
        const count = 1 + Math.floor(random() * 3);
        people.push({ stream: streamId, startTs, mood: Math.fround(mood), samples: count });
        const zoneId = random() < 0.1 ? 'shelf' : null;
        return Array.from({ length: count }, (__, n) =>
          sample({
            ts: startTs + n * 20_000,
            streamId,
            zoneId,
            trackId: `${streamId}-${index}`,
            age: 18 + random() * 50,
            gender: random(),
            sizePx: 40 + random() * 200,
            mood,
          }),
        );
      }),
    );
    store.append({
      samples: tracks.flat(),
      tracks: tracks.map(summaryOf),
      contacts: Array.from({ length: 40 }, (_, i) =>
        contact({ id: `c${i}`, startTs: FROM + i * 17 * MINUTE, endTs: FROM + i * 17 * MINUTE + 9000 }),
      ),
    });
    await store.maintain();
    const privacy = { kAnonymity: K, minorsAge: 18 };
    const clock = { now: () => NOW, monotonic: () => NOW };
    await new CellMaker({ store, localTime, clock, privacy: () => privacy }).run();
    const streams = [
      { id: 'door', url: 'x' },
      { id: 'hall', url: 'x' },
      { id: 'staff', url: 'x', role: 'seller' as const },
    ];
    const contacts = [{ id: 'till-1', seller: 'staff', customer: 'hall' }];
    app = await testApp({ site: { timeZone: 'Europe/Moscow' }, streams, contacts }, undefined, '0', (config) => {
      const sources = { store, config: () => config, localTime, clock };
      return { reports: createReportsPort(sources, renderer), contacts: createContactsPort(sources) };
    });
  });
  afterAll(async () => {
    await app.app.close();
    await renderer.close();
    await store.close();
  });

  const rowsOf = async (query: string): Promise<readonly Row[]> => {
    const answer = await app.app.fastify.inject(`/api/v1/reports/me1?threshold=20&${query}`);
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
    return answer.json<{ rows: Row[] }>().rows;
  };

  it('gets no figure of one to four visitors, alone or as the difference of two answers (seeded)', async () => {
    const sums = new Map<string, Map<number, number>>([
      ['door', new Map()],
      ['hall', new Map()],
    ]);
    const periods = Array.from({ length: 12 }, () => {
      const from = FROM - HOUR + Math.floor((random() * 8 * HOUR) / MINUTE) * MINUTE;
      return { from, to: from + Math.floor(1 + random() * 9 * 60) * MINUTE };
    });
    const queries = periods.flatMap(({ from, to }) => [
      `from=${from}&to=${to}`,
      `from=${from}&to=${to + MINUTE}`,
      `from=${from + MINUTE}&to=${to}&streams=door`,
      `from=${from}&to=${to}&role=customer&zone=shelf`,
      `from=${from}&to=${to}&minFacePx=${40 + Math.floor(random() * 100)}`,
    ]);
    for (const query of queries) {
      for (const row of await rowsOf(query)) {
        if (row.streamId === null || row.mood.value === null || row.samples === undefined) continue;
        sums.get(row.streamId)?.set(Math.round(row.mood.value * row.samples * 1e4) / 1e4, row.samples);
        expect(row.visitors ?? 0, query).toBeGreaterThanOrEqual(K);
      }
    }
    for (const [stream, known] of sums) {
      const single = people.filter((one) => one.stream === stream).map(({ mood, samples }) => mood * samples);
      const values = [...known.keys()];
      expect(values.length, `seed ${SEED}`).toBeGreaterThan(4);
      const differences = values.flatMap((a) => values.map((b) => a - b)).filter((difference) => difference > 1);
      const found = differences.filter((one) => single.some((mood) => Math.abs(mood - one) < 0.002));
      expect(found, `seed ${SEED}`).toEqual([]);
    }
  }, 240_000);

  it('gets the same through the visitors, the series and the questions: counts move by k or not at all', async () => {
    const counts: number[] = [];
    for (let minutes = 0; minutes < 120; minutes += 10) {
      const answer = await app.app.fastify.inject(
        `/api/v1/reports/visitors?streams=hall&from=${FROM - HOUR}&to=${FROM + 3 * HOUR + minutes * MINUTE}`,
      );
      counts.push(answer.json<{ total: { visitors: number | null } }>().total.visitors ?? 0);
    }
    const steps = counts.slice(1).map((count, index) => count - (counts[index] ?? 0));
    for (const step of steps) expect(step === 0 || step >= K, steps.join(' ')).toBe(true);
    const series = await app.app.fastify.inject(
      `/api/v1/metrics/series?from=${FROM - HOUR}&to=${FROM + 12 * HOUR}&bucket=5m&stream=hall`,
    );
    const points = series.json<{ points: { samples: number; visitors: number }[] }>().points;
    expect(points.length).toBeGreaterThan(3);
    for (const point of points) expect(point.visitors === 0 || point.visitors >= K).toBe(true);
  }, 240_000);

  it('sees contacts by the shift and no single one of a shift that is over', async () => {
    const url = `/api/v1/happy-index?from=${localTime.startOfDay(FROM)}&to=${NOW}`;
    const { items } = (await app.app.fastify.inject(url)).json<{ items: { contacts: number; qualified: number }[] }>();
    expect(items[0]?.contacts).toBe(40);
    const short = `/api/v1/happy-index?from=${FROM}&to=${FROM + HOUR}`;
    expect((await app.app.fastify.inject(short)).json()).toMatchObject({ items: [{ contacts: 0 }] });
    expect((await app.app.fastify.inject(`/api/v1/contacts?from=${FROM}&to=${NOW}`)).json()).toMatchObject({
      items: [],
    });
    expect((await app.app.fastify.inject('/api/v1/contacts/c3')).json()).toMatchObject({ code: 'CONTACT_UNKNOWN' });
  });

  it('a whole day of over 200 visitors shows gender and age in whole percent', async () => {
    const day = localTime.startOfDay(FROM);
    const answer = await app.app.fastify.inject(`/api/v1/reports/me1?from=${day}&to=${localTime.startOfDay(FROM, 1)}`);
    const { total, rows } = answer.json<{
      total: { visitors: number; malePercent: { value: number | null } };
      rows: { streamId: string; visitors: number }[];
    }>();
    expect(total.visitors).toBeGreaterThan(200);
    expect(rows.find(({ streamId }) => streamId === 'hall')?.visitors).toBe(120);
    expect(total.malePercent.value).not.toBeNull();
    expect(Number.isInteger(total.malePercent.value)).toBe(true);
  });
});
