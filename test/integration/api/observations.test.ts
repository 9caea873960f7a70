import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationInput } from '../../../src/contracts/observation.js';
import type { ObservationResult } from '../../../src/contracts/service/observation-result.js';
import type { ObservationsPort } from '../../../src/api/observations/observations-port.js';
import { createIntake } from '../../../src/pipeline/observations/intake.js';
import { sharingCommits } from '../../../src/pipeline/observations/shared-commits.js';
import type { Store } from '../../../src/store/ports/store.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { oneOfEach, uuidAt } from '../../fixtures/observations.js';
import { DAY, Stores } from '../store/stores.js';

const NOW = DAY + 12 * 3_600_000;
const clock = { now: () => NOW, monotonic: () => NOW };

describe('facts that are told over REST', () => {
  const stores = new Stores();
  let store: Store;
  let service: TestApp;
  let intake: ObservationsPort;
  let number = 0;

  beforeAll(async () => {
    store = await stores.memory();
    service = await testApp(
      {
        places: [{ id: 'till', name: 'Касса' }],
        factors: [{ id: 'price', name: 'Цены' }],
        employees: [{ id: 'anna', name: 'Анна' }],
      },
      undefined,
      '0',
      (config) => {
        intake = createIntake({ ...sharingCommits(store), config: () => config, clock });
        return { observations: intake };
      },
      clock,
    );
  });
  afterAll(async () => {
    await service.app.close();
    await stores.closeAll();
  });

  const fact = (fields: object = {}): { readonly id: string } & Record<string, unknown> => {
    number += 1;
    const head = { id: uuidAt(NOW, number), ts: NOW - 60_000, placeId: 'till', kind: 'count' };
    return { ...head, counter: 'receipt', n: 2, ...fields };
  };
  const post = (observations: readonly unknown[], language = 'ru') =>
    service.app.fastify.inject({
      method: 'POST',
      url: '/api/v1/observations',
      headers: { 'accept-language': language },
      body: { observations },
    });
  const tell = async (observations: readonly unknown[], language?: string): Promise<readonly ObservationResult[]> => {
    const answer = await post(observations, language);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ results: ObservationResult[] }>().results;
  };
  /** Facts of counts that are kept. */
  const facts = async (): Promise<number> =>
    (await store.counts({ fromTs: DAY, toTs: NOW, bucketStarts: [DAY] })).reduce((sum, row) => sum + row.facts, 0);
  const kept = (id: string) => store.revisions([id]);

  it('are on disk when it answers, each in the order sent; sent again they are one fact', async () => {
    const told = [fact(), fact({ kind: 'amount', counter: 'revenue', value: 99.5, currency: 'RUB', n: undefined })];
    const ids = told.map(({ id }) => id);
    expect(await tell(told)).toEqual(ids.map((id) => ({ id, status: 'stored' })));
    expect(await tell([...told].reverse())).toEqual([...ids].reverse().map((id) => ({ id, status: 'duplicate' })));
    expect(await kept(ids[0] ?? '')).toMatchObject([{ n: 2, source: 'api', siteId: 'site', receivedTs: NOW }]);
  });

  it('come with an id in either case, and twice in one request are one fact', async () => {
    const told = fact({ id: 'ABCDEF00-0000-7000-8000-00000000000A' });
    const id = told.id.toLowerCase();
    expect(await tell([told, { ...told, id }])).toEqual([
      { id, status: 'stored' },
      { id, status: 'duplicate' },
    ]);
    expect(await kept(id)).toHaveLength(1);
  });

  it('are corrected by a higher revision, in whatever order; one that contradicts a kept revision is refused', async () => {
    const told = fact();
    const later = { ...told, rev: 2, n: 5 };
    expect((await tell([later]))[0]?.status).toBe('stored');
    expect((await tell([told]))[0]?.status).toBe('revised');
    expect((await tell([told, later])).map(({ status }) => status)).toEqual(['duplicate', 'duplicate']);
    expect((await tell([{ ...told, n: 3 }]))[0]).toMatchObject({ status: 'refused', code: 'CONFLICT' });
    expect((await store.counts({ fromTs: DAY, toTs: NOW, bucketStarts: [DAY] })).map(({ n }) => n)).toContain(
      2 + 2 + 5,
    );
  });

  it('are refused one by one, each by name, and keep no other from being stored', async () => {
    const wrong: readonly [object, string, RegExp][] = [
      [fact({ placeId: 'nowhere' }), 'REFERENCE_UNKNOWN', /Нет места «nowhere»/],
      [fact({ employeeId: 'boris' }), 'REFERENCE_UNKNOWN', /Нет сотрудника «boris»/],
      [
        fact({ kind: 'press', grade: 'red', object: { kind: 'factor', id: 'mood' }, counter: undefined, n: undefined }),
        'REFERENCE_UNKNOWN',
        /Нет фактора «mood»/,
      ],
      [fact({ ts: NOW + 3_600_000 }), 'VALIDATION', /ещё не наступило/],
      [fact({ ts: 0 }), 'VALIDATION', /раньше всего/],
      [fact({ n: 'two' }), 'VALIDATION', /^n: /],
      [fact({ employeId: 'anna' }), 'VALIDATION', /employeId/],
      [fact({ kind: 'spot-check' }), 'VALIDATION', /./],
      [{ kind: 'count' }, 'VALIDATION', /./],
    ];
    const good = fact({ employeeId: 'anna' });
    const results = await tell([...wrong.map(([one]) => one), 7, null, good]);
    expect(results.slice(0, wrong.length).map(({ status, code }) => [status, code])).toEqual(
      wrong.map(([, code]) => ['refused', code]),
    );
    wrong.forEach(([, , reason], at) => expect(results[at]?.message).toMatch(reason));
    expect(results.at(-2)).toMatchObject({ id: null, status: 'refused', code: 'VALIDATION' });
    expect(results.at(-1)).toEqual({ id: good.id, status: 'stored' });
    expect((await tell([fact({ placeId: 'nowhere' })], 'en'))[0]?.message).toBe('No place is called "nowhere".');
  });

  it('of every kind are taken as their schema says, apart from the check on the spot', async () => {
    const all = oneOfEach(NOW - 5000)
      .filter(({ kind }) => kind !== 'spot-check')
      .map(({ receivedTs: _received, siteId: _site, source: _source, seen: _seen, ...told }) => ({
        ...told,
        ...('employeeId' in told ? { employeeId: 'anna' } : {}),
        ...('object' in told ? { object: { kind: 'employee', id: 'anna' } } : {}),
      })) as ObservationInput[];
    const kinds = ['amount', 'answer', 'check', 'count', 'press', 'session'];
    expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual(kinds);
    expect((await tell(all)).map(({ status }) => status)).toEqual(all.map(() => 'stored'));
    expect((await tell(all)).map(({ status }) => status)).toEqual(all.map(() => 'duplicate'));
  });

  it('of a device are of its own place, and bear its name', async () => {
    const [own, other] = [fact(), fact({ placeId: 'a' })];
    const from = { source: 'kiosk', placeId: 'till', deviceId: 'exit' } as const;
    expect((await intake.take([own, other], from)).map(({ status, refused }) => refused?.code ?? status)).toEqual([
      'stored',
      'FORBIDDEN',
    ]);
    expect(await kept(own.id)).toMatchObject([{ deviceId: 'exit', source: 'kiosk' }]);
  });

  it('of fifty devices that are back at once, each sending everything twice, are kept once each', async () => {
    const queues = Array.from({ length: 50 }, () => Array.from({ length: 40 }, () => fact()));
    const send = async (queue: readonly unknown[]): Promise<string[]> => {
      const statuses: string[] = [];
      // As a queue does that has heard no answer: the same again, in smaller portions.
      for (const size of [40, 15])
        for (let from = 0; from < queue.length; from += size)
          statuses.push(...(await tell(queue.slice(from, from + size))).map(({ status }) => status));
      return statuses;
    };
    const before = await facts();
    const answers = await Promise.all(queues.map(send));
    expect(new Set(answers.flat())).toEqual(new Set(['stored', 'duplicate']));
    expect(answers.flat().filter((status) => status === 'stored')).toHaveLength(50 * 40);
    expect(await facts()).toBe(before + 50 * 40);
  });

  it('are answered with an error where nothing was told, or too much', async () => {
    expect((await post([])).statusCode).toBe(400);
    expect((await post(Array.from({ length: 1001 }, () => 1))).statusCode).toBe(400);
  });
});
