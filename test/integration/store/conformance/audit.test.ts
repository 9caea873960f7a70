import { expect, it } from 'vitest';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
  it('a new store has no audit entries of former versions, however they are asked for', async () => {
    const store = await stores.memory();
    expect(await store.formerAudit({ limit: 10 })).toEqual([]);
    expect(await store.formerAudit({ beforeSeq: 0, limit: 10 })).toEqual([]);
    await store.close();
    await expect(store.formerAudit({ limit: 10 })).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  });
});
