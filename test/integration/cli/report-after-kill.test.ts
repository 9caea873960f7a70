import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from '../../fixtures/run-cli.js';
import { crowd } from '../../fixtures/store-rows.js';
import { DAY, storeConfig, Stores, TestClock } from '../store/stores.js';

const stores = new Stores();
afterAll(() => stores.closeAll());

it('visits that a killed process left open count in the report without a service', async () => {
  const folder = await stores.folder();
  const path = join(folder, 'emoscope.duckdb');
  const config = join(folder, 'emoscope.yaml');
  await writeFile(
    config,
    `site: { timeZone: UTC }\nprivacy: { kAnonymity: 1 }\nstore: { path: ${path}, retention: { samples: 3650d } }\nstreams: []\n`,
  );
  const rows = crowd({ seed: 5, fromTs: DAY, minutes: 3, streams: ['till'] });
  const store = await stores.open(storeConfig({ path }), new TestClock(DAY + 3_600_000));
  store.append({ samples: rows.samples, frames: rows.frames, tracks: rows.tracks.slice(0, 5) });
  await store.close();
  const at = (ts: number): string => new Date(ts).toISOString();
  const { code, stdout, stderr } = await runCli([
    ...['report', 'visitors', '--config', config],
    ...['--from', at(DAY), '--to', at(DAY + 3_600_000), '--format', 'json'],
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const customers = rows.tracks.filter(({ role }) => role !== 'seller');
  expect(JSON.parse(stdout)).toMatchObject({ total: { visitors: customers.length } });
});
