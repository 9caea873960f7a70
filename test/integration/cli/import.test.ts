import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from '../../fixtures/run-cli.js';
import { storeConfig, Stores, TestClock } from '../store/stores.js';

const stores = new Stores();
afterAll(() => stores.closeAll());

const HOUR_MS = 3_600_000;

const day = (now: number): string => new Date(now - 48 * HOUR_MS).toISOString().slice(0, 10);

it('a file again changes nothing, a corrected one revises, and one set right again too', async () => {
  const folder = await stores.folder();
  const path = join(folder, 'emoscope.duckdb');
  const config = join(folder, 'emoscope.yaml');
  const today = Date.now();
  await writeFile(
    config,
    `site: { timeZone: UTC }\nplaces: [{ id: till, name: Till }]\nstore: { path: ${path} }\nstreams: []\n`,
  );
  const rows = (second: number): string =>
    `Дата и время;Чеков;Выручка\r\n${day(today)} 10:00;3;1 200,50\r\n${day(today)} 11:00;${second};80,00\r\n`;
  const [first, second] = [join(folder, 'first.csv'), join(folder, 'second.csv')];
  await writeFile(first, rows(5));
  await writeFile(second, rows(6));
  const told = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await runCli(['import', '--config', config, '--json', ...args]);
    expect(stderr).toBe('');
    const { stored, unchanged, revised, refused } = JSON.parse(stdout) as Record<string, unknown>;
    return { code, stored, unchanged, revised, refused };
  };
  const nothing = { code: 0, stored: 0, unchanged: 0, revised: 0, refused: [] };
  expect(await told(first)).toEqual({ ...nothing, stored: 4 });
  expect(await told(first)).toEqual({ ...nothing, unchanged: 4 });
  expect(await told(second)).toEqual({ ...nothing, unchanged: 3, revised: 1 });
  expect(await told(second)).toEqual({ ...nothing, unchanged: 4 });
  expect(await told(first)).toEqual({ ...nothing, unchanged: 3, revised: 1 });

  const store = await stores.open(storeConfig({ path }), new TestClock(today));
  const kept = await store.observations({ fromTs: today - 100 * HOUR_MS, toTs: today, limit: 100 });
  expect(kept.map((fact) => [fact.kind === 'count' ? fact.n : 'value' in fact ? fact.value : null, fact.rev])).toEqual(
    expect.arrayContaining([
      [3, 0],
      [5, 2],
      [1200.5, 0],
      [80, 0],
    ]),
  );
  expect(kept).toHaveLength(4);
  expect(new Set(kept.map(({ source }) => source))).toEqual(new Set(['import']));
  await store.close();
});

it('a wrong row is named with its line; all or nothing takes nothing', async () => {
  const folder = await stores.folder();
  const config = join(folder, 'emoscope.yaml');
  const path = join(folder, 'emoscope.duckdb');
  await writeFile(
    config,
    `site: { timeZone: UTC }\nplaces: [{ id: till, name: Till }]\nstore: { path: ${path} }\nstreams: []\n`,
  );
  const file = join(folder, 'hours.csv');
  await writeFile(file, `Дата и время;Чеков\n${day(Date.now())} 10:00;3\n${day(Date.now())} 11:00;many\n`);
  const strict = await runCli(['import', '--config', config, '--all-or-nothing', '--json', file]);
  expect(strict.code).toBe(1);
  expect(JSON.parse(strict.stdout)).toMatchObject({ failed: { code: 'CONFLICT' }, refused: [{ line: 3 }] });
  const dry = await runCli(['--lang', 'ru', 'import', '--config', config, '--dry-run', file]);
  expect(dry.stdout).toContain('строка 3: NUMBER_UNREADABLE (Чеков)');
  const loose = await runCli(['import', '--config', config, '--json', file]);
  expect(loose.code).toBe(1);
  expect(JSON.parse(loose.stdout)).toMatchObject({ stored: 1, refused: [{ line: 3, code: 'NUMBER_UNREADABLE' }] });
});
