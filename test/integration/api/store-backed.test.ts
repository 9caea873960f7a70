import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditPort } from '../../../src/api/routes/audit-port.js';
import type { AuditLog } from '../../../src/audit/audit-log.js';
import { openAudit } from '../../../src/audit/open-audit.js';
import { configSchema, type ConfigInput } from '../../../src/config/schema.js';
import { COMPARED } from '../../../src/contracts/figures/comparison.js';
import type { ComparisonLine } from '../../../src/contracts/figures/comparison-schema.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { createAuditPort } from '../../../src/pipeline/adapters/audit-port.js';
import { createBackupPort } from '../../../src/pipeline/adapters/backup-port.js';
import { createContactsPort } from '../../../src/pipeline/adapters/contacts-port.js';
import { createExportPort } from '../../../src/pipeline/adapters/export-port.js';
import { createPrivacyDocumentsPort } from '../../../src/pipeline/adapters/privacy-documents-port.js';
import { createReportsPort } from '../../../src/pipeline/adapters/reports-port.js';
import { createFiguresPort } from '../../../src/pipeline/adapters/figures-port.js';
import { REPORTS } from '../../../src/reporting/registry.js';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import { systemClock } from '../../../src/runtime/clock.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/ports/store.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { contact, sample, summaryOf } from '../../fixtures/store-rows.js';

const FROM = Date.now() - 6 * 3_600_000;
const PERIOD = `from=${FROM}&to=${FROM + 3 * 3_600_000}`;

/** Visitors of one stream, ten samples each; the given ages, one visitor each. */
const visitors = (streamId: string, role: 'customer' | 'seller', ages: readonly number[]) =>
  ages.map((age, index) =>
    Array.from({ length: 10 }, (_, n) =>
      sample({
        ts: FROM + 60_000 * (index + 1) + 200 * n,
        streamId,
        role,
        trackId: `${streamId}-${index}`,
        age,
        gender: index % 2 === 0 ? 0.9 : 0.1,
        happiness: 50,
      }),
    ),
  );

describe('the API over a real store', () => {
  const renderer = new ReportRenderer();
  let store: Store;
  let log: AuditLog;
  let audit: AuditPort;
  const apps: TestApp[] = [];

  /** Small groups are guarded elsewhere (small-groups.test.ts); here everything is open unless asked otherwise. */
  const start = async (input: ConfigInput = {}): Promise<TestApp> => {
    const privacy = { kAnonymity: 1, sampleExport: ['admin' as const], ...input.privacy };
    const streams = [
      { id: 'hall', url: 'x' },
      { id: 'corner', url: 'x' },
      { id: 'staff', url: 'x', role: 'seller' as const },
    ];
    const contacts = [{ id: 'till-1', seller: 'staff', customer: 'hall' }];
    const test = await testApp(
      { site: { timeZone: 'Europe/Moscow' }, streams, contacts, ...input, privacy },
      undefined,
      '0.0.0',
      (config) => {
        const sources = {
          store,
          config: () => config,
          localTime: new LocalTime(config.site.timeZone),
          clock: systemClock,
        };
        return {
          reports: createReportsPort(REPORTS, sources, renderer),
          figures: createFiguresPort(sources),
          contacts: createContactsPort(sources),
          exports: createExportPort(sources),
          backup: createBackupPort(store, tmpdir()),
          audit,
          privacyDocuments: createPrivacyDocumentsPort(sources, audit),
        };
      },
    );
    apps.push(test);
    return test;
  };

  beforeAll(async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'emoscope-api-store-')), 'emoscope.duckdb');
    const config = configSchema.parse({ store: { path } });
    const logger = createLogger({ level: 'silent', pretty: false });
    store = await openStore(config.store, logger);
    log = openAudit(config.store, logger);
    audit = createAuditPort(log, store);
    const tracks = [
      ...visitors('hall', 'customer', [25, 31, 32, 33, 34, 35, 36, 45, 46, 47, 48, 49, 12, 13]),
      ...visitors('corner', 'customer', [61, 62, 63]),
      ...visitors('staff', 'seller', [41, 42, 43, 44, 45, 46]),
    ];
    store.append({
      samples: tracks.flat(),
      tracks: tracks.map(summaryOf),
      frames: tracks.flat().map(({ ts, streamId, role }) => ({
        ts: Math.floor(ts / 1000) * 1000,
        streamId,
        role,
        zoneId: null,
        analysed: 1,
        withFaces: 1,
        faces: 1,
      })),
      contacts: Array.from({ length: 7 }, (_, i) =>
        contact({ id: `c${i}`, startTs: FROM + i * 60_000, endTs: FROM + i * 60_000 + 12_000 }),
      ),
    });
    await store.flush();
  });
  afterAll(async () => {
    await Promise.all(apps.map(({ app }) => app.close()));
    await renderer.close();
    await log.close();
    await store.close();
  });

  const get = async <T>({ app }: TestApp, url: string): Promise<T> => {
    const answer = await app.fastify.inject(url);
    expect(answer.statusCode, `${url}: ${answer.body.slice(0, 500)}`).toBe(200);
    return answer.json<T>();
  };

  interface Row {
    readonly streamId: string | null;
    readonly visitors: number | null;
    readonly samples: number;
    readonly smileIndex: { readonly value: number };
    readonly malePercent: { readonly value: number | null };
  }

  it('compares two periods, and refuses as МЭ-1 does', async () => {
    const test = await start();
    const other = (fromTs: number, toTs: number): string => `otherFrom=${fromTs}&otherTo=${toTs}`;
    const url = (rest: string): string => `/api/v1/reports/comparison?${PERIOD}&${rest}`;
    const { a, b, lines } = await get<{ a: { total: Row }; b: { total: Row }; lines: ComparisonLine[] }>(
      test,
      url(`streams=hall&${other(FROM + 7 * 60_000 + 30_000, FROM + 3 * 3_600_000)}`),
    );
    expect([a.total.visitors, b.total.visitors]).toEqual([14, 7]);
    expect(lines.map(({ key }) => key)).toEqual(COMPARED);
    expect(lines[0]).toMatchObject({
      key: 'smilingPersons',
      difference: { value: 0 },
      judgement: { code: 'too-few', test: 'welch', n: 7, against: 14, short: { has: 7, needs: 10 } },
    });
    const status = async (rest: string, of = test): Promise<number> =>
      (await of.app.fastify.inject(url(rest))).statusCode;
    expect(await status(other(FROM + 1000, FROM))).toBe(400);
    expect(await status(`streams=nobody&${other(FROM, FROM + 1000)}`)).toBe(404);
    const eu = await start({ privacy: { jurisdiction: 'eu' } });
    expect(await status(other(FROM, FROM + 3_600_000), eu)).toBe(403);
    expect(await status(`streams=staff&${other(FROM, FROM + 3_600_000)}`, eu)).toBe(403);
  });

  it('gives МЭ-1 with a total per audience', async () => {
    const { rows, total, totals } = await get<{ rows: Row[]; total: Row; totals: Row[] }>(
      await start(),
      `/api/v1/reports/me1?${PERIOD}`,
    );
    const row = (id: string): Row | undefined => rows.find(({ streamId }) => streamId === id);
    expect(row('hall')).toMatchObject({ visitors: 14, samples: 140, smileIndex: { value: 1 } });
    expect(row('corner')).toMatchObject({ visitors: 3, smileIndex: { value: 1 } });
    expect(row('hall')?.malePercent.value).toBe(50);
    expect(row('staff')?.malePercent.value).toBe(50);
    expect(totals).toMatchObject([
      { audience: 'visitors', samples: 170, visitors: 17, smilingPersons: { value: 1 } },
      { audience: 'sellers', samples: 60, visitors: 6 },
    ]);
    expect(total).toEqual(totals[0]);
  });

  it('reads the Smile-Index in four ways, under its old name with a note', async () => {
    const test = await start();
    interface Answer {
      readonly params: { readonly smileIndex: string };
      readonly total: Row;
      readonly notes: readonly { readonly en: string }[];
    }
    const answers = await Promise.all(
      ['', '&smileIndex=person', '&smileIndex=frame', '&smileIndex=level', '&smileIndex=share'].map((reading) =>
        get<Answer>(test, `/api/v1/reports/me1?${PERIOD}${reading}`),
      ),
    );
    expect(answers.map(({ params, total }) => [params.smileIndex, total.smileIndex.value])).toEqual([
      ['face', 1],
      ['person', 1],
      ['frame', 1],
      ['level', 2.5],
      ['frame', 1],
    ]);
    expect(answers.map(({ notes }) => notes.some(({ en }) => en.startsWith('smileIndex=share')))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    const series = await get<{ notes: unknown[] }>(test, `/api/v1/metrics/series?${PERIOD}&smileIndex=share`);
    expect(series.notes).toHaveLength(1);
  });

  it('draws every width of a point that it suggests, and odd ones', async () => {
    const test = await start();
    for (const bucket of ['1s', '10s', '90s', '1m', '7m', '15m', '1h', '1d']) {
      const to = bucket === '1s' ? FROM + 3_600_000 : FROM + 3 * 3_600_000;
      const { points } = await get<{ points: { samples: number; value: number | null; visitors: number }[] }>(
        test,
        `/api/v1/metrics/series?from=${FROM}&to=${to}&role=customer&metric=smiling-persons&bucket=${bucket}`,
      );
      expect(
        points.reduce((sum, { samples }) => sum + samples, 0),
        bucket,
      ).toBe(170);
      expect(
        points.reduce((sum, { visitors }) => sum + visitors, 0),
        bucket,
      ).toBe(17);
    }
    await get(test, `/api/v1/reports/me1?${PERIOD}&bucket=10s`);
  });

  it('writes every printed form, and answers 304 to one who has it', async () => {
    const test = await start();
    const other = `&otherFrom=${FROM}&otherTo=${FROM + 3_600_000}`;
    const urlOf = (kind: string): string => `/api/v1/reports/${kind}?${PERIOD}${kind === 'comparison' ? other : ''}`;
    for (const [format, type] of [
      ['csv', 'text/csv'],
      ['xlsx', 'spreadsheetml'],
      ['html', 'text/html'],
      ['pdf', 'application/pdf'],
    ]) {
      for (const kind of ['me1', 'questions', 'contacts', 'visitors', 'comparison']) {
        const answer = await test.app.fastify.inject(`${urlOf(kind)}&format=${format ?? ''}`);
        expect(answer.statusCode, `${kind} ${format ?? ''}: ${answer.body.slice(0, 300)}`).toBe(200);
        expect(answer.headers['content-type']).toContain(type);
        expect(answer.rawPayload.length).toBeGreaterThan(100);
      }
    }
    for (const url of [urlOf('me1'), urlOf('comparison')]) {
      const { headers } = await test.app.fastify.inject(url);
      const again = await test.app.fastify.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
      expect(again.statusCode, url).toBe(304);
    }
  });

  it('leaves minors and sellers out of exports and cross-tabs', async () => {
    const test = await start({ privacy: { kAnonymity: 5 } });
    const answer = await test.app.fastify.inject(`/api/v1/samples/export?${PERIOD}`);
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
    const lines = answer.body.trim().split('\n');
    expect(lines.length - 1).toBe(120);
    expect(answer.body).not.toMatch(/seller|staff|corner/);
    const { crossTab } = await get<{
      crossTab: { cells: { gender: string; age: string; emotion: string; visitors: number | null }[] };
    }>(test, `/api/v1/visitors/summary?${PERIOD}`);
    for (const { visitors: count } of crossTab.cells)
      if (count !== null && count !== 0) expect(count).toBeGreaterThanOrEqual(5);
    const few = `/api/v1/samples/export?from=${FROM}&to=${FROM + 3.5 * 60_000}&streams=hall`;
    expect((await test.app.fastify.inject(few)).json()).toMatchObject({ code: 'PRIVACY_REFUSED' });
    const parquet = await test.app.fastify.inject(`/api/v1/samples/export?${PERIOD}&format=parquet`);
    expect(parquet.rawPayload.subarray(0, 4).toString()).toBe('PAR1');
  });

  it('pages through contacts, shows one with its curve and without the seller', async () => {
    const test = await start();
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await get(
        test,
        `/api/v1/contacts?${PERIOD}&limit=3${cursor}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
    const one = await get<{ curve: { seller: number | null }[]; verdict: string }>(test, '/api/v1/contacts/c3');
    expect(one.verdict).toBe('happy');
    expect(one.curve.length).toBeGreaterThan(0);
    expect(one.curve.every(({ seller }) => seller === null)).toBe(true);
    const { items } = await get<{ items: { pointId: string; value: number }[] }>(test, `/api/v1/happy-index?${PERIOD}`);
    expect(items).toMatchObject([{ pointId: 'till-1', value: 1, contacts: 7 }]);
  });

  it('keeps the audit log beside the store, pages it, and offers nothing that changes it', async () => {
    const test = await start();
    await test.app.fastify.inject('/api/v1/contacts/c1');
    const first = await get<{ items: { seq: number; action: string; target: string | null }[]; nextCursor: string }>(
      test,
      '/api/v1/audit?limit=2',
    );
    expect(first.items).toHaveLength(2);
    const all = await get<{ items: { action: string; target: string | null }[] }>(test, '/api/v1/audit?limit=500');
    expect(all.items).toContainEqual(
      expect.objectContaining({ action: 'contacts.read', target: 'c1', actor: 'loopback' }),
    );
    const next = await get<{ items: { seq: number }[] }>(test, `/api/v1/audit?limit=2&cursor=${first.nextCursor}`);
    expect(next.items[0]?.seq).toBe((first.items[1]?.seq ?? 0) - 1);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      expect((await test.app.fastify.inject({ method, url: '/api/v1/audit' })).statusCode).toBe(404);
    }
    const report = await get<{ accesses: { action: string }[] }>(test, '/api/v1/privacy/report');
    expect(report.accesses.map(({ action }) => action)).toContain('contacts.read');
  });

  it('prints the notice in both languages', async () => {
    const test = await start();
    for (const language of ['ru', 'en']) {
      expect((await test.app.fastify.inject(`/api/v1/notice?language=${language}`)).body).toContain('<');
      const pdf = await test.app.fastify.inject(`/api/v1/notice?language=${language}&format=pdf`);
      expect(pdf.rawPayload.subarray(0, 4).toString()).toBe('%PDF');
    }
  });

  it('refuses what a period cannot be', async () => {
    const test = await start();
    for (const [query, code] of [
      ['from=2026-11-02&to=2026-11-01', 'PERIOD_INVALID'],
      ['streams=nobody', 'STREAM_UNKNOWN'],
      ['threshold=-1', 'VALIDATION'],
    ]) {
      expect((await test.app.fastify.inject(`/api/v1/reports/me1?${query ?? ''}`)).json()).toMatchObject({ code });
    }
  });
});
