import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/time/units.js';
import { openStore } from '../../../src/store/open-store.js';
import { runCli } from '../../fixtures/run-cli.js';
import { sample } from '../../fixtures/store-rows.js';
import { silent, storeConfig } from '../store/stores.js';

const folder = mkdtempSync(join(tmpdir(), 'emoscope-clock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['before the newest stored row', 40 * DAY_MS, 'warning', 'CLOCK_BEHIND'],
  ['weeks after the rows before it', -40 * DAY_MS, 'warning', 'CLOCK_AHEAD'],
  ['UTC', -3_600_000, 'ok', null],
] as const)('doctor says of the clock: %s', async (words, offsetMs, outcome, cause) => {
  const path = join(folder, `${offsetMs}.duckdb`);
  const store = await openStore(storeConfig({ path }), silent);
  store.append({ samples: [sample({ ts: Date.now() + offsetMs })] });
  await store.flush();
  await store.close();
  const config = join(folder, `${offsetMs}.yaml`);
  writeFileSync(config, `store: { path: ${path} }\nserver: { accounts: ${join(folder, 'accounts.json')} }\n`);
  const { stdout } = await runCli(['doctor', '--json', '--config', config]);
  const { findings } = JSON.parse(stdout) as { findings: { name: string; detail: string }[] };
  const found = findings.find(({ name }) => name === 'clock');
  expect(found).toMatchObject({ outcome, cause, detail: expect.stringContaining(words) as string });
});
