import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema, type Config } from '../../../src/config/schema.js';
import type { Clock } from '../../../src/runtime/clock.js';
import { createLogger, type Logger } from '../../../src/runtime/logger.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/ports/store.js';

type StoreConfig = Config['store'];
type StoreInput = Partial<Omit<StoreConfig, 'retention'>> & { retention?: Partial<StoreConfig['retention']> };

/** The store's section of a configuration with defaults filled in. */
export const storeConfig = (input: StoreInput): StoreConfig => configSchema.parse({ store: input }).store;

export const silent = createLogger({ level: 'silent', pretty: false });

/** Monday of the test rows' week, epoch ms UTC. */
export const DAY = Date.UTC(2026, 10, 2);

/** A day after the test rows, whatever the calendar says; moved by hand. */
export class TestClock implements Clock {
  constructor(private ts = DAY + 86_400_000) {}

  now(): number {
    return this.ts;
  }

  monotonic(): number {
    return performance.now();
  }

  move(ms: number): void {
    this.ts += ms;
  }
}

/** Opens the store that a configuration names: the same path is the same store. */
export type OpenStore = (config: StoreConfig, logger: Logger, clock: Clock) => Promise<Store>;

/** Stores of one test file; files live in folders of their own and go with `closeAll`. */
export class Stores {
  private readonly open_: Store[] = [];
  private readonly folders: string[] = [];

  constructor(private readonly openOne: OpenStore = openStore) {}

  async open(config: StoreConfig, clock: Clock = new TestClock()): Promise<Store> {
    const store = await this.openOne(config, silent, clock);
    this.open_.push(store);
    return store;
  }

  memory(input: StoreInput = {}, clock?: Clock): Promise<Store> {
    return this.open(storeConfig({ kind: 'memory', ...input }), clock);
  }

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'emoscope-store-'));
    this.folders.push(folder);
    return folder;
  }

  async file(input: StoreInput = {}, clock?: Clock): Promise<{ store: Store; config: StoreConfig; folder: string }> {
    const folder = await this.folder();
    const config = storeConfig({ path: join(folder, 'emoscope.duckdb'), ...input });
    return { store: await this.open(config, clock), config, folder };
  }

  async closeStores(): Promise<void> {
    for (const store of this.open_.splice(0)) await store.close();
  }

  async closeAll(): Promise<void> {
    await this.closeStores();
    for (const folder of this.folders.splice(0)) await rm(folder, { recursive: true, force: true });
  }
}
