import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ConfigInput } from '../../../src/config/schema.js';
import type { Contact } from '../../../src/contracts/contact.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { openStore } from '../../../src/store/open-store.js';
import type { RowCounts } from '../../../src/store/ports/row-sink.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { startCli, type Finished } from '../../fixtures/run-cli.js';
import { waitFor } from '../../fixtures/wait-until.js';
import { silent, storeConfig } from '../store/stores.js';

/** Long variants run under `npm run faults`. */
export const ALL_FAULTS = process.env['EMOSCOPE_TEST_FAULTS'] === 'all';

/** For tests that start the service once or more on a machine that has other work. */
export const PATIENCE = { timeout: 480_000 };

/** Waits for the recovery from a fault and prints how long it took, for the table in docs/operations.md. */
export const recovery = async <Value>(
  fault: string,
  sinceMs: number,
  look: () => Promise<Value | null> | Value | null,
): Promise<Value> => {
  const value = await waitFor(`recovery from: ${fault}`, look);
  console.log(`recovery | ${fault} | ${((performance.now() - sinceMs) / 1000).toFixed(1)} s`);
  return value;
};

/** What the store holds once the service has gone. */
export interface Kept {
  readonly samples: number;
  readonly framesWithFaces: number;
  /** Frames of a stream and role that have a sample. */
  readonly sampledFrames: number;
  readonly lost: RowCounts;
  readonly contacts: readonly Contact[];
  /** Analysed frames of a stream, as the reports count them. */
  analysed(streamId: string): number;
}

/** The real service in a process of its own, seen from outside. */
export interface ServiceUnderFault {
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
  readonly configFile: string;
  /** Everything it wrote for people and into its log. */
  log(): string;
  get<Body>(path: string): Promise<Body>;
  send(method: 'POST' | 'PATCH' | 'DELETE' | 'PUT', path: string, body?: unknown): Promise<number>;
  stream(id: string): Promise<StreamStatus>;
  /** Sum of a Prometheus metric over all rows with these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>;
  readonly ready: () => Promise<{ ready: boolean; checks: Record<string, { ok: boolean; detail: string }> }>;
  /** Waits until a stream has been analysed `frames` times more. */
  goesOn(id: string, frames?: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Finished>;
  readonly finished: Promise<Finished>;
  kept(): Promise<Kept>;
}

export interface FaultOptions {
  readonly config: ConfigInput;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a folder that goes with the test. */
  readonly storePath?: string;
}

type Finish = (undo: () => void | Promise<void>) => void;

const sumOf = (text: string, name: string, labels: Readonly<Record<string, string>>): number =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);

/** Starts `emoscope serve` from its sources on a free port and waits until it listens. */
export const startUnderFault = async (onTestFinished: Finish, options: FaultOptions): Promise<ServiceUnderFault> => {
  const folder = temporaryFolder('fault');
  const configFile = join(folder.path, 'emoscope.yaml');
  const storePath = options.storePath ?? join(folder.path, 'emoscope.duckdb');
  const config: ConfigInput = {
    ...options.config,
    // The cameras of these tests show photographs, which would be left out as such.
    streams: options.config.streams?.map((stream) => ({ stillFaces: 'keep', ...stream })),
    server: { port: 0, accounts: join(folder.path, 'accounts.json'), rateLimitPerMinute: 100_000 },
    store: { ...options.config.store, path: storePath },
    inference: { device: 'cpu', threads: 1, expression: 'fast', ...options.config.inference },
  };
  writeFileSync(configFile, stringify(config));
  const cli = startCli(['serve', '--config', configFile], options.env);
  onTestFinished(async () => {
    cli.child.kill('SIGKILL');
    await cli.finished;
    folder.remove();
  });
  let over = false;
  void cli.finished.then(() => (over = true));
  const url = await waitFor('the address', () => {
    if (over) throw new Error(`the service ended: ${cli.stderr()}`);
    return /http:\/\/localhost:\d+/.exec(cli.stderr())?.[0] ?? null;
  });
  const get = async <Body>(path: string): Promise<Body> => (await (await fetch(`${url}${path}`)).json()) as Body;
  const stream = async (id: string): Promise<StreamStatus> => {
    const { items } = await get<{ items: StreamStatus[] }>('/api/v1/streams');
    const found = items.find((item) => item.id === id);
    if (found === undefined) throw new Error(`no stream ${id}`);
    return found;
  };
  return {
    url,
    pid: cli.child.pid ?? 0,
    folder: folder.path,
    configFile,
    log: () => cli.stderr() + cli.stdout(),
    get,
    stream,
    send: async (method, path, body) => {
      const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      return (await fetch(`${url}${path}`, { method, ...(body === undefined ? {} : json) })).status;
    },
    metric: async (name, labels = {}) => sumOf(await (await fetch(`${url}/metrics`)).text(), name, labels),
    ready: () => get('/readyz'),
    goesOn: async (id, frames = 5) => {
      const before = (await stream(id)).framesAnalysed;
      await waitFor(`${frames} more frames of ${id}`, async () => {
        const { framesAnalysed } = await stream(id);
        return framesAnalysed >= before + frames ? true : null;
      });
    },
    signal: (signal) => cli.child.kill(signal),
    stop: () => {
      cli.child.kill('SIGTERM');
      return cli.finished;
    },
    finished: cli.finished,
    kept: async () => {
      const store = await openStore(storeConfig({ path: storePath }), silent);
      const period = { fromTs: 0, toTs: Date.now() * 2 };
      const { aggregates, coverage } = await store.me1({ ...period, threshold: 20, smileIndex: 'face' }, 'raw');
      const contacts = await store.contacts({ ...period, limit: 1000 });
      const samples = await store.samples({ ...period, limit: 1e9 });
      await store.close();
      const sum = (count: (row: (typeof aggregates)[number]) => number, of = aggregates): number =>
        of.reduce((total, row) => total + count(row), 0);
      return {
        samples: sum(({ samples }) => samples),
        framesWithFaces: sum((row) => row.framesWithFaces),
        sampledFrames: new Set(samples.map(({ streamId, role, ts }) => `${streamId} ${role} ${ts}`)).size,
        lost: coverage.lost,
        contacts,
        analysed: (streamId) =>
          sum(
            ({ analysedFrames }) => analysedFrames,
            aggregates.filter((row) => row.streamId === streamId),
          ),
      };
    },
  };
};

/** Processes that the service started and whose command line holds `text`, by id. */
export const childrenOf = (pid: number, text: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        return parent === String(pid) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);

/** Whether a process is there and not merely waiting to be buried. */
export const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
