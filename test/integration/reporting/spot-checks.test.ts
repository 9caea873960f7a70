import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { ACCOUNT_ROLES, type AccountRole } from '../../../src/api/auth/roles.js';
import type { Config } from '../../../src/config/schema.js';
import type { Me1Report } from '../../../src/contracts/figures/me1-schema.js';
import type { SpotCheck, SpotCheckInput, TappedMinute } from '../../../src/contracts/service/spot-check.js';
import { createReportsPort } from '../../../src/pipeline/adapters/reports-port.js';
import { createSpotChecksPort } from '../../../src/pipeline/adapters/spot-checks-port.js';
import { CheckGroupMaker } from '../../../src/pipeline/cells/check-group-maker.js';
import { REPORTS } from '../../../src/reporting/registry.js';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import type { Store } from '../../../src/store/ports/store.js';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { clock, FIRST_DAY, K, localTime, NOW, storeOf, type Person } from '../../fixtures/guarded-shop.js';
import { LinearAttack } from '../../fixtures/linear-attack.js';
import { uuidAt } from '../../fixtures/observations.js';
import { runCli } from '../../fixtures/run-cli.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { SHOP_CONFIG } from '../../fixtures/shop-service.js';
import { seeded } from '../../fixtures/store-rows.js';
import { hasPoppler, pdfText } from '../../unit/report/tools.js';

const SEED = printedSeed('spot checks of a shop', 593198287);
const MINUTE = 60_000;
const OPENS = FIRST_DAY + 10 * 60 * MINUTE;
const HOURS = 4;

/** Two cameras at which 40 people an hour come by, every third smiling, every second a man. */
const visitsOf = (stream: string, random: () => number): Person[] =>
  Array.from({ length: HOURS * 40 }, (): Person => {
    const minute = Math.floor(random() * HOURS * 60);
    const smiles = random() < 1 / 3;
    return {
      stream,
      role: stream === 'door' ? 'entrance' : 'customer',
      zone: null,
      startTs: OPENS + minute * MINUTE + Math.floor(random() * 40) * 1000,
      who: { mood: 50, happiness: smiles ? 80 : 5, sizePx: 80, attention: true, samples: 3 },
      kind: { age: 30, gender: random() < 0.5 ? 0.9 : 0.1 },
    };
  }).toSorted((a, b) => a.startTs - b.startTs);

const isIn = ({ startTs }: Person, { fromTs, toTs }: { readonly fromTs: number; readonly toTs: number }): boolean =>
  startTs >= fromTs && startTs < toTs;

/** A counter, which has no figures of faces. */
const GATE = {
  id: 'gate',
  url: 'x',
  role: 'counter' as const,
  line: [
    [0, 0.5],
    [1, 0.5],
  ] as [[number, number], [number, number]],
};

describe('checks on the spot, from the counter to the report', () => {
  const renderer = new ReportRenderer();
  const random = seeded(SEED);
  const people = { door: visitsOf('door', random), hall: visitsOf('hall', random) };
  const tokens = new Map<AccountRole, string>();
  let store: Store;
  let path = '';
  let service: TestApp;
  let maker: CheckGroupMaker;
  let config: Config;
  let number = 0;

  beforeAll(async () => {
    ({ store, path } = await storeOf({ people: [...people.door, ...people.hall], contacts: [] }));
    service = await testApp(
      { ...SHOP_CONFIG, streams: [...SHOP_CONFIG.streams, GATE] },
      undefined,
      '0',
      (own) => {
        config = own;
        const sources = { store, config: () => own, localTime, clock };
        return {
          reports: createReportsPort(REPORTS, sources, renderer),
          spotChecks: createSpotChecksPort(sources, store),
        };
      },
      clock,
    );
    maker = new CheckGroupMaker({ store, clock, config: () => config });
    const accounts = await Accounts.open(service.config.server.accounts);
    await accounts.addUser('root', 'correct horse battery', 'admin');
    for (const role of ACCOUNT_ROLES) tokens.set(role, (await accounts.addKey(`key-${role}`, role)).token);
    await vi.waitFor(
      async () => expect((await service.app.fastify.inject('/api/v1/info')).statusCode).toBe(401),
      30_000,
    );
  }, 120_000);
  afterAll(async () => {
    await service.app.close();
    await renderer.close();
    await store.close();
  });

  const ask = (role: AccountRole, method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) =>
    service.app.fastify.inject({
      method,
      url: `/api/v1/${url}`,
      headers: { authorization: `Bearer ${tokens.get(role) ?? ''}` },
      ...(body === undefined ? {} : { body }),
    });

  /** A check whose person saw everyone whom the camera counted, and `missed` women more. */
  const checkAt = (streamId: 'door' | 'hall', minute: number, minutes = 5, missed = 0): SpotCheckInput => {
    const fromTs = OPENS + minute * MINUTE;
    number += 1;
    return {
      id: uuidAt(fromTs, number),
      streamId,
      fromTs,
      toTs: fromTs + minutes * MINUTE,
      sentTs: NOW,
      minutes: Array.from({ length: minutes }, (_, at): TappedMinute => {
        const start = fromTs + at * MINUTE;
        const own = people[streamId].filter((one) => isIn(one, { fromTs: start, toTs: start + MINUTE }));
        const [men, women] = [0.9, 0.1].map((gender) => {
          const sex = own.filter(({ kind }) => kind.gender === gender);
          return { came: sex.length, smiled: sex.filter(({ who }) => who.happiness > 20).length };
        });
        if (men === undefined || women === undefined) throw new Error('two sexes');
        const more = at === 0 ? missed : 0;
        return { men, women: { ...women, came: women.came + more }, unsure: { came: 0, smiled: 0 } };
      }),
    };
  };

  const list = async (streamId: string) =>
    (await ask('operator', 'GET', `spot-checks?from=${FIRST_DAY}&to=${NOW}&streams=${streamId}`)).json<{
      items: readonly SpotCheck[];
      note: { ru: string; en: string } | null;
    }>();
  const me1 = async (streamId: string): Promise<Me1Report> =>
    (await ask('analyst', 'GET', `reports/me1?from=${FIRST_DAY}&to=${NOW}&streams=${streamId}`)).json();

  it('are told by operators and administrators alone, once under an id, with who did it in the audit log', async () => {
    expect((await me1('door')).spotChecks).toBeUndefined();
    const check = checkAt('door', 0);
    for (const role of ['viewer', 'analyst'] as const) {
      expect((await ask(role, 'POST', 'spot-checks', check)).statusCode).toBe(403);
      expect((await ask(role, 'GET', 'spot-checks')).statusCode).toBe(403);
      expect((await ask(role, 'DELETE', `spot-checks/${check.id}`)).statusCode).toBe(403);
    }
    const answer = await ask('operator', 'POST', 'spot-checks', check);
    expect(answer.statusCode, answer.body).toBe(201);
    const kept = answer.json<SpotCheck>();
    expect(kept).toMatchObject({ id: check.id, streamId: 'door', fromTs: check.fromTs, state: 'waiting' });
    // The same again, also told otherwise, is the same.
    const again = await ask('admin', 'POST', 'spot-checks', {
      ...check,
      toTs: check.toTs - MINUTE,
      minutes: check.minutes.slice(1),
    });
    expect(again.json()).toEqual(kept);
    expect(await store.observations({ fromTs: FIRST_DAY, toTs: NOW, kinds: ['spot-check'], limit: 9 })).toHaveLength(1);
    expect(service.ports.audited.map(({ action, actor }) => `${action} ${actor}`)).toContain(
      'spot-checks.add key:key-operator',
    );
  });

  it('are refused where they cannot be, with what is wrong', async () => {
    const check = checkAt('door', 30);
    const wrong: readonly (readonly [object, number, string])[] = [
      [{ ...check, streamId: 'staff' }, 400, 'VALIDATION'],
      [{ ...check, streamId: 'gate' }, 400, 'VALIDATION'],
      [{ ...check, streamId: 'nowhere' }, 404, 'STREAM_UNKNOWN'],
      [{ ...check, toTs: check.fromTs + 30_000, minutes: check.minutes.slice(0, 1) }, 400, 'VALIDATION'],
      [{ ...check, minutes: check.minutes.slice(1) }, 400, 'VALIDATION'],
      [{ ...check, fromTs: NOW - MINUTE, toTs: NOW + 4 * MINUTE }, 400, 'VALIDATION'],
      [{ ...check, fromTs: check.fromTs - 30 * 86_400_000, toTs: check.toTs - 30 * 86_400_000 }, 400, 'VALIDATION'],
      [{ ...check, minutes: [] }, 400, 'VALIDATION'],
      [{ ...check, minutes: check.minutes.map((one) => ({ ...one, men: { came: 1, smiled: 2 } })) }, 400, 'VALIDATION'],
      [
        { ...check, minutes: check.minutes.map((one) => ({ ...one, men: { came: -1, smiled: 0 } })) },
        400,
        'VALIDATION',
      ],
      [{ ...check, id: 'x' }, 400, 'VALIDATION'],
      [{ ...check, note: 'x' }, 400, 'VALIDATION'],
    ];
    for (const [body, status, code] of wrong) {
      const answer = await ask('operator', 'POST', 'spot-checks', body);
      expect([answer.statusCode, answer.json<{ code: string }>().code], answer.body).toEqual([status, code]);
    }
    expect((await ask('operator', 'DELETE', `spot-checks/${check.id}`)).statusCode).toBe(404);
  });

  it('by a clock that is wrong are put right by what it says when it sends', async () => {
    const check = checkAt('hall', 200);
    const wrong = { ...check, fromTs: check.fromTs + 7_200_000, toTs: check.toTs + 7_200_000, sentTs: NOW + 7_200_000 };
    const kept = (await ask('operator', 'POST', 'spot-checks', wrong)).json<SpotCheck>();
    expect(kept).toMatchObject({ fromTs: check.fromTs, toTs: check.toTs });
    await ask('operator', 'DELETE', `spot-checks/${check.id}`);
    expect((await list('hall')).items).toEqual([]);
  });

  it('say how many more are needed, and then the error beside the figures, in every form and language', async () => {
    const two = await me1('door');
    const words = (report: Me1Report): string =>
      report.notes.map(({ ru }) => ru).find((ru) => ru.startsWith('Проверка на месте')) ?? '';
    expect(words(two)).toContain('не хватает: 2 проверки');
    expect(two.spotChecks?.detection.value).toBeNull();
    // Each in another interval of the day; of ten people in all the camera has missed one in each.
    for (const minute of [40, 80, 120, 160, 200]) {
      const answer = await ask('operator', 'POST', 'spot-checks', checkAt('door', minute, 10, 1));
      expect(answer.statusCode, answer.body).toBe(201);
    }
    expect(await maker.run()).toBeGreaterThan(0);
    expect(await maker.run()).toBe(0);
    const report = await me1('door');
    const { items, note } = await list('door');
    const pooled = items.filter(({ state }) => state === 'pooled');
    expect(pooled.length).toBeGreaterThanOrEqual(5);
    const human = pooled.reduce((sum, { visitors }) => sum + visitors, 0);
    const camera = human - pooled.filter(({ fromTs }) => fromTs > OPENS).length;
    expect(report.spotChecks?.pooled).toEqual({ checks: pooled.length, visitors: human });
    expect(report.spotChecks?.detection.value).toBe(Math.round((100 * camera) / human) / 100);
    expect(report.spotChecks?.menDifference.value).toBeGreaterThanOrEqual(0);
    // Of the visitors whom the camera saw it took each for what they were.
    const smiled = pooled.reduce((sum, one) => sum + one.smiled, 0);
    expect(report.spotChecks?.smileDifference.value).toBe(Math.round(100 * (smiled / camera - smiled / human)) / 100);
    expect(words(report)).toMatch(
      /^Проверка на месте: \d+ провер\S+, \d+ посетител\S+; камера сосчитала \d+\s%\s\(95\s%\sинтервал /,
    );
    expect(note).toEqual(report.notes.find(({ ru }) => ru === words(report)));
    const english = report.notes.find(({ ru }) => ru === words(report))?.en ?? '';
    expect(english).toMatch(/^Spot check: \d checks, \d+ visitors; the camera counted \d+% \(95% interval /);
    const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
    const form = async (format: string, language: 'ru' | 'en' = 'ru') =>
      await ask(
        'analyst',
        'GET',
        `reports/me1?from=${FIRST_DAY}&to=${NOW}&streams=door&format=${format}&language=${language}`,
      );
    expect(flat((await form('html')).body)).toContain(flat(words(report)));
    expect(flat((await form('html', 'en')).body)).toContain(flat(english));
    const sheets = await readExcel((await form('xlsx')).rawPayload);
    expect(JSON.stringify(sheets)).toContain('Проверка на месте');
    if (hasPoppler) expect(flat(pdfText((await form('pdf')).rawPayload))).toContain('Проверка на месте: ');
    // Neither a zone nor one role is what the person counted.
    const zone = await ask('analyst', 'GET', `reports/me1?from=${FIRST_DAY}&to=${NOW}&streams=door&zone=till`);
    expect(zone.json<Me1Report>().spotChecks).toBeUndefined();
    expect((await me1('hall')).spotChecks).toBeUndefined();
  });

  it('that were going on during another, or come after its interval was told, change no figure', async () => {
    const before = (await me1('door')).spotChecks;
    const over = (await ask('operator', 'POST', 'spot-checks', checkAt('door', 44, 3, 5))).json<SpotCheck>();
    expect(over.state).toBe('overlapping');
    const late = checkAt('door', 52, 1, 5);
    await ask('operator', 'POST', 'spot-checks', late);
    await maker.run();
    const after = (await me1('door')).spotChecks;
    expect(after?.detection).toEqual(before?.detection);
    expect(after?.pooled).toEqual(before?.pooled);
    expect((await list('door')).items.find(({ id }) => id === late.id)?.state).toBe('set-aside');
  });

  it('tell nobody alone, whichever windows are sent and asked about', async () => {
    const attack = new LinearAttack(people.hall.length);
    const cells = await store.cells({ fromTs: FIRST_DAY, toTs: NOW, kind: 'view', level: 'cell', minVisitors: K });
    const who = (windows: readonly { readonly fromTs: number; readonly toTs: number }[]): number[] =>
      people.hall.flatMap((one, at) => (windows.some((window) => isIn(one, window)) ? [at] : []));
    for (const cell of cells.filter(({ id }) => id === 'hall')) attack.add(who([cell]), 1);
    const draw = seeded(SEED + 1);
    let told = 0;
    for (let round = 0; round < 30; round += 1) {
      // Repeated, overlapping, and up to the ends of intervals, so that few are left beside them.
      const minutes = 1 + Math.floor(draw() * 14);
      const check = checkAt('hall', Math.floor(draw() * (HOURS * 60 - 15)), minutes);
      await ask('operator', 'POST', 'spot-checks', check);
      if (round % 7 === 3) await ask('operator', 'DELETE', `spot-checks/${check.id}`);
      await maker.run();
      const { items } = await list('hall');
      const pooled = items.filter(({ state }) => state === 'pooled');
      if (pooled.length === 0) continue;
      // The sum of the pooled is what an answer of this moment tells, by the person's numbers and the printed ratio.
      attack.add(who(pooled), 1);
      told = Math.max(told, pooled.length);
    }
    expect(told).toBeGreaterThan(2);
    expect(attack.fewest(K)).toBeNull();
    const answer = JSON.stringify(await list('hall'));
    expect(answer).not.toContain('system');
  });

  it('that are taken back leave with those that are told together with them', async () => {
    const { items } = await list('door');
    const pooled = items.filter(({ state }) => state === 'pooled');
    const [gone] = pooled;
    expect((await ask('operator', 'DELETE', `spot-checks/${gone?.id ?? ''}`)).statusCode).toBe(204);
    expect((await ask('operator', 'DELETE', `spot-checks/${gone?.id ?? ''}`)).statusCode).toBe(404);
    const after = await list('door');
    expect(after.items.some(({ id }) => id === gone?.id)).toBe(false);
    expect(after.items.filter(({ state }) => state === 'pooled').length).toBeLessThan(pooled.length);
    await maker.run();
    expect((await list('door')).items.map(({ state }) => state)).toEqual(after.items.map(({ state }) => state));
  });

  it('are printed by the command line as by the service, and by a larger k not at all', async () => {
    const wanted = (await me1('hall')).spotChecks;
    const note = (await list('hall')).note?.en ?? '';
    await store.close();
    const file = join(dirname(path), 'emoscope.yaml');
    const write = (k: number): Promise<void> =>
      writeFile(
        file,
        `site: { timeZone: Europe/Moscow, language: ru }\nprivacy: { kAnonymity: ${k} }\nstore: { path: ${path}, retention: { samples: 3650d, rollups: 3650d } }\nstreams: [{ id: hall, url: /x.mp4 }]\n`,
      );
    const report = async (format: string) =>
      runCli([
        ...['report', 'me1', '--config', file, '--streams', 'hall', '--format', format],
        ...['--from', new Date(FIRST_DAY).toISOString(), '--to', new Date(NOW).toISOString()],
      ]);
    await write(K);
    const json = await report('json');
    expect(json.code, json.stderr).toBe(0);
    expect((JSON.parse(json.stdout) as Me1Report).spotChecks).toEqual(wanted);
    const table = await report('table');
    expect(table.stdout.replaceAll(/\s+/g, ' ')).toContain(note.replaceAll(/\s+/g, ' '));
    await write(500);
    const larger = JSON.parse((await report('json')).stdout) as Me1Report;
    expect(larger.spotChecks?.pooled.checks).toBe(0);
    expect(larger.spotChecks?.detection.value).toBeNull();
  });
});
