/**
 * Fan-out of live faces: subscribers on loopback, one camera at 5 frames per second with two faces.
 *
 *   npx tsx bench/socket.ts [--subscribers 500] [--seconds 20] [--json FILE]
 *
 * The service runs in this process, the subscribers in children, so that their work is not counted as ours. Latency is
 * from the event entering the API to a subscriber's handler, on one machine's clock.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { LiveFace } from '../src/contracts/events.js';
import { testApp } from '../test/fixtures/api-ports.js';
import { ranOn } from './ran-on.js';
import { givenOptions, record } from './record.js';

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});
const subscribers = Number(values.subscribers);
const seconds = Number(values.seconds);
const FPS = 5;

const face = (trackId: string): LiveFace => ({
  trackId,
  role: 'customer',
  box: { x: 0.31, y: 0.22, width: 0.11, height: 0.19 },
  emotions: { happiness: 41.25, surprise: 3.5, anger: 2.25, disgust: 1.5, fear: 0.5, sadness: 6, neutral: 45 },
  mood: 65.5,
  age: 34.2,
  gender: 0.12,
  pose: { yaw: -4.2, pitch: 1.1, roll: 0.4 },
  attention: true,
});

const machine = ranOn(['socket.io']);
const { app, ports } = await testApp({ log: { level: 'silent' } });
const { url } = await app.listen();
const children = 2;
const lines: string[] = [];
const spawned = Array.from({ length: children }, (_, index) => {
  const share = Math.floor(subscribers / children) + (index < subscribers % children ? 1 : 0);
  const script = fileURLToPath(new URL('./socket-subscribers.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, url, String(share), String(seconds)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const reader = createInterface(child.stdout)[Symbol.asyncIterator]();
  return { child, reader };
});
await Promise.all(spawned.map(({ reader }) => reader.next()));
const delay = monitorEventLoopDelay({ resolution: 10 });
const heapBefore = process.memoryUsage().heapUsed;
delay.enable();
for (const { child } of spawned) child.stdin.write('go\n');
const live = ports.live.emit();
const timer = setInterval(() => {
  live.faces({
    streamId: 'a',
    ts: performance.timeOrigin + performance.now(),
    faces: [face('0123456789abcdef'), face('fedcba9876543210')],
  });
}, 1000 / FPS);
for (const { reader } of spawned) lines.push(String((await reader.next()).value));
clearInterval(timer);
delay.disable();
const results = lines.map(
  (line) => JSON.parse(line) as { events: number; lost: number; p50: number; p95: number; p99: number; max: number },
);
const worst = (key: 'p50' | 'p95' | 'p99' | 'max'): string =>
  Math.max(...results.map((result) => result[key])).toFixed(1);
const sum = (key: 'events' | 'lost'): number => results.reduce((total, result) => total + result[key], 0);
const tables = [
  {
    id: 'fan-out',
    columns: [
      'subscribers',
      'received / lost',
      'p50, ms',
      'p95, ms',
      'p99, ms',
      'event-loop delay p99, ms',
      'heap growth, MB',
    ],
    rows: [
      [
        String(subscribers),
        `${sum('events')} / ${sum('lost')}`,
        worst('p50'),
        worst('p95'),
        worst('p99'),
        (delay.percentile(99) / 1e6).toFixed(1),
        ((process.memoryUsage().heapUsed - heapBefore) / 1e6).toFixed(1),
      ],
    ],
  },
];
record({ bench: 'socket', options: givenOptions(), ranOn: machine, tables }, values.json);
await app.close();
process.exit(0);
