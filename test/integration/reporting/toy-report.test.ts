import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { configSchema } from '../../../src/config/schema.js';
import type { ReportListing } from '../../../src/contracts/documents/report-listing.js';
import { createFiguresPort } from '../../../src/pipeline/adapters/figures-port.js';
import { createReportsPort } from '../../../src/pipeline/adapters/reports-port.js';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/ports/store.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { systemClock } from '../../../src/runtime/clock.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { compiledFixture, type CompiledFixture } from '../../fixtures/compiled-fixture.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { crowd, sample, summaryOf } from '../../fixtures/store-rows.js';
import { REPORTS } from '../../fixtures/toy-report/registry.js';
import { hasPoppler, parseCsv, pdfText } from '../../unit/report/tools.js';
import { findChromium, launchChromium, openPage, seriousFindings } from '../web/browser.js';
import { builtWeb } from '../web/build-web.js';

const SEED = printedSeed('toy report');
const MINUTE_MS = 60_000;
const K = 5;
const executable = findChromium();
if (executable === null) console.warn('skipped: no Chromium (set EMOSCOPE_CHROMIUM or install the package chromium)');

describe('a report that is one folder and one row of the registry', () => {
  const folder = temporaryFolder('toy-report');
  const path = join(folder.path, 'emoscope.duckdb');
  const streams = [
    { id: 'door', name: 'Вход', url: '/a.mp4' },
    { id: 'corner', name: 'Угол', url: '/b.mp4' },
  ];
  const site = { timeZone: 'Europe/Moscow', language: 'ru' as const };
  const toTs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const fromTs = toTs - 30 * MINUTE_MS;
  const PERIOD = `from=${fromTs}&to=${toTs}`;
  let store: Store;
  let renderer: ReportRenderer;
  let service: TestApp;
  let url = '';
  let fixture: CompiledFixture;
  /** Visitors at the door; at the corner there were two. */
  let atTheDoor = 0;

  const start = (webRoot?: string): Promise<TestApp> =>
    testApp({ site, streams, contacts: [], privacy: { kAnonymity: K } }, webRoot, '0', (config) => {
      const localTime = new LocalTime(config.site.timeZone);
      const sources = { store, config: () => config, localTime, clock: systemClock };
      return { reports: createReportsPort(REPORTS, sources, renderer), figures: createFiguresPort(sources) };
    });

  beforeAll(async () => {
    fixture = await compiledFixture('toy-report');
    store = await openStore(
      configSchema.parse({ store: { path } }).store,
      createLogger({ level: 'silent', pretty: false }),
    );
    const people = crowd({ seed: SEED, fromTs, minutes: 20, streams: ['door'] });
    atTheDoor = people.tracks.length;
    const two = ['one', 'other'].map((trackId) => [sample({ streamId: 'corner', trackId, ts: fromTs + MINUTE_MS })]);
    store.append(people);
    store.append({ samples: two.flat(), tracks: two.map(summaryOf) });
    await store.flush();
    renderer = new ReportRenderer(8, 60_000, fixture.url('registry'));
    const webRoot = executable === null ? undefined : await builtWeb();
    service = await start(webRoot);
    ({ url } = await service.app.listen());
  }, 120_000);
  afterAll(async () => {
    await service.app.close();
    await renderer.close();
    await store.close();
    folder.remove();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    service.app.fastify.inject({ url: path, headers });

  it('has its route, with its own parameter, disclosure and tag', async () => {
    const answer = await get(`/api/v1/reports/arrivals?${PERIOD}`);
    expect(answer.statusCode).toBe(200);
    expect(atTheDoor).toBeGreaterThan(K);
    expect(answer.json<{ rows: unknown }>().rows).toEqual([
      { name: 'Вход', visits: atTheDoor },
      { name: 'Угол', visits: null },
    ]);
    const again = await get(`/api/v1/reports/arrivals?${PERIOD}`, { 'if-none-match': String(answer.headers.etag) });
    expect(again.statusCode).toBe(304);
    const fewer = await get(`/api/v1/reports/arrivals?${PERIOD}&atLeast=3&streams=door,corner`);
    expect(fewer.json<{ rows: unknown[] }>().rows).toHaveLength(1);
    for (const [query, status, code] of [
      ['atLeast=-1', 400, 'VALIDATION'],
      ['threshold=20', 400, 'VALIDATION'],
      ['streams=nobody', 404, 'STREAM_UNKNOWN'],
      ['from=2026-11-08&to=2026-11-01', 400, 'PERIOD_INVALID'],
    ] as const) {
      const refused = await get(`/api/v1/reports/arrivals?${query}`);
      expect([refused.statusCode, refused.json<{ code: string }>().code], query).toEqual([status, code]);
    }
  });

  it('comes as a file of every format, named by its kind and days', async () => {
    const file = async (format: string) => {
      const { statusCode, rawPayload, headers } = await get(`/api/v1/reports/arrivals?${PERIOD}&format=${format}`);
      expect(statusCode, format).toBe(200);
      expect(headers['content-disposition']).toMatch(new RegExp(`arrivals_[\\d-]+_[\\d-]+\\.${format}`));
      return Buffer.from(rawPayload);
    };
    expect(parseCsv((await file('csv')).toString())).toEqual([
      ['camera', 'arrivals'],
      ['Вход', String(atTheDoor)],
      ['Угол', ''],
    ]);
    expect(JSON.stringify(await readXlsxFile(await file('xlsx')))).toContain(`["Вход",${atTheDoor}]`);
    const html = (await file('html')).toString();
    expect(html).toContain('<h1>Приходы по камерам</h1>');
    expect(html).toContain(`<bdi>${atTheDoor}</bdi>`);
    const pdf = await file('pdf');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    if (hasPoppler) expect(pdfText(pdf)).toMatch(new RegExp(`Вход\\s+${atTheDoor}`));
  });

  it('is in the OpenAPI document and in the list of reports', async () => {
    const document = (await get('/api/v1/openapi.json')).json<{
      paths: Record<string, { get: { summary: string; description: string; parameters: { name: string }[] } }>;
      components: { schemas: Record<string, unknown> };
    }>();
    const entry = document.paths['/api/v1/reports/arrivals']?.get;
    expect(entry).toMatchObject({
      summary: 'Arrivals by camera',
      description: 'Needs the permission `analyse`; audited.',
    });
    const parameters = ['from', 'to', 'streams', 'format', 'language', 'atLeast'];
    expect(entry?.parameters.map(({ name }) => name)).toEqual(parameters);
    expect(document.components.schemas).toHaveProperty('ArrivalsReport');
    const { items } = (await get('/api/v1/reports')).json<{ items: ReportListing[] }>();
    expect(items.map(({ kind }) => kind)).toEqual(REPORTS.map(({ kind }) => kind));
    expect(items.at(-1)).toEqual({
      kind: 'arrivals',
      title: { ru: 'Приходы по камерам', en: 'Arrivals by camera' },
      path: '/api/v1/reports/arrivals',
      covers: 'period',
      scope: 'streams',
      parameters,
      formats: ['json', 'csv', 'xlsx', 'html', 'pdf'],
    });
  });

  /** The command line with the report, as a process of its own. */
  const command = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [
      ...fixture.nodeOptions,
      fileURLToPath(fixture.url('main')),
      ...['--lang', 'ru', ...args],
    ]);

  const askedOf = (file: string): readonly string[] => [
    ...['report', 'arrivals', '--config', file, '--from', String(fromTs), '--to', String(toTs)],
  ];

  const configFile = (port: number): string => {
    const file = join(folder.path, `emoscope-${port}.yaml`);
    writeFileSync(
      file,
      JSON.stringify({ site, streams, store: { path }, server: { port }, privacy: { kAnonymity: K } }),
    );
    return file;
  };

  it('is a command, with its flag, in help and beside the running service', async () => {
    const help = (await command('report', '--help')).stdout.replace(/\s+/g, ' ');
    expect(help).toContain('counts или arrivals');
    expect(help).toContain('--at-least <n> камеры, где пришло меньше, не показывать');
    const file = configFile(Number(new URL(url).port));
    const beside = await command(...askedOf(file), '--format', 'json', '--at-least', '3');
    expect((JSON.parse(beside.stdout) as { rows: unknown }).rows).toEqual([{ name: 'Вход', visits: atTheDoor }]);
    await expect(command(...askedOf(file), '--at-least', 'many')).rejects.toMatchObject({ code: 2 });
  });

  it('asks for its permission, and has each look in the audit log', async ({ onTestFinished }) => {
    const { app, ports, config } = await start();
    onTestFinished(() => app.close());
    const accounts = await Accounts.open(config.server.accounts);
    await accounts.addUser('root', 'correct horse battery', 'admin');
    const keys = { analyst: '', operator: '' };
    for (const role of ['analyst', 'operator'] as const) keys[role] = (await accounts.addKey(role, role)).token;
    await vi.waitFor(async () => expect((await app.fastify.inject('/api/v1/info')).statusCode).toBe(401), 30_000);
    const ask = (role: 'analyst' | 'operator', asked: string) =>
      app.fastify.inject({ url: asked, headers: { authorization: `Bearer ${keys[role]}` } });
    expect((await ask('operator', '/api/v1/reports/arrivals')).statusCode).toBe(403);
    expect((await ask('operator', '/api/v1/reports')).json()).toEqual({ items: [] });
    expect((await ask('analyst', `/api/v1/reports/arrivals?${PERIOD}`)).statusCode).toBe(200);
    await expect.poll(() => ports.audited.length).toBe(3);
    expect(ports.audited).toMatchObject([
      { kind: 'personal-data', action: 'reports.arrivals', actor: 'key:operator', outcome: 'refused' },
      { kind: 'personal-data', action: 'reports.arrivals', actor: 'key:analyst', phase: 'begun' },
      { kind: 'personal-data', action: 'reports.arrivals', actor: 'key:analyst', phase: 'finished', of: 2 },
    ]);
  });

  describe.skipIf(executable === null)('on the dashboard', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium(executable ?? '');
    });
    afterAll(() => browser.close());

    it.each([
      ['ru', 'Приходы по камерам', 'последний час', 1440],
      ['en', 'Arrivals by camera', 'last hour', 390],
    ] as const)('has a page with period, table and files: %s', async (language, name, lastHour, width) => {
      const { page, context, errors } = await openPage(browser, { origin: url, width, language });
      await page.goto(`${url}#/reports`);
      await page.getByRole('link', { name }).click();
      expect(page.url()).toContain('#/reports/arrivals');
      await page.locator('.params select').first().selectOption({ label: lastHour });
      const table = page.locator('table[data-report="arrivals"]');
      await table.locator('td', { hasText: String(atTheDoor) }).waitFor();
      expect(await table.locator('tbody th').allInnerTexts()).toEqual(['Вход', 'Угол']);
      expect(await page.locator('[aria-current="page"]', { hasText: name }).count()).toBe(1);
      const address = await page.locator('[data-download="csv"]').getAttribute('href');
      const answer = await page.request.get(new URL(address ?? '', page.url()).href);
      expect(parseCsv(await answer.text())[1]).toEqual(['Вход', String(atTheDoor)]);
      expect(await page.locator('[data-download]').count()).toBe(5);
      expect(await seriousFindings(page)).toEqual([]);
      expect(errors).toEqual([]);
      await context.close();
    });
  });

  // The last, since the command line takes the file for itself.
  it('is a command without a service, too, with its look in the audit log', async () => {
    await store.close();
    const file = configFile(1);
    const out = join(folder.path, 'arrivals.xlsx');
    await command(...askedOf(file), '--format', 'xlsx', '--out', out);
    expect(JSON.stringify(await readXlsxFile(readFileSync(out)))).toContain(`["Вход",${atTheDoor}]`);
    const { stdout } = await command(...askedOf(file), '--streams', 'door', '--format', 'csv');
    expect(parseCsv(stdout)[1]).toEqual(['Вход', String(atTheDoor)]);
    const report = await command('privacy', 'report', '--config', file, '--format', 'json');
    const { accesses } = JSON.parse(report.stdout) as { accesses: { action: string; count: number }[] };
    expect(accesses).toMatchObject([{ action: 'reports.arrivals', count: 2 }]);
  });
});
