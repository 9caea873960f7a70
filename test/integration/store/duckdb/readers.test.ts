import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, expect, it } from 'vitest';
import { EmoscopeError } from '../../../../src/runtime/errors.js';
import { Readers } from '../../../../src/store/duckdb/readers.js';

/** Minutes of work. */
const ENDLESS = 'SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b';

let readers: Readers | null = null;
const opened = async (mostWaiting?: number): Promise<Readers> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  readers = new Readers(() => instance.connect(), 2, mostWaiting);
  return readers;
};
afterEach(async () => {
  await readers?.close(new EmoscopeError('STORE_CLOSED', 'closed'));
  readers = null;
});

const answer = (own: Readers): Promise<unknown> =>
  own.use(async (connection) => (await connection.runAndReadAll('SELECT 42')).getRows()[0]?.[0]);

it('sixty clients that go away delay nobody: what runs for them is interrupted, what waits leaves the queue', async () => {
  const own = await opened();
  const clients = Array.from({ length: 60 }, () => new AbortController());
  const asked = clients.map(({ signal }) =>
    own.use(async (connection) => {
      await connection.run('BEGIN TRANSACTION READ ONLY');
      await connection.run(ENDLESS).catch(() => undefined);
      // Another statement of the same question, which an interrupt of the first does not end.
      await connection.run(ENDLESS);
    }, signal),
  );
  const other = answer(own);
  for (const client of clients) client.abort();
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await other).toBe(42);
  // Neither is a transaction left open in what they had borrowed.
  for (const _ of [1, 2, 3])
    await own.use(async (connection) => {
      await connection.run('BEGIN TRANSACTION');
      await connection.run('ROLLBACK');
    });
});

it('refuses clients beyond a number that wait, and no question of the product', async () => {
  const own = await opened(3);
  const { signal, client } = { signal: new AbortController(), client: new AbortController() };
  const running = [1, 2].map(() =>
    own.use((connection) => connection.run(ENDLESS), signal.signal).catch((error: unknown) => error),
  );
  const waiting = [1, 2, 3].map(() => own.use(() => Promise.resolve('answered'), client.signal));
  await expect(own.use(() => Promise.resolve('too many'), client.signal)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
  });
  const ours = answer(own);
  signal.abort();
  expect(await Promise.all(waiting)).toEqual(['answered', 'answered', 'answered']);
  expect(await ours).toBe(42);
  await Promise.all(running);
});

it('refuses what waits when it closes, and interrupts what runs', async () => {
  const own = await opened();
  const asked = Array.from({ length: 5 }, () => own.use((connection) => connection.run(ENDLESS)));
  const outcomes = Promise.allSettled(asked);
  await own.close(new EmoscopeError('STORE_CLOSED', 'closed'));
  expect((await outcomes).every(({ status }) => status === 'rejected')).toBe(true);
});

it('lets a single question that it interrupts come to its end when it closes', async () => {
  const own = await opened();
  const asked = own.use((connection) => connection.run(ENDLESS));
  const outcome = Promise.allSettled([asked]);
  await own.use((connection) => connection.run('SELECT 1'));
  await own.close(new EmoscopeError('STORE_CLOSED', 'closed'));
  expect((await outcome)[0].status).toBe('rejected');
});
