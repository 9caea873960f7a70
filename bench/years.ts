/**
 * Reports over a store of five years, small groups guarded: every report's time, and how long each keeps the event loop.
 *
 *   npx tsx bench/years.ts [--days 1825] [--contacts 90000] [--visits 300] [--folder kept-between-runs] [--only visitors] [--json FILE]
 *
 * Wall time counts on a quiet machine; processor time (all threads together) also tells on a busy one.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { DuckDBConnection } from '@duckdb/node-api';
import { configSchema } from '../src/config/schema.js';
import { CellMaker } from '../src/pipeline/cells/cell-maker.js';
import { createContactsPort } from '../src/pipeline/adapters/contacts-port.js';
import { createFiguresPort } from '../src/pipeline/adapters/figures-port.js';
import { reportModels } from '../test/fixtures/report-models.js';
import { LocalTime } from '../src/time/local-time.js';
import { createLogger } from '../src/runtime/logger.js';
import { Database } from '../src/store/duckdb/file/database.js';
import { DuckdbStore } from '../src/store/duckdb/store.js';
import { ranOn } from './ran-on.js';
import { givenOptions, record } from './record.js';

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '1825' },
    contacts: { type: 'string', default: '90000' },
    /** Visitors a day before the one customers' camera. */
    visits: { type: 'string', default: '300' },
    folder: { type: 'string' },
    /** Only reports whose name begins so. */
    only: { type: 'string', default: '' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});
const days = Number(values.days);
const perDay = Math.round(Number(values.contacts) / days);
const visits = Number(values.visits);
const DAY_MS = 86_400_000;
const MINUTES_OPEN = 657;
/** Nothing is given out that a clock before 2025 has recorded. */
const FIRST_TS = Date.UTC(2025, 0, 1);
const OPENS = FIRST_TS + 9 * 3_600_000;
const toTs = FIRST_TS + days * DAY_MS;
const now = toTs + 2 * DAY_MS;
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'emoscope-bench-years-')));
const path = join(folder, 'years.duckdb');

const COUNTS = Array.from({ length: 101 }, (_, k) => `(n * (100 - ${k}) // 101)::UINTEGER`).join(', ');
const SMILE = JSON.stringify([
  {
    startTs: 0,
    onsetTs: 1,
    endTs: 2,
    measuredShare: 1,
    measuredBefore: 1,
    qualified: true,
    verdict: 'happy',
    before: 5,
    peak: 60,
    peakDelayMs: 900,
    latencyMs: 700,
    displeasureGrowth: -1,
  },
]);

/** Minutes of sums, visits of people who look differently, contacts and bursts, spread evenly; curves have expired, as they do after a month. */
const FILL = [
  `INSERT INTO rollups SELECT ${OPENS} + d * ${DAY_MS} + m * 60000, 'hall', NULL, 'customer', n,
     n * 30, n * 10, n, n, n, n * 10, n * 47, n * 55, n // 2, n // 2, n // 10, n // 4, n // 4, n // 5, n // 5, n // 3,
     [${COUNTS}] FROM (SELECT d, m, 40 + hash(d, m) % 40 AS n FROM range(${days}) a(d), range(${MINUTES_OPEN}) b(m))`,
  `INSERT INTO frame_rollups SELECT minute, stream, NULL, role, 300, 200, samples, 0, 0 FROM rollups`,
  `INSERT INTO tracks SELECT 1, 'v' || i, 'hall', NULL, 'customer', start_ts, start_ts + 20000, n, n / 2, [${COUNTS}],
     CASE h % 10 WHEN 0 THEN 60 ELSE 30 END, CASE h % 37 WHEN 3 THEN 70 ELSE 10 END, CASE h % 53 WHEN 5 THEN 70 ELSE 1 END,
     1, CASE h % 71 WHEN 7 THEN 70 ELSE 1 END, CASE h % 41 WHEN 9 THEN 70 ELSE 10 END, 47, 55, 20000, 8000, 2, 4000, CASE WHEN male THEN n ELSE 0 END, CASE WHEN male THEN 0 ELSE n END,
     0, n, 0, 0, 0, 18 + h % 50, CASE WHEN male THEN 0.9 ELSE 0.1 END, false
     FROM (SELECT i, hash(i) AS h, hash(i) % 2 = 0 AS male, 100 AS n,
       ${OPENS} + (i // ${visits}) * ${DAY_MS} + (i % ${visits}) * ${MINUTES_OPEN} * 60000 // ${visits} AS start_ts
       FROM range(${days * visits}) t(i))`,
  `INSERT INTO contacts BY NAME SELECT 1 AS seq, 'c' || i AS id, CASE h % 2 WHEN 0 THEN 'till-1' ELSE 'till-2' END AS point,
     start_ts, start_ts + 20000 + h % 20000 AS end_ts, true AS seller_present, h % 10 < 7 AS qualified,
     CASE WHEN h % 10 < 7 THEN (CASE h % 3 WHEN 0 THEN 'happy' WHEN 1 THEN 'unhappy' ELSE 'indifferent' END) END::contact_verdict AS verdict,
     20.0 AS baseline_happiness, (h % 60)::DOUBLE AS rise_over_baseline, (300 + h % 2000)::DOUBLE AS latency_ms,
     0.1 AS lag_r, 500.0 AS lag_ms, 0.3 AS lag_p, 1 AS smile_count, '' AS reason_ru, '' AS reason_en, '${SMILE}' AS smiles,
     '[]' AS curve, 'answer'::contact_rule AS rule, 0.3 AS answer_by_chance, false AS withheld
     FROM (SELECT i, hash(i) AS h, ${OPENS} + (i // ${perDay}) * ${DAY_MS} + (i % ${perDay}) * ${MINUTES_OPEN} * 60000 // ${perDay} AS start_ts
       FROM range(${days * perDay}) t(i))`,
  `INSERT INTO bursts SELECT 1, id, CASE b WHEN 0 THEN 'positive' ELSE 'negative' END, start_ts, start_ts + 1000, 12
     FROM contacts, range(2) t(b)`,
  `UPDATE rollup_state SET rolled_seq = 1, raw_from_ts = ${toTs}`,
  `INSERT INTO commits VALUES (1, NULL)`,
];

const fill = async (connection: DuckDBConnection): Promise<void> => {
  for (const sql of FILL) await connection.run(sql);
  await connection.run('CHECKPOINT');
};

const localTime = new LocalTime('Europe/Moscow');
const clock = { now: () => now, monotonic: () => performance.now() };
const config = configSchema.parse({
  site: { timeZone: 'Europe/Moscow' },
  streams: [
    { id: 'hall', url: 'x' },
    { id: 'staff', url: 'x', role: 'seller' },
  ],
  contacts: ['till-1', 'till-2'].map((id) => ({ id, seller: 'staff', customer: 'hall' })),
});

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly loopMs: number;
  readonly p99Ms: number;
}

/** Wall and processor time of some work, and how long the loop was kept meanwhile: at most, and in 99 % of its turns. */
const costOf = async (work: () => Promise<unknown>): Promise<Cost> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  delay.enable();
  await work();
  const wallMs = performance.now() - wall;
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000, loopMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 };
};

const row = (name: string, { wallMs, cpuMs, loopMs, p99Ms }: Cost): string[] => [
  name,
  (wallMs / 1000).toFixed(2),
  (cpuMs / 1000).toFixed(2),
  p99Ms.toFixed(0),
  loopMs.toFixed(0),
];

try {
  const machine = ranOn(['@duckdb/node-api']);
  const isFilled = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isFilled) {
    const database = await Database.open({ path, memoryLimitMb: 2048 });
    await fill(database.writer);
    await database.close();
  }
  const store = await DuckdbStore.open({
    path,
    memoryLimitMb: 512,
    threads: 2,
    retention: { samplesMs: 1e13, rollupsMs: 1e13, from: 'newest' },
    logger: createLogger({ level: 'warn', pretty: false }),
    clock,
  });
  console.log(`${days} days, ${days * perDay} contacts, ${days * visits} visits, ${days * MINUTES_OPEN} rollups`);
  const maker = new CellMaker({ store, localTime, clock, privacy: () => config.privacy });
  const rows = [row('making all intervals', await costOf(() => maker.run()))];
  const sources = { store, config: () => config, localTime, clock };
  const [models, figures, contacts] = [reportModels(sources), createFiguresPort(sources), createContactsPort(sources)];
  const period = { fromTs: FIRST_TS, toTs };
  const me1 = { ...period, threshold: 20, smileIndex: 'face' } as const;
  const half = FIRST_TS + (days / 2) * DAY_MS;
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    'happy-index': () => contacts.summaries({ ...period, happyIndex: 'answer' }, new AbortController().signal),
    me1: () => models.me1(me1, null),
    'me1 of a year': () => models.me1({ ...me1, fromTs: toTs - 365 * DAY_MS }, null),
    'me1, faces of 60 px': () => models.me1({ ...me1, minFacePx: 60 }, null),
    comparison: () => models.comparison({ ...me1, toTs: half }, { ...me1, fromTs: half }),
    contacts: () => models.contacts({ ...period, points: [], singles: true, happyIndex: 'answer' }),
    shifts: () => figures.shifts(period, new AbortController().signal),
    visitors: () => models.visitors({ ...period, streams: [] }),
    questions: () => models.questions(period),
    'questions of a year': () => models.questions({ ...period, fromTs: toTs - 365 * DAY_MS }),
    'series by day': () => models.series({ ...me1, streams: [], role: null, bucketMs: DAY_MS }),
  };
  for (const [name, work] of Object.entries(asked).filter(([report]) => report.startsWith(values.only))) {
    try {
      rows.push(row(name, await costOf(work)));
    } catch (error) {
      rows.push([name, (error as Error).message.slice(0, 90)]);
    }
  }
  await store.close();
  const columns = ['report', 'wall, s', 'CPU, s', 'loop p99, ms', 'loop most, ms'];
  const tables = [{ id: 'reports', columns, rows }];
  record({ bench: 'years', options: givenOptions(), ranOn: machine, tables }, values.json);
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
}
