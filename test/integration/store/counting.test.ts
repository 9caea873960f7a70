import { afterEach, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import { LONG_STAY_MS } from '../../../src/metrics/faces/visitors/long-stays.js';
import { countingNotes } from '../../../src/reporting/notes/counting-notes.js';
import { reportModels } from '../../fixtures/report-models.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { sample, summaryOf } from '../../fixtures/store-rows.js';
import { DAY, storeConfig, Stores, TestClock } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const MINUTE_MS = 60_000;

it('says who was left out and where people could not be followed, before and after the sums per minute', async () => {
  const store = await stores.open(storeConfig({ kind: 'memory' }));
  const frames = (streamId: string, minute: number, more: object) => ({
    ...{ ts: DAY + minute * MINUTE_MS, streamId, role: 'entrance' as const, zoneId: null },
    ...{ analysed: 300, withFaces: 100, faces: 100, ...more },
  });
  const stay = summaryOf([
    sample({ ts: DAY, trackId: 'guard', role: 'entrance', streamId: 'door' }),
    sample({ ts: DAY + LONG_STAY_MS, trackId: 'guard', role: 'entrance', streamId: 'door' }),
  ]);
  const visitor = (streamId: string) =>
    summaryOf([sample({ ts: DAY + 5000, trackId: `visitor-${streamId}`, role: 'entrance', streamId })]);
  store.append({
    frames: [
      frames('door', 0, { still: 250 }),
      frames('door', 1, { still: 0, late: 40 }),
      frames('door', 2, { analysed: 40, late: 38 }),
      frames('hall', 0, {}),
    ],
    tracks: [stay, visitor('door'), visitor('hall')],
  });
  const config = configSchema.parse({
    privacy: { kAnonymity: 1 },
    streams: [
      { id: 'door', name: 'Вход', url: '/door.mp4', role: 'entrance' },
      { id: 'hall', name: 'Зал', url: '/hall.mp4', role: 'entrance' },
    ],
  });
  const reports = reportModels({
    ...{ store, config: () => config, localTime: new LocalTime('UTC'), clock: new TestClock() },
  });
  await store.flush();
  const period = { fromTs: DAY, toTs: DAY + 60 * MINUTE_MS };
  for (const rolled of [false, true]) {
    if (rolled) await store.maintain();
    expect(await store.counting({ ...period, longStayMs: LONG_STAY_MS })).toMatchObject([
      { streamId: 'door', analysedFrames: 640, stillFaces: 250, minutes: 3, slowMinutes: 1, longStays: 1 },
      { streamId: 'hall', analysedFrames: 300, stillFaces: 0, minutes: 0, slowMinutes: 0, longStays: 0 },
    ]);
    const visitors = await reports.visitors({ ...period, streams: [] });
    expect(visitors.total.visitors).toBe(2);
    const words = visitors.notes.map(({ ru }) => ru).join('\n');
    expect(words).toContain(
      'Неживые лица (плакат, упаковка, экран) не вошли ни в один показатель. «Вход»: 250 отметок.',
    );
    expect(words).toContain('Постоянно в кадре (дольше 30 минут), к посетителям не отнесены. «Вход»: 1.');
    expect(words).toContain(
      'Кадров было слишком мало, чтобы следить за людьми: одного человека могли сосчитать несколько раз. «Вход»: 1 из 3 минут.',
    );
    const english = visitors.notes.map(({ en }) => en).join('\n');
    for (const sentence of [
      /^Faces that do not live \(poster, packaging, screen\) are left out of every figure\. \S*Вход\S* 250 samples\.$/m,
      /^Always in view \(longer than 30 minutes\), not counted as visitors\. \S*Вход\S* 1\.$/m,
      /^Frames were too few to follow people: one person may have been counted several times\. \S*Вход\S* 1 of 3 minutes\.$/m,
    ])
      expect(english).toMatch(sentence);
    expect(words).toContain('один человек у двух камер считается дважды');
    expect((await reports.questions(period)).notes.map(({ en }) => en).join()).toContain('counts twice');
  }
  const one = await reports.visitors({ ...period, streams: ['hall'] });
  expect(one.notes).toEqual([]);
});

it('where small groups are guarded, who stays is told in steps of k, and no number below k', async () => {
  const store = await stores.open(storeConfig({ kind: 'memory' }));
  const period = { fromTs: DAY, toTs: DAY + 60 * MINUTE_MS };
  const guard = (index: number) =>
    [0, LONG_STAY_MS].map((after) =>
      sample({ ts: DAY + index + after, trackId: `guard-${index}`, role: 'entrance', streamId: 'door' }),
    );
  const seen = { ts: DAY, streamId: 'door', role: 'entrance', zoneId: null } as const;
  store.append({ frames: [{ ...seen, analysed: 300, withFaces: 100, faces: 100 }] });
  const k = 5;
  const told: string[] = [];
  for (let stays = 1; stays <= 3 * k; stays += 1) {
    store.append({ tracks: [summaryOf(guard(stays))] });
    await store.flush();
    const [note] = await countingNotes(store, period, [{ id: 'door', name: 'Вход' }], { several: true, k });
    told.push(/«Вход»: (.*)\.$/.exec(note?.ru ?? '')?.[1] ?? '');
  }
  expect(told.join('; ')).toBe(
    [
      ...Array.from({ length: k - 1 }, () => 'меньше 5'),
      ...Array.from({ length: k }, () => 'не меньше 5'),
      ...Array.from({ length: k }, () => 'не меньше 10'),
      'не меньше 15',
    ].join('; '),
  );
});
