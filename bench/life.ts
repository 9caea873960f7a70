/**
 * What telling faces that live from pictures costs: the same frames with and without it, in alternating blocks, in CPU
 * time of the whole process per frame.
 * usage: npx tsx bench/life.ts [--rounds 6] [--frames 40] [--image file]
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { configSchema } from '../src/config/schema.js';
import { InferenceService } from '../src/inference/engine/service.js';
import { readPicture } from '../src/ingest/recordings/read-picture.js';
import { createLogger } from '../src/runtime/logger.js';
import { ranOn, ranOnLine } from './ran-on.js';
import { middleOf } from './percentile.js';

const require = createRequire(import.meta.url);
const demo = path.join(path.dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo');
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    frames: { type: 'string', default: '40' },
    image: { type: 'string', default: path.join(demo, 'sample3.jpg') },
  },
});

const FPS = 5;
const WAYS = ['keep', 'leave-out'] as const;
const { inference, quality, attention, metrics } = configSchema.parse({
  inference: { threads: 1, expression: 'fast' },
});
const service = await InferenceService.start({ inference, logger: createLogger({ level: 'error', pretty: false }) });
const picture = await readPicture(values.image, { streamId: 'any', maxWidth: 1280, ts: 0 });
for (const id of WAYS) {
  const { smoothingMs } = metrics;
  service.openStream({ id, role: 'customer', fps: FPS, zones: [], quality, attention, smoothingMs, stillFaces: id });
}

let seq = 0;
let faces = 0;
/** CPU time per frame of one block, ms. */
const block = async (id: (typeof WAYS)[number], fromFrame: number): Promise<number> => {
  const before = process.cpuUsage();
  for (let n = 0; n < Number(values.frames); n += 1) {
    seq += 1;
    const ts = ((fromFrame + n) * 1000) / FPS;
    faces = (await service.analyze({ ...picture, streamId: id, seq, ts, arrivedMs: performance.now() })).faces.length;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / Number(values.frames);
};

const spent: Record<(typeof WAYS)[number], number[]> = { keep: [], 'leave-out': [] };
for (let round = -1; round < Number(values.rounds); round += 1) {
  for (const id of round % 2 === 0 ? WAYS : [...WAYS].reverse()) {
    const ms = await block(id, (round + 1) * Number(values.frames));
    // The round before the first warms up and fills the six seconds that the judge looks at.
    if (round >= 0) spent[id].push(ms);
  }
}
await service.close();
const ratios = spent['leave-out'].map((ms, round) => ms / (spent.keep[round] ?? NaN));
console.log(ranOnLine(ranOn()));
console.log(
  `${String(faces)} faces, CPU ms per frame: without ${middleOf(spent.keep).toFixed(1)}, with ${middleOf(spent['leave-out']).toFixed(1)}`,
);
console.log(
  `ratio by round ${ratios.map((ratio) => ratio.toFixed(3)).join(', ')}; median ${middleOf(ratios).toFixed(3)}`,
);
