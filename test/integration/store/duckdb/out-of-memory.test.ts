import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { systemClock } from '../../../../src/runtime/clock.js';
import { Committer, type CommitTarget } from '../../../../src/store/committer.js';
import { isFatal, storeError } from '../../../../src/store/duckdb/file/faults.js';
import { sample } from '../../../fixtures/store-rows.js';
import { silent } from '../stores.js';

/** The engine's own error when a statement needs more than it may have. */
const outOfMemory = async (): Promise<Error> => {
  const settings = { memory_limit: '10MB', threads: '1', max_temp_directory_size: '0KB' };
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  try {
    await connection.run('SELECT list(range) FROM range(30000000) GROUP BY range % 3');
    throw new Error('the engine had memory enough');
  } catch (error) {
    return error as Error;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

it('a database out of memory says so, loses nothing and goes on', async () => {
  const real = await outOfMemory();
  expect(String(real)).toContain('Out of Memory');
  expect(storeError(real)).toMatchObject({ code: 'STORE_MEMORY' });
  expect(isFatal(real)).toBe(false);

  let refusals = 2;
  let stored = 0;
  const target: CommitTarget = {
    commit: ({ batches }) => {
      refusals -= 1;
      if (refusals >= 0) return Promise.reject(real);
      stored += batches.flatMap(({ samples }) => samples ?? []).length;
      return Promise.resolve();
    },
    reopen: () => Promise.reject(new Error('not to be opened anew')),
    faultOf: (error) => ({ error: storeError(error), isFatal: isFatal(error) }),
  };
  const committer = new Committer(target, systemClock, silent, 1000);
  for (let ts = 0; ts < 50; ts += 1) committer.append({ samples: [sample({ ts })] });
  await expect(committer.flush()).rejects.toMatchObject({ code: 'STORE_MEMORY' });
  expect(committer.state.reason).toContain('memory');
  await expect(committer.flush()).rejects.toMatchObject({ code: 'STORE_MEMORY' });
  await committer.flush();
  expect([stored, committer.buffer.lost.samples, committer.state.reason]).toEqual([50, 0, null]);
});
