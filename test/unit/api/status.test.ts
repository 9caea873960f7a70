import { expect, it, onTestFinished } from 'vitest';
import { serviceStatus } from '../../../src/contracts/service/service-status.js';
import { testApp } from '../../fixtures/api-ports.js';

it('the status of the service tells its load, its stages and what was lost', async () => {
  const { app } = await testApp();
  onTestFinished(() => app.close());
  const answer = await app.fastify.inject('/api/v1/status');
  expect(answer.statusCode).toBe(200);
  const status = serviceStatus.parse(answer.json());
  expect(status).toMatchObject({
    ready: true,
    stages: [{ stage: 'detect', runs: 4, meanMs: 50 }],
    rows: { samples: 11 },
    rowsLost: 0,
    rejectedFaces: { a: 2 },
    recognisedFaces: { a: 7 },
    refusedFaces: { a: { size: 2 } },
    subscribers: 0,
    facesLost: 0,
  });
  expect(status.residentBytes).toBeGreaterThan(1e6);
  expect(status.cpuSeconds).toBeGreaterThan(0);
  expect(status.uptimeMs).toBeGreaterThan(0);
});
