import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Disclosure } from '../../../src/api/privacy/disclosure.js';
import { suppressSmallRows } from '../../../src/api/privacy/suppress-me1.js';
import { configSchema, type ConfigInput } from '../../../src/config/schema.js';
import type { Me1Report, Me1Row, SeriesPoint } from '../../../src/contracts/me1.js';
import { me1Row, testApp, type TestApp } from '../../fixtures/api-ports.js';

const totalsOf = (rows: readonly Me1Row[]): Pick<Me1Report, 'total' | 'totals'> => {
  const of = (audience: Me1Row['audience']): Me1Row[] => {
    const own = rows.filter((row) => row.audience === audience);
    const visitors = own.reduce((sum, row) => sum + row.visitors, 0);
    return own.length === 0 ? [] : [me1Row(null, visitors, own[0]?.role)];
  };
  const totals = [...of('visitors'), ...of('sellers')];
  const total = totals[0] ?? me1Row(null, 0);
  return { total, totals: totals.length === 0 ? [total] : totals };
};

const report = (rows: readonly Me1Row[], series: readonly SeriesPoint[] = []): Me1Report => ({
  params: { fromTs: 0, toTs: 1, threshold: 20, smileIndex: 'face' },
  timeZone: 'UTC',
  generatedTs: 0,
  rows,
  ...totalsOf(rows),
  bucketMs: 60_000,
  series,
  notes: [],
});

const isHidden = (row: Me1Row): boolean =>
  row.malePercent.value === null &&
  row.femalePercent.value === null &&
  Object.values(row.agePercent).every(({ value }) => value === null);

describe('suppressSmallRows', () => {
  it.each([
    { visitors: [10, 20], hidden: [false, false], total: false },
    { visitors: [4, 20, 30], hidden: [true, true, false], total: false },
    { visitors: [4, 4, 30], hidden: [true, true, false], total: false },
    { visitors: [1, 1, 30], hidden: [true, true, true], total: false },
    { visitors: [4], hidden: [true], total: true },
    { visitors: [1, 2], hidden: [true, true], total: true },
    { visitors: [], hidden: [], total: true },
  ])('visitors $visitors', ({ visitors, hidden, total }) => {
    const safe = suppressSmallRows(report(visitors.map((count, i) => me1Row(`s${i}`, count))), 5);
    expect(safe.rows.map(isHidden)).toEqual(hidden);
    expect(isHidden(safe.total)).toBe(total);
  });

  it('never lets total minus the shown rows describe fewer than k visitors', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }),
        fc.integer({ min: 2, max: 10 }),
        (visitors, k) => {
          const safe = suppressSmallRows(report(visitors.map((count, i) => me1Row(`s${i}`, count))), k);
          const hidden = safe.rows.filter((row) => row.samples > 0 && isHidden(row));
          for (const row of safe.rows)
            if (!isHidden(row) && row.samples > 0) expect(row.visitors).toBeGreaterThanOrEqual(k);
          if (isHidden(safe.total) || hidden.length === 0) return;
          expect(hidden.length).toBeGreaterThanOrEqual(2);
          expect(hidden.reduce((sum, row) => sum + row.visitors, 0)).toBeGreaterThanOrEqual(k);
        },
      ),
    );
  });
});

describe('Disclosure', () => {
  const disclosure = (privacy: ConfigInput['privacy']) =>
    new Disclosure(configSchema.parse({ privacy }).privacy, () => null);

  it.each([
    [{ jurisdiction: 'eu' }, 'off'],
    [{ jurisdiction: 'eu', sellerAnalytics: 'on' }, 'off'],
    [{ jurisdiction: 'ru' }, 'aggregate'],
    [{ jurisdiction: 'other' }, 'aggregate'],
    [{ jurisdiction: 'ru', sellerAnalytics: 'on' }, 'on'],
    [{ jurisdiction: 'other', sellerAnalytics: 'off' }, 'off'],
  ] as const)('%o → seller analytics %s', (privacy, expected) => {
    expect(disclosure(privacy).sellerAnalytics).toBe(expected);
  });

  it('shows sellers over time by the hour at the finest, unless it is on', () => {
    const point = (role: 'seller' | 'customer'): SeriesPoint => ({
      ts: 0,
      streamId: role,
      role,
      smileIndex: 0.5,
      smilingPersons: 0.5,
      visitors: 6,
      absolute: 1,
      framesWithFaces: 2,
      analysedFrames: 3,
      samples: 2,
    });
    const points = [point('seller'), point('customer')];
    const count = (privacy: ConfigInput['privacy'], bucketMs: number) =>
      disclosure(privacy).series(points, bucketMs).length;
    expect(count({ jurisdiction: 'eu' }, 86_400_000)).toBe(1);
    expect(count({ jurisdiction: 'ru' }, 60_000)).toBe(1);
    expect(count({ jurisdiction: 'ru' }, 3_600_000)).toBe(2);
    expect(count({ jurisdiction: 'ru', sellerAnalytics: 'on' }, 1000)).toBe(2);
  });
});

describe('privacy of answers', () => {
  const open: TestApp[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ app }) => app.close()));
  });
  const start = async (input: ConfigInput = {}): Promise<TestApp> => {
    const test = await testApp(input);
    open.push(test);
    return test;
  };
  const get = async ({ app }: TestApp, url: string) => {
    const answer = await app.fastify.inject(url);
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  };

  it.each([
    '/api/v1/reports/me1?role=seller',
    '/api/v1/reports/me1?streams=staff',
    '/api/v1/metrics/series?stream=staff',
    '/api/v1/metrics/series?role=seller',
    '/api/v1/reports/shifts',
    '/api/v1/reports/contacts',
    '/api/v1/contacts',
    '/api/v1/contacts/c1',
    '/api/v1/happy-index',
    '/api/v1/samples/export?streams=staff',
    '/api/v1/visitors/summary?streams=staff',
  ])('in the EU %s is refused with the article named', async (url) => {
    const test = await start({
      privacy: { jurisdiction: 'eu' },
      streams: [{ id: 'staff', url: 'x', role: 'seller' }],
      contacts: [],
    });
    const { status, body } = await get(test, url);
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'PRIVACY_REFUSED' });
    expect(body.message).toContain('Article 5(1)(f)');
  });

  it('refuses a report that pools sellers where they are forbidden', async () => {
    const test = await start({ privacy: { jurisdiction: 'eu' } });
    test.ports.me1Rows.push(me1Row('a', 20), me1Row('staff', 20, 'seller'));
    expect((await get(test, '/api/v1/reports/me1')).body).toMatchObject({ code: 'PRIVACY_REFUSED' });
  });

  it('hides small groups of МЭ-1', async () => {
    const test = await start();
    test.ports.me1Rows.push(me1Row('a', 3));
    const { body } = await get(test, '/api/v1/reports/me1');
    expect(body).toMatchObject({ rows: [{ visitors: 3, malePercent: { value: null }, smileIndex: { value: 0.4 } }] });
  });

  it.each([
    [null, 403],
    [4, 403],
    [5, 200],
  ])('exports of %s visitors: %i', async (visitors, status) => {
    const test = await start();
    test.ports.visitors = visitors;
    expect((await test.app.fastify.inject('/api/v1/samples/export')).statusCode).toBe(status);
  });

  it('shows the address of a camera without path, user or password below admin', async () => {
    const test = await start();
    const disclosure = new Disclosure(test.config.privacy, () => null);
    const [status] = test.ports.streams.list();
    if (status === undefined) throw new Error('no stream');
    const shown = (url: string) => disclosure.status({ ...status, url }, false).url;
    expect(shown('rtsp://***@cam-a:554/private/path?x=1')).toBe('rtsp://cam-a:554');
    expect(shown('/srv/videos/shop.mp4')).toBe('file');
    expect(shown('file:///srv/videos/shop.mp4')).toBe('file');
  });
});
