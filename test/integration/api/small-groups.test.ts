import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import type { AccountRole } from '../../../src/api/auth/roles.js';
import type { Config } from '../../../src/config/schema.js';
import type { HappyIndexEvent } from '../../../src/contracts/events.js';
import { ReleasedWindows } from '../../../src/pipeline/cells/released-windows.js';
import { reportModels } from '../../fixtures/report-models.js';
import { ReleasedHappiness } from '../../../src/pipeline/live/released-happiness.js';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import type { Store } from '../../../src/store/ports/store.js';
import type { TestApp } from '../../fixtures/api-ports.js';
import {
  clock,
  dealtAnew,
  FIRST_DAY,
  K,
  localTime,
  makeShop,
  NOW,
  storeOf,
  type Person,
  type Shop,
} from '../../fixtures/guarded-shop.js';
import { LinearAttack } from '../../fixtures/linear-attack.js';
import { runCli } from '../../fixtures/run-cli.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { SHOP_CONFIG, shopService } from '../../fixtures/shop-service.js';
import { seeded } from '../../fixtures/store-rows.js';
import { hasPoppler, pdfText } from '../../unit/report/tools.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR;
const SEED = printedSeed('small groups');
/** How many times as many questions as usual are asked; ten make thousands. */
const THOROUGH = Number(process.env['EMOSCOPE_TEST_ATTACK'] ?? 1);
const ROLES: readonly AccountRole[] = ['viewer', 'operator', 'analyst', 'admin'];
/** Numbers of an answer that may differ in their last digits, since sums depend on the order of their parts. */
const DIGITS = 9;
const rounded = (value: number): string => (Math.abs(value) < 1e-9 ? '0' : value.toPrecision(DIGITS));
const plain = (text: string): string => text.replace(/-?\d+\.\d+(?:e[+-]?\d+)?/gi, (number) => rounded(Number(number)));

interface Side {
  readonly shop: Shop;
  readonly store: Store;
  readonly path: string;
  readonly test: TestApp;
  readonly tokens: ReadonlyMap<AccountRole, string>;
}

describe('an attacker who asks overlapping questions', () => {
  const renderer = new ReportRenderer();
  const random = seeded(SEED);
  /** The shop, and the same with people dealt anew within the intervals in which nothing may tell them apart. */
  let sides: readonly Side[] = [];

  const sideOf = async (shop: Shop, { store, path }: { store: Store; path: string }): Promise<Side> => {
    const test = await shopService(store, renderer);
    const accounts = await Accounts.open(test.config.server.accounts);
    await accounts.addUser('root', 'correct horse battery', 'admin');
    const tokens = new Map<AccountRole, string>();
    for (const role of ROLES) tokens.set(role, (await accounts.addKey(`key-${role}`, role)).token);
    // Until the service has seen the accounts everybody on this machine is an administrator.
    await vi.waitFor(async () => expect((await test.app.fastify.inject('/api/v1/info')).statusCode).toBe(401), 30_000);
    return { shop, store, path, test, tokens };
  };

  beforeAll(async () => {
    const shop = makeShop(random);
    const first = await storeOf(shop);
    const other = await dealtAnew(shop, first.store, random);
    sides = await Promise.all([sideOf(shop, first), sideOf(other, await storeOf(other))]);
  }, 120_000);
  afterAll(async () => {
    for (const { test, store } of sides) {
      await test.app.close();
      await store.close();
    }
    await renderer.close();
  });

  const ask = async ({ test, tokens }: Side, role: AccountRole, url: string) =>
    test.app.fastify.inject({ url, headers: { authorization: `Bearer ${tokens.get(role) ?? ''}` } });

  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

  /** A period that begins and ends anywhere, in any of the ways that it may be written. */
  const period = (): string => {
    const from = FIRST_DAY + Math.floor((random() * 44 * HOUR) / MINUTE) * MINUTE;
    const to = from + Math.floor(1 + random() ** 2 * 40 * 60) * MINUTE + pick([0, 0, 1, 500, 59_999]);
    const written = (ts: number): string =>
      pick([String(ts), new Date(ts).toISOString(), new Date(ts + 3 * HOUR).toISOString().replace('Z', '+03:00')]);
    return `from=${encodeURIComponent(written(from))}&to=${encodeURIComponent(written(to))}`;
  };

  const me1 = (): string => {
    const parts = [
      pick(['', 'streams=door', 'streams=hall', 'streams=door,hall', 'role=customer', 'role=entrance', 'role=seller']),
      pick(['', '', 'zone=shelf', 'zone=till', `minFacePx=${Math.floor(20 + random() * 90)}`]),
      `threshold=${pick([0, 5, 20, 40, 60, 80, 100, 20.5, 33.3, Math.round(random() * 1000) / 10])}`,
      `smileIndex=${pick(['face', 'person', 'frame', 'share'])}`,
      pick(['', 'bucket=5m', 'bucket=1h', 'bucket=1d']),
    ];
    return `/api/v1/reports/me1?${period()}&${parts.filter((part) => part !== '').join('&')}`;
  };

  const comparison = (): string => {
    const other = period().replace('from=', 'otherFrom=').replace('to=', 'otherTo=');
    const streams = pick(['', '&streams=hall', '&streams=door,hall']);
    return `/api/v1/reports/comparison?${period()}&${other}&threshold=${pick([5, 20, 41.5])}${streams}`;
  };

  /** One of each kind in turn, so that every door is asked by every role whatever the seed. */
  const kinds: readonly (() => string)[] = [
    me1,
    me1,
    me1,
    () =>
      `/api/v1/metrics/series?${period()}&bucket=${pick(['1m', '5m', '15m', '1h', '1d'])}&${pick(['', 'stream=hall', 'stream=door,hall', 'role=customer', 'role=seller'])}&threshold=${pick([5, 20, 41.5])}`,
    () => `/api/v1/reports/visitors?${period()}&${pick(['', 'streams=hall', 'streams=door', 'streams=door,hall'])}`,
    () => `/api/v1/visitors/summary?${period()}`,
    () => `/api/v1/reports/questions?${period()}`,
    comparison,
    () => `/api/v1/happy-index?${period()}&happyIndex=${pick(['answer', 'peak'])}`,
    () => `/api/v1/reports/contacts?${period()}`,
    () => `/api/v1/reports/shifts?${period()}`,
    () => `/api/v1/contacts?${period()}`,
    () => `/api/v1/contacts/c${Math.floor(random() * 80)}`,
    () => `/api/v1/samples/export?${period()}`,
  ];
  const question = (n: number): string => kinds[n % kinds.length]?.() ?? '';
  const roleFor = (n: number): AccountRole => ROLES[Math.floor(n / kinds.length) % ROLES.length] ?? 'admin';

  it('is told the same whoever of a cell was who: every route, role and form (seeded)', async () => {
    const statuses = new Map<string, number>();
    for (let n = 0; n < 110 * THOROUGH; n += 1) {
      const url = question(n);
      const role = roleFor(n);
      const [one, other] = await Promise.all(sides.map((side) => ask(side, role, url)));
      const label = `seed ${SEED}: ${role} ${url}`;
      expect(other?.statusCode, label).toBe(one?.statusCode);
      const path = `${url.split('?')[0]?.replace(/c\d+$/, ':id')} ${one?.statusCode}`;
      statuses.set(path, (statuses.get(path) ?? 0) + 1);
      if (one?.statusCode === 200) expect(plain(other?.body ?? ''), label).toBe(plain(one.body));
    }
    // The attack has to reach every door: answers of each kind, and refusals where a role lacks the right.
    for (const path of [
      'reports/me1',
      'metrics/series',
      'reports/visitors',
      'reports/questions',
      'reports/comparison',
      'happy-index',
    ])
      expect(statuses.get(`/api/v1/${path} 200`) ?? 0, `seed ${SEED}: ${path}`).toBeGreaterThan(0);
    expect(statuses.get('/api/v1/samples/export 200')).toBeUndefined();
    expect(statuses.get('/api/v1/contacts/:id 200')).toBeUndefined();
  }, 600_000);

  it('is told the same in tables and documents', async () => {
    const day = `from=${FIRST_DAY}&to=${FIRST_DAY + DAY_MS}`;
    const odd = `from=${FIRST_DAY + 10 * HOUR + 7 * MINUTE}&to=${FIRST_DAY + 30 * HOUR}`;
    const nextDay = `otherFrom=${FIRST_DAY + DAY_MS}&otherTo=${FIRST_DAY + 2 * DAY_MS}&`;
    for (const kind of ['me1', 'visitors', 'questions', 'contacts', 'comparison']) {
      for (const [span, formats] of [
        [day, ['csv', 'xlsx']],
        [odd, ['html', ...(hasPoppler ? ['pdf'] : [])]],
      ] as const) {
        for (const format of formats) {
          const url = `/api/v1/reports/${kind}?${kind === 'comparison' ? nextDay : ''}${span}&format=${format}`;
          const texts = await Promise.all(
            sides.map(async (side) => {
              const { statusCode, rawPayload } = await ask(side, 'admin', url);
              expect(statusCode, url).toBe(200);
              if (format === 'pdf') return pdfText(rawPayload);
              if (format === 'xlsx') return JSON.stringify(await readExcel(Buffer.from(rawPayload)));
              return rawPayload.toString('utf8');
            }),
          );
          expect(plain(texts[1] ?? ''), `seed ${SEED}: ${url}`).toBe(plain(texts[0] ?? ''));
        }
      }
    }
  }, 600_000);

  it('is told the same live: socket, MQTT and webhooks get whole cells and whole shifts', async () => {
    const told = await Promise.all(
      sides.map(async ({ store, test }) => {
        const events: Omit<HappyIndexEvent, 'seq'>[] = [];
        const windows: unknown[] = [];
        for (let at = FIRST_DAY + 10 * HOUR; at < NOW; at += 17 * HOUR) {
          const sources = {
            store,
            config: (): Config => test.config,
            localTime,
            clock: { now: () => at, monotonic: () => at },
            heldSmiles: () => [],
          };
          const released = new ReleasedWindows(sources, 20);
          await released.refresh();
          windows.push(released.current());
          await new ReleasedHappiness(sources, (event) => events.push(event)).refresh();
        }
        return plain(JSON.stringify({ windows, events }));
      }),
    );
    expect(told[0]).toContain('"visitors":');
    expect(told[0]).toContain('"qualified":');
    expect(told[1]).toBe(told[0]);
  }, 120_000);

  /** Of a stream, the first and the last person whose sums an answer can be; null: it explains nobody. */
  const membersOf = (people: readonly (readonly [number, Person])[], samples: number, moodSum: number) => {
    const sums = [[0, 0]];
    for (const [, { who }] of people) {
      const [count = 0, mood = 0] = sums.at(-1) ?? [];
      sums.push([count + who.samples, mood + who.mood * who.samples]);
    }
    for (const [start, [count = 0, mood = 0]] of sums.entries()) {
      const end = sums.findIndex(
        ([all = 0, sum = 0]) => all - count === samples && Math.abs(sum - mood - moodSum) < 0.01,
      );
      if (end > start) return people.slice(start, end).map(([index]) => index);
    }
    return null;
  };

  interface Row {
    readonly streamId: string | null;
    readonly samples: number;
    readonly visitors: number;
    readonly mood: { readonly value: number | null };
  }

  it('can solve for nobody: no sum of answers is of one to four people (seeded)', async () => {
    const [{ shop, store, test }] = sides as [Side];
    const reports = reportModels({ store, config: () => test.config, localTime, clock });
    const attack = new LinearAttack(shop.people.length);
    const everybody = shop.people.map((person, index) => [index, person] as const);
    let figures = 0;
    let told: readonly number[] = [];
    const take = (row: Row, asked: (person: Person) => boolean, label: string): void => {
      if (row.streamId === null || row.samples === 0 || row.mood.value === null) return;
      const possible = everybody.filter(([, person]) => person.stream === row.streamId && asked(person));
      const members = membersOf(possible, row.samples, row.mood.value * row.samples);
      // Sums over cells with holes between them, as with zones, are no run of people; they are taken apart by the day.
      if (members === null) {
        expect(label, `seed ${SEED}: an answer that no run of people explains: ${label}`).toMatch(/zone|minFacePx/);
        return;
      }
      expect(members.length, `seed ${SEED}: ${label}`).toBeGreaterThanOrEqual(K);
      figures += 1;
      told = members;
      attack.add(members, row.mood.value * row.samples);
    };
    for (let n = 0; n < 70 * THOROUGH; n += 1) {
      const fromTs = FIRST_DAY + Math.floor(random() * 40 * 60) * MINUTE;
      const toTs = fromTs + Math.floor(1 + random() * 30 * 60) * MINUTE;
      const minFacePx = n % 4 === 1 ? pick([40, 60, 80]) : undefined;
      const zoneId = n % 4 === 2 ? pick(['shelf', 'till']) : undefined;
      const params = {
        ...{ fromTs, toTs, threshold: 20, smileIndex: 'face' as const },
        ...(minFacePx === undefined ? {} : { minFacePx }),
        ...(zoneId === undefined ? {} : { zoneId }),
      };
      const { rows } = await reports.me1(params, DAY_MS);
      const asked = ({ who, zone }: Person): boolean =>
        who.sizePx >= (minFacePx ?? 0) && (zoneId === undefined || zone === zoneId);
      for (const row of rows) take(row, asked, JSON.stringify(params));
    }
    const url = `/api/v1/metrics/series?from=${FIRST_DAY}&to=${FIRST_DAY + 2 * DAY_MS}&bucket=5m`;
    const { points } = (await ask(sides[0] as Side, 'viewer', url)).json<{
      points: { streamId: string; visitors: number }[];
    }>();
    for (const stream of ['door', 'hall', 'staff']) {
      let at = 0;
      const people = everybody.filter(([, person]) => person.stream === stream).map(([index]) => index);
      for (const { visitors } of points.filter(({ streamId }) => streamId === stream)) {
        if (visitors > 0) attack.add(people.slice(at, at + visitors), 0, Infinity);
        at += visitors;
      }
    }
    expect(figures, `seed ${SEED}`).toBeGreaterThan(50);
    expect(attack.fewest(K), `seed ${SEED}: ${attack.size} equations`).toBeNull();
    expect(attack.pinned(K, 100)).toEqual([]);
    // The control: the same attacker, given an answer of before that is cut a visitor short.
    attack.add(told.slice(1), 1);
    expect(attack.fewest(K)).not.toBeNull();
  }, 600_000);

  it('asks any period: whatever is answered are whole cells, the same for every question (seeded)', async () => {
    const [{ store }] = sides as [Side];
    const all = { fromTs: FIRST_DAY - DAY_MS, toTs: NOW, kind: 'view' as const, minVisitors: K };
    const cells = await store.cells({ ...all, level: 'cell' });
    const borders = new Set(cells.flatMap(({ id, fromTs, toTs }) => [`${id} ${fromTs}`, `${id} ${toTs}`]));
    expect(cells.length).toBeGreaterThan(20);
    for (const { visitors } of cells) expect(visitors === 0 || visitors >= K).toBe(true);
    for (let n = 0; n < 300 * THOROUGH; n += 1) {
      const fromTs = FIRST_DAY + Math.floor(random() * 48 * HOUR);
      const toTs = fromTs + 1 + Math.floor(random() * 20 * HOUR);
      const level = pick(['cell', 'wide', 'broad'] as const);
      for (const { id, fromTs: start, toTs: end } of await store.cells({ ...all, fromTs, toTs, level })) {
        expect(start >= fromTs && end <= toTs, `seed ${SEED}`).toBe(true);
        expect(borders.has(`${id} ${start}`) && borders.has(`${id} ${end}`), `seed ${SEED}: ${id} ${start}`).toBe(true);
      }
    }
  }, 600_000);

  it('a whole day of over 200 visitors shows gender and age in whole percent', async () => {
    const day = `from=${FIRST_DAY}&to=${FIRST_DAY + 2 * DAY_MS}`;
    const { totals } = (await ask(sides[0] as Side, 'analyst', `/api/v1/reports/me1?${day}`)).json<{
      totals: { visitors: number; audience: string; malePercent: { value: number | null } }[];
    }>();
    const visitors = totals.find(({ audience }) => audience === 'visitors');
    expect(visitors?.visitors).toBe(300);
    expect(visitors?.malePercent.value).not.toBeNull();
    expect(Number.isInteger(visitors?.malePercent.value)).toBe(true);
  });

  it('the control: with k = 1 the same questions tell people apart', async () => {
    const open = sides.map(({ store, test }) => {
      const config: Config = { ...test.config, privacy: { ...test.config.privacy, kAnonymity: 1 } };
      return reportModels({ store, config: () => config, localTime, clock });
    });
    const half = { fromTs: FIRST_DAY + 12 * HOUR + 3 * MINUTE, toTs: FIRST_DAY + 12 * HOUR + 33 * MINUTE };
    const answers = await Promise.all(
      open.map((reports) => reports.me1({ ...half, threshold: 20, smileIndex: 'face' }, HOUR)),
    );
    expect(plain(JSON.stringify(answers[1]?.rows))).not.toBe(plain(JSON.stringify(answers[0]?.rows)));
  }, 120_000);

  // The last, since the command line takes the files for itself.
  it('is told the same on the command line, without a running service', async () => {
    const at = (hours: number): string => new Date(FIRST_DAY + hours * HOUR).toISOString();
    const outputs = await Promise.all(
      sides.map(async ({ store, path }) => {
        await store.close();
        const file = join(mkdtempSync(join(tmpdir(), 'emoscope-shop-cli-')), 'emoscope.yaml');
        writeFileSync(file, JSON.stringify({ ...SHOP_CONFIG, store: { path } }));
        const texts: string[] = [];
        for (const args of [
          ['me1', '--format', 'csv'],
          ['visitors', '--format', 'json'],
          ['questions', '--format', 'table'],
          ['comparison', '--format', 'json', '--other-from', at(30), '--other-to', at(45)],
          ['comparison', '--format', 'csv', '--other-from', at(30), '--other-to', at(45)],
        ]) {
          const [from, to] = [at(10 + 7 / 60), at(30)];
          const { code, stdout, stderr } = await runCli([
            'report',
            ...args,
            '--config',
            file,
            '--from',
            from,
            '--to',
            to,
          ]);
          expect(code, stderr).toBe(0);
          texts.push(stdout.replace(/"generatedTs":\s*\d+/g, '').replace(/^ *Generated.*$/gm, ''));
        }
        return plain(texts.join('\n'));
      }),
    );
    expect(outputs[0]?.length).toBeGreaterThan(500);
    expect(outputs[1], `seed ${SEED}`).toBe(outputs[0]);
  }, 300_000);
});
