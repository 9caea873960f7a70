/**
 * Speed of the store: МЭ-1 over a generated month, and writing beside a running report.
 *
 *   npx tsx bench/store.ts [--samples 50000000] [--days 30] [--streams 8] [--repeats 3] [--threads 2]
 *     [--memory-mb 512] [--ingest-seconds 10] [--ingest-rate 2000] [--folder kept-between-runs] [--json FILE]
 *
 * Wall time counts on a quiet machine; processor time (all threads together) also tells on a busy one.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createLogger } from '../src/runtime/logger.js';
import { Database } from '../src/store/duckdb/file/database.js';
import { DuckdbStore } from '../src/store/duckdb/store.js';
import type { Me1Source } from '../src/store/ports/portrait-reader.js';
import { sample, seeded, scores } from '../test/fixtures/store-rows.js';
import { spread } from './percentile.js';
import { ranOn } from './ran-on.js';
import { givenOptions, record, type FigureTable } from './record.js';
import { FIRST_TS, generate } from './store-rows.js';

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '30' },
    streams: { type: 'string', default: '8' },
    repeats: { type: 'string', default: '3' },
    'ingest-seconds': { type: 'string', default: '10' },
    'ingest-rate': { type: 'string', default: '2000' },
    'memory-mb': { type: 'string', default: '512' },
    threads: { type: 'string', default: '2' },
    folder: { type: 'string' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});
const volume = { samples: Number(values.samples), days: Number(values.days), streams: Number(values.streams) };
const memoryLimitMb = Number(values['memory-mb']);
const threads = Number(values.threads);
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'emoscope-bench-store-')));
const path = join(folder, 'bench.duckdb');

const rssMb = (): number => Math.round(process.memoryUsage().rss / 1024 / 1024);
const cpuSeconds = (from: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
};
const machine = ranOn(['@duckdb/node-api']);

const fill = async (): Promise<void> => {
  const database = await Database.open({ path, memoryLimitMb, threads });
  const started = performance.now();
  await generate(database.writer, volume, (day) => {
    if (day % 5 === 4)
      console.log(`  day ${day + 1}: ${((performance.now() - started) / 1000).toFixed(0)} s, RSS ${rssMb()} MB`);
  });
  const { fileBytes } = await database.fileSizes();
  console.log(
    `generated in ${((performance.now() - started) / 1000).toFixed(0)} s; ${(fileBytes / volume.samples).toFixed(0)} bytes a sample, rollups and visitors included`,
  );
  await database.close();
};

const open = (): Promise<DuckdbStore> =>
  DuckdbStore.open({
    path,
    memoryLimitMb,
    threads,
    retention: { samplesMs: 1e13, rollupsMs: 1e13, from: 'now' },
    logger: createLogger({ level: 'warn', pretty: false }),
  });

const month = {
  fromTs: FIRST_TS,
  toTs: FIRST_TS + volume.days * 86_400_000,
  threshold: 20,
  smileIndex: 'face',
} as const;
const counts = async (store: DuckdbStore, source: Me1Source) =>
  (await store.me1(month, source)).aggregates.map(({ streamId, samples, absolute }) => [streamId, samples, absolute]);

/** Both sources in alternation, after one unmeasured round, and whether they agree. */
const reports = async (store: DuckdbStore): Promise<FigureTable> => {
  const same = JSON.stringify(await counts(store, 'rollups')) === JSON.stringify(await counts(store, 'raw'));
  const times: Record<'rollups' | 'raw' | 'series', { wall: number; cpu: number }[]> = {
    rollups: [],
    raw: [],
    series: [],
  };
  const timed = async (name: keyof typeof times, work: () => Promise<unknown>): Promise<void> => {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    await work();
    times[name].push({ wall: (performance.now() - wall) / 1000, cpu: cpuSeconds(cpu) });
  };
  const bucketStarts = Array.from({ length: volume.days * 24 }, (_, hour) => FIRST_TS + hour * 3_600_000);
  for (let round = 0; round < Number(values.repeats); round += 1) {
    await timed('rollups', () => store.me1(month, 'rollups'));
    await timed('raw', () => store.me1(month, 'raw'));
    await timed('series', () => store.series({ ...month, bucketStarts }));
  }
  if (!same) process.exitCode = 1;
  const runs = (name: keyof typeof times, key: 'wall' | 'cpu'): string =>
    times[name].map((run) => run[key].toFixed(2)).join(', ');
  return {
    id: 'reports',
    columns: ['report', 'wall, s', 'CPU, s'],
    rows: [
      ['МЭ-1 from rollups', runs('rollups', 'wall'), runs('rollups', 'cpu')],
      ['МЭ-1 from raw samples', runs('raw', 'wall'), runs('raw', 'cpu')],
      ['series by the hour', runs('series', 'wall'), runs('series', 'cpu')],
      ['rollups and raw samples agree', same ? 'yes' : 'NO', ''],
    ],
  };
};

/** Event-loop delay of this process at rest, to judge the one under load by on a machine that others use, too. */
const loopAtRest = async (): Promise<string> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  delay.disable();
  return loopDelay(delay);
};

const loopDelay = (delay: { percentile(p: number): number; readonly max: number }): string =>
  `p50 ${(delay.percentile(50) / 1e6).toFixed(0)}, p99 ${(delay.percentile(99) / 1e6).toFixed(0)}, max ${(delay.max / 1e6).toFixed(0)}`;

/** Writes at the given rate in frames of eight streams while МЭ-1 from raw samples runs again and again. */
const ingest = async (store: DuckdbStore): Promise<FigureTable> => {
  const [seconds, rate] = [Number(values['ingest-seconds']), Number(values['ingest-rate'])];
  const random = seeded(7);
  const atRest = await loopAtRest();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const commitMs: number[] = [];
  const started = performance.now();
  let appended = 0;
  let seen = -1;
  const state = { running: true };
  let reportsDone = 0;
  const noteCommit = (): void => {
    const { commits, lastCommitMs } = store.health();
    if (commits !== seen && lastCommitMs !== null) commitMs.push(lastCommitMs);
    seen = commits;
  };
  delay.enable();
  const reporting = (async () => {
    while (state.running) {
      await store.me1(month, 'raw');
      reportsDone += 1;
    }
  })();
  const turn = setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1000) * rate);
    const ts = Date.now();
    for (let stream = 0; appended < due; stream = (stream + 1) % volume.streams) {
      const streamId = `camera-${stream}`;
      const samples = Array.from({ length: Math.min(10, due - appended) }, (_, n) =>
        sample({ ts, streamId, trackId: `live-${appended + n}`, emotions: scores(random() * 100, random) }),
      );
      store.append({
        samples,
        frames: [{ ts, streamId, role: 'customer', zoneId: null, analysed: 1, withFaces: 1, faces: samples.length }],
      });
      appended += samples.length;
    }
    noteCommit();
  }, 25);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  clearInterval(turn);
  state.running = false;
  await store.flush();
  // The one that the flush made counts too: on a busy machine it can be the only one.
  noteCommit();
  await reporting;
  delay.disable();
  const { lost, failedCommits } = store.health();
  if (lost.samples > 0) process.exitCode = 1;
  return {
    id: 'writing',
    columns: ['writing beside reports', 'figure'],
    rows: [
      [`samples in ${seconds} s`, String(appended)],
      ['reports from raw samples meanwhile', String(reportsDone)],
      ['samples lost / commits failed', `${lost.samples} / ${failedCommits}`],
      ['commit, p50 / p95 / p99, ms', spread(commitMs, 0)],
      ['event-loop delay, ms', loopDelay(delay)],
      ['… at rest before', atRest],
      ['memory of the process, MB', String(rssMb())],
    ],
  };
};

try {
  // A folder that was filled before is measured again as it is.
  const filled = await stat(path).then(
    () => true,
    () => false,
  );
  if (!filled) await fill();
  const store = await open();
  const tables = [await reports(store), await ingest(store)];
  await store.close();
  record({ bench: 'store', options: givenOptions(), ranOn: machine, tables }, values.json);
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
}
