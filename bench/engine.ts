/**
 * The face engine: each stage apart on one core, then a frame with six faces end to end, ours and Human's wasm build on
 * the same frame in alternation, and the event loop's delay meanwhile.
 * usage: npx tsx bench/engine.ts [--repeats 30] [--rounds 3] [--frames 20] [--json FILE]
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { configSchema } from '../src/config/schema.js';
import type { Frame } from '../src/contracts/frame.js';
import { FaceDescriber } from '../src/inference/engine/onnx/face-describer.js';
import { FaceDetector } from '../src/inference/engine/onnx/face-detector.js';
import { resample } from '../src/inference/pixels/resample.js';
import { MINUS_ONE_TO_ONE } from '../src/inference/pixels/normalisation.js';
import { Network } from '../src/inference/engine/onnx/network.js';
import { ExpressionHead } from '../src/inference/describe/expression/expression-head.js';
import { FaceReader } from '../src/inference/describe/expression/face-reader.js';
import { MouthReader } from '../src/inference/describe/mouth/mouth-reader.js';
import { InferenceService } from '../src/inference/engine/service.js';
import { loadModel } from '../src/inference/models/load-model.js';
import { createLogger } from '../src/runtime/logger.js';
import { frameOf, photograph } from '../test/integration/inference/photographs.js';
import { middleOf, percentile, spread } from './percentile.js';
import { ranOn } from './ran-on.js';
import { givenOptions, record, type FigureTable } from './record.js';

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
    frames: { type: 'string', default: '20' },
    /** Where the figures are written down. */
    json: { type: 'string' },
  },
});
const repeats = Number(values.repeats);
const rounds = Number(values.rounds);
const framesPerRound = Number(values.frames);
const CAMERA_STEP_MS = 200;
const START_FRAMES = 40;
/** Levels that the light goes up and down by. */
const LIGHT = 24;
const OURS = 'ours, camera';
const config = configSchema.parse({});
const logger = createLogger({ level: 'error', pretty: false });

/** Two photographs of three people, one above the other, 1280 px wide. */
const sixFaces = async (): Promise<Frame> => {
  const top = await frameOf(photograph('sample1.jpg'), 'six', { width: 1280 });
  const bottom = await frameOf(photograph('sample3.jpg'), 'six', { width: 1280 });
  // Shared, as decoded frames of cameras are.
  const data = new Uint8Array(new SharedArrayBuffer(top.data.length + bottom.data.length));
  data.set(top.data);
  data.set(bottom.data, top.data.length);
  return { ...top, height: top.height + bottom.height, data };
};

/** The same view in brighter light: where both alternate nothing in it stands still, so nothing may be left unlooked at. */
const brighter = (frame: Frame): Frame => {
  const data = new Uint8Array(new SharedArrayBuffer(frame.data.length));
  for (const [i, level] of frame.data.entries()) data[i] = Math.min(255, level + LIGHT);
  return { ...frame, data };
};

const timed = async (work: () => unknown): Promise<number> => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

/** Durations of each variant, run in turn so that the machine's moods fall on all of them alike. */
const alternate = async (variants: Readonly<Record<string, () => unknown>>, times: number) => {
  const durations: Record<string, number[]> = {};
  for (let i = -3; i < times; i += 1)
    for (const [name, work] of Object.entries(variants)) {
      const ms = await timed(work);
      if (i >= 0) (durations[name] ??= []).push(ms);
    }
  return durations;
};

const open = async (name: string, channels: number, size: number, grey = false): Promise<Network> =>
  new Network(name, await loadModel(name, { grey }), channels, size);

const stages = async (frame: Frame): Promise<FigureTable> => {
  const { width, height } = frame;
  const picture = { width, height, channels: 3, data: frame.data } as const;
  const whole = { x: 0, y: 0, width, height };
  const detection = await open('blazeface', 3, 256);
  const mesh = await open('facemesh', 3, 192);
  const expression = await open('face_expression', 3, 112);
  const attributes = await open('age_gender', 3, 112);
  const emotion = await open('emotion', 1, 64);
  const greyExpression = await open('face_expression', 1, 112, true);
  const readOuts = { head: await ExpressionHead.load(), mouths: await MouthReader.load() };
  const reader = new FaceReader({ emotion, expression: greyExpression }, readOuts);
  const detector = new FaceDetector(detection, 4);
  const best = new FaceDescriber({ mesh, expression, attributes, reader }, 8);
  const fast = new FaceDescriber({ mesh, expression, attributes, reader: null }, 8);
  const [seen] = await detector.detect([{ streamId: '', picture, regions: [whole] }]);
  const six = (seen?.faces ?? []).slice(0, 6).map(({ box, points }) => ({ box, points, attributes: false }));
  const jobs = (count: number, wanted = false) => [
    { streamId: '', picture, faces: six.slice(0, count).map((face) => ({ ...face, attributes: wanted })) },
  ];
  const square = { x: 0, y: (height - width) / 2, width, height: width };
  const target = { data: new Float32Array(3 * 256 * 256), offset: 0, size: 256 };
  const durations = await alternate(
    {
      'letterbox to 256²': () => resample(picture, square, target, MINUS_ONE_TO_ONE),
      'bare detector': () => detection.run(1, ['logits', 'boxes']),
      'detector with letterbox, decoding and merging': () =>
        detector.detect([{ streamId: '', picture, regions: [whole] }]),
      'four detector looks in one batch': () =>
        detector.detect([{ streamId: '', picture, regions: [whole, whole, whole, whole] }]),
      'bare mesh, one face': () => mesh.run(1, ['mesh', 'flag']),
      'bare expression net, one face': () => greyExpression.run(1, ['rows']),
      'bare emotion net, one face': () => emotion.run(1, ['rows']),
      'bare age and gender net, one face': () => attributes.run(1, ['age', 'gender']),
      'one face described (fast)': () => fast.describe(jobs(1)),
      'one face described (best)': () => best.describe(jobs(1)),
      'six faces described (fast)': () => fast.describe(jobs(6)),
      'six faces described (best)': () => best.describe(jobs(6)),
      'six faces described (best) with age and gender': () => best.describe(jobs(6, true)),
    },
    repeats,
  );
  return {
    id: 'stages',
    columns: ['stage, one core', 'p50, ms', 'p95, ms', 'p99, ms'],
    rows: Object.entries(durations).map(([name, list]) => [
      name,
      ...[0.5, 0.95, 0.99].map((rank) => (percentile(list, rank) ?? NaN).toFixed(2)),
    ]),
  };
};

const openSix = (service: InferenceService, id: string): void =>
  service.openStream({
    id,
    role: 'customer',
    fps: 5,
    zones: [],
    quality: config.quality,
    attention: config.attention,
    smoothingMs: config.metrics.smoothingMs,
  });

const captured = new WeakMap<InferenceService, Map<string, number>>();
/** Each service sees its streams without gaps, so that faces are followed from one turn to the next. */
const nextTs = (service: InferenceService, streamId: string): number => {
  const streams = captured.get(service) ?? new Map<string, number>();
  const ts = (streams.get(streamId) ?? 0) + CAMERA_STEP_MS;
  captured.set(service, streams.set(streamId, ts));
  return ts;
};

/** A camera's frames come one by one; of a recording the next ones wait already. */
const AT_ONCE = { camera: 1, recording: 4 } as const;

/** Frames per second of a service over `count` frames of each of several streams at once, which show `views` in turn. */
const throughput = async (
  service: InferenceService,
  views: readonly Frame[],
  streams: readonly string[],
  count: number,
  source: keyof typeof AT_ONCE = 'camera',
) => {
  const latencies: number[] = [];
  let faces = 0;
  const analyse = async (streamId: string, seq: number): Promise<void> => {
    // As from a camera at 5 frames a second, so that what is done on some frames only is done as often as there.
    const ts = nextTs(service, streamId);
    const frame = views[seq % views.length] as Frame;
    const result = await service.analyze({ ...frame, streamId, seq, ts, arrivedMs: performance.now() });
    latencies.push(result.latencyMs);
    faces = result.faces.filter(({ rejected }) => rejected === null).length;
  };
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  await Promise.all(
    streams.map(async (streamId) => {
      const inWork: Promise<void>[] = [];
      for (let seq = 0; seq < count; seq += 1) {
        inWork.push(analyse(streamId, seq));
        if (inWork.length >= AT_ONCE[source]) await inWork.shift();
      }
      await Promise.all(inWork);
    }),
  );
  const frames = streams.length * count;
  const fps = (1000 * frames) / (performance.now() - startedMs);
  const { user, system } = process.cpuUsage(cpuBefore);
  return { fps, cpuMs: (user + system) / 1000 / frames, latencies, faces };
};

const endToEnd = async (frame: Frame): Promise<FigureTable[]> => {
  const lively = [frame, brighter(frame)];
  const ours = await InferenceService.start({ inference: config.inference, logger });
  const fast = await InferenceService.start({ inference: { ...config.inference, expression: 'fast' }, logger });
  const human = await InferenceService.start({ inference: { ...config.inference, engine: 'human' }, logger });
  const one = ['one'];
  const many = ['a', 'b'];
  const quiet = ['quiet'];
  for (const id of [...one, ...many, ...quiet]) {
    for (const service of [ours, fast, human]) openSix(service, id);
  }
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const rates: Record<string, number[]> = {};
  const latencies: number[] = [];
  const cpu: Record<string, number[]> = {};
  const seen: Record<string, number> = {};
  const turn = (
    name: string,
    service: InferenceService,
    streams: readonly string[],
    count: number,
    source: keyof typeof AT_ONCE = 'camera',
    views = lively,
  ) => {
    return async (): Promise<void> => {
      if (service === ours) delay.enable();
      const run = await throughput(service, views, streams, count, source);
      delay.disable();
      (rates[name] ??= []).push(run.fps);
      (cpu[name] ??= []).push(run.cpuMs);
      seen[name] = run.faces;
      if (name === OURS) latencies.push(...run.latencies);
    };
  };
  const turns = [
    turn('Human wasm, camera', human, one, 4),
    turn(OURS, ours, one, framesPerRound),
    turn('fast, camera', fast, one, framesPerRound),
    turn('Human wasm, recording', human, one, 4, 'recording'),
    turn('ours, recording', ours, one, framesPerRound, 'recording'),
    turn('fast, recording', fast, one, framesPerRound, 'recording'),
    turn('Human wasm, two cameras at once', human, many, 1),
    turn('ours, two cameras at once', ours, many, framesPerRound),
    turn('ours, recording of a view in which nothing moves', ours, quiet, framesPerRound, 'recording', [frame]),
  ];
  // Age and gender of new faces are settled in these.
  await throughput(ours, lively, [...one, ...many], START_FRAMES);
  await throughput(ours, [frame], quiet, START_FRAMES);
  await throughput(fast, lively, [...one, ...many], START_FRAMES);
  await throughput(human, lively, [...one, ...many], 1);
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another one, so that nobody always comes after Human, when the cores are hot.
    for (let i = 0; i < turns.length; i += 1) await turns[(round + i) % turns.length]?.();
  }
  const rate = (name: string): number => middleOf(rates[name] ?? []);
  const cost = (name: string): number => middleOf(cpu[name] ?? []);
  const humanOf = (name: string): string =>
    `Human wasm, ${/(camera|recording|two cameras at once)/.exec(name)?.[1] ?? ''}`;
  const turnRow = (name: string): string[] => [
    name,
    String(seen[name]),
    rate(name).toFixed(2),
    `${(rate(name) / rate(humanOf(name))).toFixed(1)}×`,
    cost(name).toFixed(1),
    `${(cost(humanOf(name)) / cost(name)).toFixed(1)}×`,
  ];
  const ms = (share: number): string => (delay.percentile(share) / 1e6).toFixed(1);
  const tables: FigureTable[] = [
    {
      id: 'six-faces',
      columns: ['six faces', 'recognised', 'frames/s', 'against Human', 'CPU a frame, ms', 'against Human, CPU'],
      rows: Object.keys(rates).map(turnRow),
    },
    {
      id: 'delays',
      columns: ['of ours, a camera', 'ms'],
      rows: [
        ['latency of a frame, p50 / p95 / p99', spread(latencies, 1)],
        ['event-loop delay, p50 / p99', `${ms(50)} / ${ms(99)}`],
      ],
    },
  ];
  for (const service of [ours, fast, human]) await service.close();
  return tables;
};

const machine = ranOn(['onnxruntime-node', '@vladmandic/human']);
const frame = await sixFaces();
const tables = [await stages(frame), ...(await endToEnd(frame))];
record({ bench: 'engine', options: givenOptions(), ranOn: machine, tables }, values.json);
