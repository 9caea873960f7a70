import { get } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryPorts, testApp, type TestApp } from '../../fixtures/api-ports.js';
import { waitFor } from '../../fixtures/wait-until.js';

/** Signals of the questions that were asked, none of which is ever answered. */
const signals: AbortSignal[] = [];
const neverAnswered = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signals.push(signal);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

let test: TestApp;
let url: string;
beforeAll(async () => {
  test = await testApp({ privacy: { sampleExport: ['admin'] } }, undefined, '0', (config) => {
    const { contacts, reports } = memoryPorts(config);
    return {
      reports: { ...reports, make: (_kind, _query, _asker, signal) => neverAnswered(signal) },
      figures: {
        series: (_request, signal) => neverAnswered(signal),
        shifts: (_period, signal) => neverAnswered(signal),
      },
      contacts: { ...contacts, summaries: (_period, signal) => neverAnswered(signal) },
      exports: { samples: (_request, signal) => neverAnswered(signal) },
    };
  });
  ({ url } = await test.app.listen());
});
afterAll(() => test.app.close());

const PERIOD = 'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z';

it.each([
  `/api/v1/metrics/series?${PERIOD}&bucket=1h`,
  `/api/v1/reports/me1?${PERIOD}`,
  `/api/v1/reports/comparison?${PERIOD}&otherFrom=2026-10-01T00:00:00Z&otherTo=2026-10-02T00:00:00Z`,
  `/api/v1/reports/questions?${PERIOD}`,
  `/api/v1/reports/visitors?${PERIOD}`,
  `/api/v1/visitors/summary?${PERIOD}`,
  `/api/v1/reports/contacts?${PERIOD}`,
  `/api/v1/reports/shifts?${PERIOD}`,
  `/api/v1/happy-index?${PERIOD}`,
  `/api/v1/samples/export?${PERIOD}`,
])('a client that goes away ends its question: %s', async (path) => {
  const asked = signals.length;
  const request = get(new URL(path, url));
  request.on('error', () => undefined);
  await waitFor('the question', () => signals.length > asked);
  expect(signals[asked]?.aborted).toBe(false);
  request.destroy();
  await waitFor('its end', () => signals[asked]?.aborted === true);
});
