import { parseArgs } from 'node:util';
import { configSchema } from '../../../src/config/schema.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { LineCrossing } from '../../../src/metrics/counts/line-crossing.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { table } from '../tables.js';
import { MovingBlobs } from './moving-blobs.js';
import { truthCases, type TruthCase } from './cases.js';

const { values } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    seed: { type: 'string', default: '20261' },
    /** Only cases whose name holds this. */
    only: { type: 'string', default: '' },
  },
});

const START_TS = 1_700_000_000_000;

interface Counted {
  readonly in: number;
  readonly out: number;
  readonly msPerFrame: number;
}

const median = (values_: readonly number[]): number =>
  values_.toSorted((a, b) => a - b)[values_.length >> 1] ?? Number.NaN;

/** Through the engine, the tracker and the line of the product. */
const byBodies = async (service: InferenceService, { line, pictures }: TruthCase): Promise<Counted> => {
  const { width, height, fps } = pictures;
  service.openStream({ id: 'case', role: 'counter', fps });
  const crossing = new LineCrossing(line);
  const sum = { in: 0, out: 0 };
  const ms: number[] = [];
  for (const [seq, data] of pictures.frames.entries()) {
    const arrivedMs = performance.now();
    const ts = START_TS + (seq * 1000) / fps;
    const result = await service.analyze({ streamId: 'case', seq, ts, arrivedMs, width, height, data });
    ms.push(performance.now() - arrivedMs);
    for (const direction of crossing.passed(result.bodies ?? [], width / height)) sum[direction] += 1;
    crossing.forget(result.endedTracks);
  }
  service.closeStream('case');
  return { ...sum, msPerFrame: median(ms) };
};

/** The cheap competitor: what moves against a slowly learnt background, followed and counted by the same tracker and line. */
const byMotion = ({ line, pictures }: TruthCase): Counted => {
  const { width, height, fps } = pictures;
  const blobs = new MovingBlobs(width, height, fps);
  const crossing = new LineCrossing(line);
  const sum = { in: 0, out: 0 };
  const ms: number[] = [];
  for (const [seq, data] of pictures.frames.entries()) {
    const startedMs = performance.now();
    const { bodies, ended } = blobs.follow(data, START_TS + (seq * 1000) / fps);
    ms.push(performance.now() - startedMs);
    for (const direction of crossing.passed(bodies, width / height)) sum[direction] += 1;
    crossing.forget(ended);
  }
  return { ...sum, msPerFrame: median(ms) };
};

/** 95 % of a Poisson rate of errors per true passage, by the exact bounds of 0 errors or the normal ones. */
const errorShare = (errors: number, truth: number): string => {
  if (truth === 0) return `${errors} counted`;
  const low = errors === 0 ? 0 : Math.max(0, errors - 1.96 * Math.sqrt(errors));
  const high = errors === 0 ? 3.69 : errors + 1.96 * Math.sqrt(errors) + 1.92;
  const percent = (n: number): string => ((100 * n) / truth).toFixed(1);
  return `${percent(errors)} % [${percent(low)}, ${percent(high)}]`;
};

const config = configSchema.parse({ inference: { threads: 1, expression: 'fast' } });
const service = await InferenceService.start({
  inference: config.inference,
  logger: createLogger({ level: 'silent', pretty: false }),
});
console.log(`seed ${values.seed}\n`);
const rows: string[][] = [];
const total = { truth: 0, bodies: 0, motion: 0, signed: 0 };
try {
  for (const one of await truthCases(values.media, Number(values.seed))) {
    if (!one.name.includes(values.only)) continue;
    const bodies = await byBodies(service, one);
    const motion = byMotion(one);
    const off = ({ in: came, out }: Counted): number => Math.abs(came - one.truth.in) + Math.abs(out - one.truth.out);
    total.truth += one.truth.in + one.truth.out;
    total.bodies += off(bodies);
    total.motion += off(motion);
    total.signed += bodies.in + bodies.out - one.truth.in - one.truth.out;
    const shown = (counted: Counted): string => `${counted.in} / ${counted.out}`;
    rows.push([
      one.name,
      String(one.pictures.frames.length),
      `${one.truth.in} / ${one.truth.out}`,
      shown(bodies),
      bodies.msPerFrame.toFixed(1),
      shown(motion),
      motion.msPerFrame.toFixed(1),
    ]);
  }
} finally {
  await service.close();
}
console.log(table(['case', 'frames', 'truth in / out', 'bodies in / out', 'ms', 'motion in / out', 'ms'], rows));
console.log(
  `\nwrong or missed of ${total.truth} passages: bodies ${errorShare(total.bodies, total.truth)}, motion ${errorShare(total.motion, total.truth)}`,
);
if (total.truth > 0)
  console.log(`sum of all counts against truth: ${((100 * total.signed) / total.truth).toFixed(1)} %`);
