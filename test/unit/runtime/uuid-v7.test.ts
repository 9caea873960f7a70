import { expect, it } from 'vitest';
import { z } from 'zod';
import { uuidV7 } from '../../../src/runtime/uuid-v7.js';

it('is of version 7, ascends with the time it is made for, and is never the same twice', () => {
  const ids = [0, 1, 1_793_610_000_000, 1_793_610_000_001].map(uuidV7);
  for (const id of ids) expect(z.uuid({ version: 'v7' }).safeParse(id).success).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(parseInt((ids[2] ?? '').replace('-', '').slice(0, 12), 16)).toBe(1_793_610_000_000);
  expect(new Set(Array.from({ length: 1000 }, () => uuidV7(5))).size).toBe(1000);
});
