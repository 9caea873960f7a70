/**
 * From a file to faces: our offline analysis of a demo recording against its floor, which is decoding alone plus the bare
 * model runs that the same frames need; in alternation, in wall time and in CPU time of this process.
 * usage: npx tsx bench/pipeline.ts [--seconds 10] [--rounds 3] [--fps 5] [--file video.mp4] [--json FILE]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { configSchema } from '../src/config/schema.js';
import { InferenceService } from '../src/inference/engine/service.js';
import { Network } from '../src/inference/engine/onnx/network.js';
import { loadModel } from '../src/inference/models/load-model.js';
import { makeDemoVideos } from '../src/ingest/demo/make-demo-videos.js';
import { readFrames } from '../src/ingest/recordings/read-frames.js';
import { createLogger } from '../src/runtime/logger.js';
import { middleOf, spread } from './percentile.js';
import { ranOn } from './ran-on.js';
import { givenOptions, record } from './record.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    fps: { type: 'string', default: '5' },
    file: { type: 'string' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});
const fps = Number(values.fps);
const frameLimit = Number(values.seconds) * fps;
const config = configSchema.parse({});
const logger = createLogger({ level: 'error', pretty: false });

const frames = async function* (file: string) {
  let count = 0;
  for await (const frame of readFrames({ streamId: 'file', url: file, fps, maxWidth: 1920, startTs: 0 })) {
    yield frame;
    if (++count >= frameLimit) return;
  }
};

interface Run {
  readonly frames: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

const measure = async (work: () => Promise<number>): Promise<Run> => {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const count = await work();
  const { user, system } = process.cpuUsage(before);
  return { frames: count, wallMs: (performance.now() - startedMs) / count, cpuMs: (user + system) / 1000 / count };
};

const decodeOnly = (file: string) =>
  measure(async () => {
    let count = 0;
    for await (const _frame of frames(file)) count += 1;
    return count;
  });

/** The network runs that an analysis made, without anything around them. */
interface Needs {
  readonly looks: number;
  readonly faces: number;
  readonly meshes: number;
  readonly attributes: number;
}

const analyse = async (service: InferenceService, file: string, latencies: number[]) => {
  const { quality, attention, metrics } = config;
  service.openStream({
    id: 'file',
    role: 'customer',
    fps,
    zones: [],
    quality,
    attention,
    smoothingMs: metrics.smoothingMs,
  });
  const run = await measure(async () => {
    let count = 0;
    for await (const frame of frames(file)) {
      const result = await service.analyze({ ...frame, arrivedMs: performance.now() });
      latencies.push(result.latencyMs);
      count += 1;
    }
    return count;
  });
  service.closeStream('file');
  return run;
};

const open = async (name: string, channels: number, size: number): Promise<Network> => {
  const network = new Network(name, await loadModel(name), channels, size);
  network.batch(1).data.forEach((_, i, data) => (data[i] = Math.sin(i)));
  return network;
};

const bareRuns = async (needs: Needs, frameCount: number): Promise<Run> => {
  const detector = await open('blazeface', 3, 256);
  const mesh = await open('facemesh', 3, 192);
  const expression = await open('face_expression', 3, 112);
  const emotion = await open('emotion', 1, 64);
  const attributes = await open('age_gender', 3, 112);
  const all = [detector, mesh, expression, emotion, attributes];
  const run = await measure(async () => {
    for (let i = 0; i < needs.looks; i += 1) await detector.run(1, ['logits', 'boxes']);
    for (let i = 0; i < needs.meshes; i += 1) await mesh.run(1, ['mesh', 'flag']);
    for (let i = 0; i < needs.faces; i += 1) {
      await expression.run(1, ['rows']);
      await emotion.run(1, ['rows']);
    }
    for (let i = 0; i < needs.attributes; i += 1) await attributes.run(2, ['age', 'gender']);
    return frameCount;
  });
  for (const network of all) await network.release();
  return run;
};

const main = async (): Promise<void> => {
  const machine = ranOn(['onnxruntime-node']);
  const file = values.file ?? (await makeDemoVideos({ only: ['entrance'] }))[0]?.file;
  if (file === undefined) throw new Error('There is no recording to analyse.');
  const service = await InferenceService.start({ inference: config.inference, logger });
  const latencies: number[] = [];
  const rows: { decode: Run; ours: Run; bare: Run; needs: Needs }[] = [];
  await analyse(service, file, []);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const decode = await decodeOnly(file);
    const before = service.stats().engine;
    const ours = await analyse(service, file, latencies);
    const after = service.stats().engine;
    const needs = {
      looks: after.detectRegions - before.detectRegions,
      faces: after.describedFaces - before.describedFaces,
      meshes: after.meshedFaces - before.meshedFaces,
      attributes: after.attributedFaces - before.attributedFaces,
    };
    const bare = await bareRuns(needs, ours.frames);
    rows.push({ decode, ours, bare, needs });
  }
  await service.close();
  const middle = (pick: (row: (typeof rows)[number]) => number): number => middleOf(rows.map(pick));
  const cores = cpus().length;
  const floorCpu = middle(({ bare, decode }) => bare.cpuMs + decode.cpuMs);
  const oursCpu = middle(({ ours }) => ours.cpuMs);
  const floorWall = middle(({ bare, decode }) => decode.wallMs + bare.wallMs / cores);
  const oursWall = middle(({ ours }) => ours.wallMs);
  const aFrame = (key: keyof Needs): string => middle(({ needs, ours }) => needs[key] / ours.frames).toFixed(2);
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(0)} %`;
  record(
    {
      bench: 'pipeline',
      options: givenOptions(),
      ranOn: machine,
      tables: [
        {
          id: 'recording',
          columns: ['a frame', 'wall, ms', 'CPU, ms'],
          rows: [
            ['ours', oursWall.toFixed(1), oursCpu.toFixed(1)],
            [
              'decoding alone',
              middle(({ decode }) => decode.wallMs).toFixed(1),
              middle(({ decode }) => decode.cpuMs).toFixed(1),
            ],
            [
              `the bare networks on ${cores} cores`,
              (middle(({ bare }) => bare.wallMs) / cores).toFixed(1),
              middle(({ bare }) => bare.cpuMs).toFixed(1),
            ],
            ['floor (both) in % of ours', percent(floorWall, oursWall), percent(floorCpu, oursCpu)],
          ],
        },
        {
          id: 'work',
          columns: ['a frame', 'number'],
          rows: [
            ['detector looks', aFrame('looks')],
            ['faces described', aFrame('faces')],
            ['meshes', aFrame('meshes')],
            ['ages', aFrame('attributes')],
            ['latency, p50 / p95 / p99, ms', spread(latencies, 1)],
          ],
        },
      ],
    },
    values.json,
  );
};

await main();
