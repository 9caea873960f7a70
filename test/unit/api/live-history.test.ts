import { expect, it } from 'vitest';
import { LiveClient } from '../../../src/client/index.js';
import type { MetricsHistory, Snapshot } from '../../../src/contracts/events.js';
import { EMPTY_WINDOW } from '../../../src/contracts/window.js';
import { testApp } from '../../fixtures/api-ports.js';

it('the curve from before a start is told once it has been read; what was given out since stands', async ({
  onTestFinished,
}) => {
  const test = await testApp({ streams: ['a', 'b'].map((id) => ({ id, url: `/${id}.mp4` })) });
  onTestFinished(() => test.app.close());
  const { url } = await test.app.listen();
  const live = test.ports.live.emit();
  const windows = (samples: number) => {
    const window = { ...EMPTY_WINDOW, samples, absolute: 1 };
    return { '10s': window, '1m': window, '15m': window, today: window };
  };
  const event = (ts: number) => ({ ts, threshold: 20, streams: { a: windows(3), b: windows(4) }, smiles: {} });
  live.metrics({ ...event(100_000), catchingUp: ['a', 'b'] });
  const told: MetricsHistory[] = [];
  const caughtUp: unknown[] = [];
  const snapshot = await new Promise<Snapshot>((resolve, reject) => {
    const client = new LiveClient({
      ...{ url, topics: ['metrics'], streams: ['a'] },
      onConnected: resolve,
      onRefused: (code) => reject(new Error(code)),
    });
    onTestFinished(() => client.close());
    client.on('history', (history) => told.push(history));
    client.on('metrics', ({ catchingUp }) => caughtUp.push(catchingUp));
    client.connect();
  });
  expect(snapshot).toMatchObject({ metrics: { catchingUp: ['a'] }, history: { ts: [100_000] } });
  const columns = { samples: [1, 2, 2], absolute: [0, 1, 1] };
  live.history({ ts: [98_000, 99_000, 100_000], streams: { a: columns, b: columns } });
  live.metrics(event(101_000));
  await expect.poll(() => caughtUp).toEqual([undefined]);
  expect(told).toEqual([
    { ts: [98_000, 99_000, 100_000], streams: { a: { samples: [1, 2, 3], absolute: [0, 1, 1] } } },
  ]);
});
