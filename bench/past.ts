/**
 * A start with a store that is full of today: how long cameras wait for what was earlier today, how long until it is in
 * the live figures, and what the event loop feels of the reading.
 *
 *   npx tsx bench/past.ts [--samples 5000000] [--streams 8] [--repeats 5] [--folder kept-between-runs] [--before CHECKOUT]
 *
 * `--before` names another checkout, which is measured in alternation.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Database } from '../src/store/duckdb/file/database.js';
import type * as ConfigSchema from '../src/config/schema.js';
import type * as Bus from '../src/pipeline/live/live-bus.js';
import type * as Monitors from '../src/pipeline/camera/monitor.js';
import type * as Past from '../src/pipeline/live/past.js';
import type * as Time from '../src/time/local-time.js';
import type * as Loggers from '../src/runtime/logger.js';
import type * as Stores from '../src/store/duckdb/store.js';
import { markdownTable } from './figure-table.js';
import { ranOn, ranOnLine } from './ran-on.js';
import { middleOf, percentile } from './percentile.js';
import { FIRST_TS, generate } from './store-rows.js';

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '5000000' },
    streams: { type: 'string', default: '8' },
    repeats: { type: 'string', default: '5' },
    folder: { type: 'string' },
    before: { type: 'string' },
  },
});
const samples = Number(values.samples);
const streams = Number(values.streams);
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'emoscope-bench-past-')));
const path = join(folder, 'bench.duckdb');
/** The generated day ends now. */
const NOW = FIRST_TS + 21 * 3_600_000;
const nothing = (): void => undefined;

interface Run {
  readonly waitMs: number;
  readonly fullMs: number;
  readonly loopMs: number;
  readonly rssMb: number;
}

/** Opens the streams of one checkout with the store's past; no decoder is started, which takes as long either way. */
const run = async (root: string): Promise<Run> => {
  const load = async <Module>(file: string): Promise<Module> =>
    (await import(pathToFileURL(join(resolve(root), 'src', file)).href)) as Module;
  const { DuckdbStore } = await load<typeof Stores>('store/duckdb/store.ts');
  const { Monitor } = await load<typeof Monitors>('pipeline/camera/monitor.ts');
  const { pastFrom } = await load<typeof Past>('pipeline/live/past.ts');
  const { LiveBus } = await load<typeof Bus>('pipeline/live/live-bus.ts');
  const { LocalTime } = await load<typeof Time>('time/local-time.ts');
  const { createLogger } = await load<typeof Loggers>('runtime/logger.ts');
  const { configSchema } = await load<typeof ConfigSchema>('config/schema.ts');
  const logger = createLogger({ level: 'silent', pretty: false });
  const retention = { samplesMs: 1e13, rollupsMs: 1e13, from: 'now' } as const;
  const store = await DuckdbStore.open({ path, memoryLimitMb: 512, threads: 2, retention, logger });
  const config = configSchema.parse({
    streams: Array.from({ length: streams }, (_, at) => ({
      ...{ id: `camera-${at}`, url: '/nowhere/at-all.mp4', enabled: false },
      role: at % 2 === 0 ? 'customer' : 'seller',
    })),
  });
  const clock = { now: () => NOW, monotonic: () => performance.now() };
  const localTime = new LocalTime('UTC');
  const bus = new LiveBus(nothing);
  const started = new Set<string>();
  let waitMs = NaN;
  const startMs = performance.now();
  const monitor = new Monitor({
    ...{ config, bus, localTime, clock, logger },
    inference: {
      // The last thing before a decoder is started.
      openStream: ({ id }) => {
        started.add(id);
        if (started.size === streams) waitMs = performance.now() - startMs;
      },
      ...{ closeStream: nothing, submit: nothing, onResult: nothing, onDrop: nothing, suggestedTurn: () => null },
    },
    sink: { numbers: nothing, ended: nothing, counted: nothing },
    past: pastFrom({ store, localTime, clock, threshold: 20, logger }),
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await monitor.start();
  const fullMs = performance.now() - startMs;
  delay.disable();
  const found = monitor.all().reduce((sum, one) => sum + (one.windows(NOW)?.today.samples ?? 0), 0);
  if (found !== samples) throw new Error(`${found} samples of ${samples} are in the figures of today`);
  const rssMb = process.memoryUsage().rss / 2 ** 20;
  await monitor.stop();
  await store.close();
  return { waitMs, fullMs, loopMs: delay.max / 1e6, rssMb };
};

const fill = async (): Promise<void> => {
  const database = await Database.open({ path, memoryLimitMb: 512, threads: 2 });
  await generate(database.writer, { samples, days: 1, streams }, nothing);
  await database.close();
};

try {
  const filled = await stat(path).then(
    () => true,
    () => false,
  );
  if (!filled) await fill();
  const trees = [...(values.before === undefined ? [] : [values.before]), '.'];
  const runs = new Map<string, Run[]>(trees.map((tree) => [tree, []]));
  for (const tree of trees) await run(tree);
  for (let round = 0; round < Number(values.repeats); round += 1)
    for (const tree of trees) runs.get(tree)?.push(await run(tree));
  console.log(`${ranOnLine(ranOn())}; ${samples} samples today, ${streams} streams`);
  const of = (key: keyof Run, pick: (list: readonly number[]) => number | null) => (list: readonly Run[]) =>
    pick(list.map((one) => one[key]));
  const most = (list: readonly number[]): number | null => percentile(list, 1);
  for (const [tree, list] of runs) {
    console.log(tree === '.' ? '\nthis checkout' : `\n${tree}`);
    console.log(
      markdownTable(
        [
          { heading: 'cameras wait, median ms', digits: 1, read: of('waitMs', middleOf) },
          { heading: 'most, ms', digits: 1, read: of('waitMs', most) },
          { heading: 'today is full, median ms', digits: 0, read: of('fullMs', middleOf) },
          { heading: 'most, ms', digits: 0, read: of('fullMs', most) },
          { heading: 'event loop held up, most ms', digits: 0, read: of('loopMs', most) },
          { heading: 'RSS, most MB', digits: 0, read: of('rssMb', most) },
        ],
        [list],
      ),
    );
  }
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
}
