import { afterEach, describe, expect, it, vi } from 'vitest';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';

const open: TestApp[] = [];
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close();
});
const start = async (...input: Parameters<typeof testApp>): Promise<TestApp> => {
  const test = await testApp(...input);
  open.push(test);
  return test;
};

describe('the limit of requests', () => {
  it('lasts a minute, however the clock is set meanwhile', async () => {
    const at = { ts: Date.UTC(2036, 0, 1), ms: 0 };
    const clock = { now: () => at.ts, monotonic: () => at.ms };
    const test = await start({ server: { rateLimitPerMinute: 2 } }, undefined, undefined, undefined, clock);
    const asked = async (): Promise<number> => (await test.app.fastify.inject('/api/v1/streams')).statusCode;
    vi.spyOn(Date, 'now').mockImplementation(() => at.ts);
    try {
      expect([await asked(), await asked(), await asked()]).toEqual([200, 200, 429]);
      at.ts = Date.UTC(2026, 0, 1);
      at.ms = 60_000;
      expect([await asked(), await asked(), await asked()]).toEqual([200, 200, 429]);
      at.ts = Date.UTC(2036, 0, 1);
      expect(await asked()).toBe(429);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
