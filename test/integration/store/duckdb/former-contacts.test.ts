import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, expect, it } from 'vitest';
import { configSchema } from '../../../../src/config/schema.js';
import { judgeStoredContacts } from '../../../../src/pipeline/upkeep/judge-stored-contacts.js';
import { contactsReport } from '../../../../src/reporting/contacts/build-contacts.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { migrate } from '../../../../src/store/duckdb/file/migrate.js';
import { DAY, storeConfig, Stores, TestClock } from '../stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const STEP_MS = 200;
const LENGTH_MS = 14_000;

/** The seller smiles at 4 s; the customer as told. */
const curveOf = (startTs: number, green: (t: number) => number): string =>
  JSON.stringify(
    Array.from({ length: LENGTH_MS / STEP_MS + 1 }, (_, i) => {
      const t = i * STEP_MS;
      const seller = t >= 4000 && t < 7000 ? 80 : 5;
      return { ts: startTs + t, green: green(t), blue: 2, red: 20, seller };
    }),
  );

const SMILES = JSON.stringify([
  { onsetTs: DAY + 4000, endTs: DAY + 7000, measuredShare: 1, qualified: true, verdict: 'happy', peak: 80 },
]);

/** Contacts as the version before the answers stored them: by id, what it had judged, and the curves. */
const FORMER = [
  { id: 'answered', verdict: 'happy', green: (t: number) => (t >= 5000 && t < 8000 ? 80 : 5) },
  { id: 'already', verdict: 'happy', green: () => 80 },
  { id: 'resting', verdict: 'unhappy', green: () => 5 },
  { id: 'no-curve', verdict: 'happy', green: null },
] as const;

const oldFile = async (path: string): Promise<void> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await migrate(connection, 4);
  for (const [i, { id, verdict, green }] of FORMER.entries()) {
    const startTs = DAY + i * 60_000;
    const curve = green === null ? '[]' : curveOf(startTs, green);
    await connection.run(
      `INSERT INTO contacts VALUES (1, '${id}', 'till', ${startTs}, ${startTs + LENGTH_MS}, true, true, '${verdict}', 5, 75,
        0, 0.5, 0, NULL, 1, 'пик', 'peak', $smiles, $curve)`,
      { smiles: SMILES, curve },
    );
  }
  connection.closeSync();
  instance.closeSync();
};

it('contacts of an earlier version are judged again from their curves, the others left out and counted', async () => {
  const path = join(await stores.folder(), 'old.duckdb');
  await oldFile(path);
  const store = await stores.open(storeConfig({ path }));
  const config = configSchema.parse({ privacy: { kAnonymity: 1 } });
  const report = () =>
    contactsReport(
      { store, config: () => config, localTime: new LocalTime('UTC'), clock: new TestClock() },
      { fromTs: DAY, toTs: DAY + 3_600_000, points: [], singles: true, happyIndex: 'peak' },
    );

  const waiting = await report();
  expect(waiting.points[0]).toMatchObject({ contacts: 4, former: 4, qualified: 0, value: null });
  expect(waiting.points[0]?.peak).toMatchObject({ qualified: 4, happy: 3, unhappy: 1 });
  expect(waiting.notes[0]?.ru).toContain('не вошедших в Happy-Index: 4');

  expect(await judgeStoredContacts(store, config.metrics)).toBe(3);
  const judged = await report();
  expect(judged.contacts.map(({ id, rule, verdict }) => [id, rule, verdict])).toEqual([
    ['answered', 'answer', 'happy'],
    ['already', 'answer', 'already'],
    ['resting', 'answer', 'indifferent'],
    ['no-curve', 'former', null],
  ]);
  expect(judged.points[0]).toMatchObject({ contacts: 4, former: 1, qualified: 2, happy: 1, already: 1, value: 0.5 });
  expect(judged.contacts[0]).toMatchObject({ baselineHappiness: 5, latencyMs: 1000, sellerPresent: true });
  expect(judged.contacts[3]?.crossLag).toBeNull();
  expect(judged.notes[0]?.en).toContain('left out of the Happy-Index: 1');
  // A second time there is nothing to do, and the one without curves is no endless task.
  expect(await judgeStoredContacts(store, config.metrics)).toBe(0);
});
