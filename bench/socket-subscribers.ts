/** Child of socket.ts: many subscribers; prints what they saw as one JSON line. */
import { performance } from 'node:perf_hooks';
import { LiveClient } from '../src/client/index.js';

const [, , url = '', count = '1', seconds = '1'] = process.argv;
const latencies: number[] = [];
let lost = 0;
let isMeasuring = false;

const clients = await Promise.all(
  Array.from(
    { length: Number(count) },
    () =>
      new Promise<LiveClient>((resolve, reject) => {
        const client: LiveClient = new LiveClient({
          url,
          topics: ['faces'],
          onConnected: () => resolve(client),
          onRefused: (code) => reject(new Error(code)),
        });
        client.on('faces', (event) => {
          if (!isMeasuring) return;
          latencies.push(performance.timeOrigin + performance.now() - event.ts);
          lost += event.lost;
        });
        client.connect();
      }),
  ),
);
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
isMeasuring = true;
await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
isMeasuring = false;
latencies.sort((a, b) => a - b);
const at = (share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
process.stdout.write(
  `${JSON.stringify({ events: latencies.length, lost, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) })}\n`,
);
for (const client of clients) client.close();
process.exit(0);
