/**
 * Facts over REST: what a shop with many devices sends, taken into a store that holds many already; the clients are a process of
 * their own, half of what they send is sent twice.
 *
 *   npx tsx bench/observations.ts [--rate 1000] [--seconds 20] [--clients 50] [--batch 20] [--kept 1000000] [--json FILE]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { ObservationResult } from '../src/contracts/service/observation-result.js';
import { createIntake } from '../src/pipeline/observations/intake.js';
import { sharingCommits } from '../src/pipeline/observations/shared-commits.js';
import { systemClock } from '../src/runtime/clock.js';
import { createLogger } from '../src/runtime/logger.js';
import { uuidV7 } from '../src/runtime/uuid-v7.js';
import { DuckdbStore } from '../src/store/duckdb/store.js';
import { testApp } from '../test/fixtures/api-ports.js';
import { count } from '../test/fixtures/observations.js';
import { spread } from './percentile.js';
import { ranOn } from './ran-on.js';
import { givenOptions, record, type FigureTable } from './record.js';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    clients: { type: 'string', default: '50' },
    batch: { type: 'string', default: '20' },
    kept: { type: 'string', default: '1000000' },
    /** Where the figures are written down. */
    json: { type: 'string' },
    /** This process sends: the address of the service. */
    to: { type: 'string' },
  },
});
const [rate, seconds, clients, batch, kept] = [
  Number(values.rate),
  Number(values.seconds),
  Number(values.clients),
  Number(values.batch),
  Number(values.kept),
] as const;

/** What the sending process has seen. */
interface Sent {
  readonly facts: number;
  readonly ms: readonly number[];
  readonly statuses: Readonly<Record<string, number>>;
}

const fact = () => {
  const ts = Date.now();
  return { id: uuidV7(ts), ts, placeId: 'till', kind: 'count', counter: 'receipt', n: 1 };
};

const send = async (url: string): Promise<Sent> => {
  const ms: number[] = [];
  const statuses: Record<string, number> = {};
  let facts = 0;
  const post = async (observations: readonly object[]): Promise<void> => {
    const started = performance.now();
    const answer = await fetch(`${url}api/v1/observations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ observations }),
    });
    const { results } = (await answer.json()) as { results: readonly ObservationResult[] };
    ms.push(performance.now() - started);
    for (const { status } of results) statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const everyMs = (1000 * clients * batch) / rate;
  const client = async (at: number): Promise<void> => {
    const begun = performance.now() + (at * everyMs) / clients;
    for (let turn = 0; turn * everyMs < seconds * 1000; turn += 1) {
      const waitMs = begun + turn * everyMs - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const own = Array.from({ length: batch }, fact);
      facts += own.length;
      await post(own);
      if (turn % 2 === 1) await post(own);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, at) => client(at)));
  return { facts, ms, statuses };
};

const measure = async (): Promise<readonly FigureTable[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'emoscope-bench-observations-'));
  const logger = createLogger({ level: 'warn', pretty: false });
  const store = await DuckdbStore.open({
    path: join(folder, 'bench.duckdb'),
    memoryLimitMb: 512,
    threads: 2,
    retention: { samplesMs: 1e13, rollupsMs: 1e13, from: 'now' },
    logger,
  });
  try {
    for (let at = 0; at < kept; at += 20_000) {
      const ts = Date.now() - (kept - at) * 1000;
      const rows = Array.from({ length: 20_000 }, (_, n) => count({ ts: ts + n * 1000, id: uuidV7(ts + n * 1000) }));
      store.append({ observations: rows });
      await store.flush();
    }
    const { app } = await testApp({ places: [{ id: 'till', name: 'Till' }] }, undefined, '0', (config) => ({
      observations: createIntake({ ...sharingCommits(store), config: () => config, clock: systemClock }),
    }));
    const { url } = await app.listen();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const [cpu, started] = [process.cpuUsage(), performance.now()];
    delay.enable();
    const child = fork(process.argv[1] ?? '', [...process.argv.slice(2), '--to', url], { execArgv: process.execArgv });
    const [sent] = (await once(child, 'message')) as [Sent];
    delay.disable();
    const { user, system } = process.cpuUsage(cpu);
    const wallMs = performance.now() - started;
    const all = await store.counts({ fromTs: 0, toTs: Date.now() + 1e6, bucketStarts: [0], counters: ['receipt'] });
    const stored = all.reduce((sum, { facts }) => sum + facts, 0);
    if (stored !== sent.facts) process.exitCode = 1;
    await app.close();
    return [
      {
        id: 'taking',
        columns: ['facts over REST', 'figure'],
        rows: [
          ['facts a second, those sent again included', ((1000 * sum(sent.statuses)) / wallMs).toFixed(0)],
          ['sent / in the store', `${sent.facts} / ${stored}`],
          ['answers', Object.entries(sent.statuses).flat().join(' ')],
          [`a request of ${batch}, p50 / p95 / p99, ms`, spread(sent.ms, 0)],
          ['CPU of the service, cores', ((user + system) / 1000 / wallMs).toFixed(2)],
          [
            'event-loop delay, p50 / p99, ms',
            [50, 99].map((rank) => (delay.percentile(rank) / 1e6).toFixed(0)).join(' / '),
          ],
        ],
      },
    ];
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, one) => total + one, 0);

if (values.to === undefined) {
  const machine = ranOn(['@duckdb/node-api']);
  record({ bench: 'observations', options: givenOptions(), ranOn: machine, tables: await measure() }, values.json);
} else {
  process.send?.(await send(values.to));
  process.disconnect();
}
