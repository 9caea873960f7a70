import { afterEach, describe, expect, it } from 'vitest';
import { Disclosure } from '../../../src/disclosure/disclosure.js';
import { configSchema, type ConfigInput } from '../../../src/config/schema.js';
import type { SeriesPoint } from '../../../src/contracts/figures/me1-schema.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { me1Row } from '../../fixtures/memory-reports.js';

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
      privacy: { jurisdiction: 'eu', sampleExport: ['admin'] },
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

  it('gives samples row by row to the configured roles alone, by default to nobody, and audits the refusal', async () => {
    const test = await start();
    const { status, body } = await get(test, '/api/v1/samples/export');
    expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'FORBIDDEN' });
    expect(body['message']).toContain('privacy.sampleExport');
    expect(test.ports.audited.at(-1)).toMatchObject({ action: 'samples.export', outcome: 'refused' });
    const { body: session } = await get(test, '/api/v1/session');
    expect(session['permissions']).not.toContain('export');
  });

  it('shows the address of a camera without path, user or password below admin', async () => {
    const test = await start();
    const disclosure = new Disclosure(test.config.privacy, () => null);
    const [status] = test.ports.streams.list();
    if (status === undefined) throw new Error('no stream');
    const shown = (url: string) => disclosure.status({ ...status, url }, { url: false, faces: false }).url;
    expect(shown('rtsp://***@cam-a:554/private/path?x=1')).toBe('rtsp://cam-a:554');
    expect(shown('/srv/videos/shop.mp4')).toBe('file');
    expect(shown('file:///srv/videos/shop.mp4')).toBe('file');
  });
});
