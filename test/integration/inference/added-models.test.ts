import { appendFile, mkdtemp, readdir, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { OnnxEngine } from '../../../src/inference/engine/onnx/onnx-engine.js';
import { addedModels, addModel, type NewModel } from '../../../src/inference/models/added/added-models.js';
import { ADDABLE } from '../../../src/inference/models/added/addable.js';
import { inspectModel } from '../../../src/inference/models/added/inspect-model.js';
import { changeGraph } from '../../../src/inference/conversion/onnx-schema.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { seeded } from '../../fixtures/store-rows.js';
import { yunetLike } from '../../fixtures/yunet-graph.js';
import { inferenceConfig, silentLogger } from './engine-options.js';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'emoscope-added-'));

const offered = async (bytes: Uint8Array, more: Partial<NewModel> = {}) => {
  const cache = await folder();
  const file = join(await folder(), 'face_detection_yunet.onnx');
  await writeFile(file, bytes);
  return {
    cache,
    file,
    add: () => addModel(cache, { file, name: 'yunet', licence: 'MIT', source: 'the test', ...more }),
  };
};

const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'taken',
    (error: unknown) => `${(error as { code?: string }).code ?? 'no code'}: ${(error as Error).message}`,
  );

/** The first constant of a network kept in another file. */
const withExternalData = (bytes: Uint8Array): Uint8Array => {
  const root = protobuf.parse(`
    syntax = "proto3";
    message Model { Graph graph = 7; }
    message Graph { repeated Tensor initializer = 5; }
    message Tensor { repeated int64 dims = 1; int32 data_type = 2; string name = 8; repeated Entry external_data = 13; int32 data_location = 14; }
    message Entry { string key = 1; string value = 2; }
  `).root;
  const part = root.lookupType('Model').encode({
    graph: {
      initializer: [
        {
          dims: [4],
          dataType: 1,
          name: 'far',
          externalData: [{ key: 'location', value: '/etc/passwd' }],
          dataLocation: 1,
        },
      ],
    },
  });
  // Two messages one after the other are one: its lists are those of both.
  return Buffer.concat([bytes, part.finish()]);
};

describe('a model file of the owner', () => {
  it('is taken in after its tests, found again, and replaced by another', async () => {
    const { cache, add } = await offered(yunetLike());
    expect(await addedModels(cache)).toEqual([]);
    const info = await add();
    expect(info).toMatchObject({ name: 'yunet', task: 'detection', licence: 'MIT', sourcePackage: 'the test' });
    expect(info).toMatchObject({ inputShape: [1, 3, 320, 320], file: 'face_detection_yunet.onnx' });
    expect(await addedModels(cache)).toEqual([info]);
    const other = await offered(yunetLike({ size: 640 }));
    const next = await addModel(cache, {
      file: other.file,
      name: 'yunet',
      licence: 'MIT',
      source: 'again',
      sha256: undefined,
    });
    expect(await addedModels(cache)).toEqual([next]);
    expect((await readdir(join(cache, 'added'))).filter((name) => !/\.(onnx|json)$/.test(name))).toEqual([]);
  });

  const short = (name: string, values: Float32Array): Float32Array =>
    name === 'obj_16' ? values.slice(0, values.length - 1) : values;
  const hostile: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
    ['that is none', () => Buffer.from('<!doctype html><title>404</title>'), /MODEL_REFUSED: .*no ONNX file/],
    ['that is empty', () => new Uint8Array(), /MODEL_REFUSED: .*no ONNX file/],
    ['that is too large', () => new Uint8Array(ADDABLE.yunet.mostBytes + 1), /MODEL_REFUSED: .*bytes; at most/],
    ['that is cut off', () => yunetLike().slice(0, -1000), /MODEL_REFUSED: .*(no ONNX file|cannot run|no output)/],
    ['with weights in other files', () => withExternalData(yunetLike()), /MODEL_REFUSED: .*other files/],
    ['with another input', () => yunetLike({ input: 'image' }), /MODEL_REFUSED: The inputs are image/],
    [
      'for pictures of another size',
      () => yunetLike({ size: 256 }),
      /MODEL_REFUSED: The input has the shape 1×3×256×256/,
    ],
    [
      'without one of the outputs',
      () => yunetLike({ change: (name, values) => (name === 'kps_32' ? null : values) }),
      /MODEL_REFUSED: .*no output kps_32/,
    ],
    [
      'with an output of another shape',
      () => yunetLike({ change: short, declared: (name, shape) => (name === 'obj_16' ? [1, 399, 1] : shape) }),
      /MODEL_REFUSED: The output obj_16 has the shape 1×399×1; it should have 1×400×1/,
    ],
    [
      'that promises another shape than it gives',
      () => yunetLike({ change: short }),
      /MODEL_REFUSED: (On a test picture the output obj_16 had the shape|ONNX Runtime cannot run)/,
    ],
    [
      'whose answers are not finite',
      () => yunetLike({ change: (name, values) => (name === 'bbox_8' ? values.fill(NaN) : values) }),
      /MODEL_REFUSED: .*bbox_8 was not finite/,
    ],
    [
      'with operators that there are not',
      () =>
        changeGraph(yunetLike(), (graph: { node: { opType: string }[] }) => {
          for (const node of graph.node) if (node.opType === 'Conv') node.opType = 'Convoluted';
        }),
      /MODEL_REFUSED: ONNX Runtime cannot run/,
    ],
  ];
  it.each(hostile)('%s is refused, and nothing has changed', async (_, bytes, why) => {
    const { cache, add } = await offered(bytes());
    expect(await code(add())).toMatch(why);
    expect(await addedModels(cache)).toEqual([]);
    expect(await readdir(cache)).toEqual([]);
  });

  it('is refused where it is not the one that was named, or is not there', async () => {
    const { cache, add, file } = await offered(yunetLike(), { sha256: '0'.repeat(64) });
    expect(await code(add())).toMatch(/MODEL_INTEGRITY: The sha256 of the file is [0-9a-f]{64}/);
    const gone = { file: `${file}.gone`, name: 'yunet' as const, licence: 'MIT', source: 'x' };
    expect(await code(addModel(cache, gone))).toMatch(/INPUT_NOT_FOUND/);
  });

  it('is judged without falling, whatever its bytes', () => {
    const random = seeded(printedSeed('model bytes'));
    const good = yunetLike();
    expect(inspectModel(good, ADDABLE.yunet)).toBe(320);
    for (let round = 0; round < 300; round += 1) {
      const bytes = good.slice(0, round % 3 === 0 ? Math.floor(random() * good.length) : good.length);
      for (let flip = 0; flip < 1 + random() * 20; flip += 1)
        bytes[Math.floor(random() * Math.min(bytes.length, round % 2 === 0 ? 4000 : bytes.length))] = Math.floor(
          random() * 256,
        );
      try {
        inspectModel(bytes, ADDABLE.yunet);
      } catch (error) {
        expect((error as { code?: string }).code).toBe('MODEL_REFUSED');
      }
    }
  });
});

describe('the engine with YuNet', { timeout: 120_000 }, () => {
  it('is refused by name where the file was not added, and where it has changed since', async () => {
    const cache = await folder();
    const start = (): Promise<OnnxEngine> =>
      OnnxEngine.start({ ...inferenceConfig(), detector: 'yunet', expression: 'fast', cache }, 1, silentLogger);
    expect(await code(start())).toMatch(/MODEL_MISSING: .*emoscope models add FILE --as yunet/);
    const { file } = await offered(yunetLike());
    const { sha256 } = await addModel(cache, { file, name: 'yunet', licence: 'MIT', source: 'x' });
    const kept = join(cache, 'added', `yunet-${sha256}.onnx`);
    await appendFile(kept, 'x');
    expect(await code(start())).toMatch(/MODEL_INTEGRITY/);
    await truncate(join(cache, 'added', 'yunet.json'), 10);
    expect(await code(start())).toMatch(/MODEL_INTEGRITY/);
  });

  it('finds in a real thread what its network says, blue plane first, in the pixels of the picture', async () => {
    const cache = await folder();
    const { file } = await offered(yunetLike());
    await addModel(cache, { file, name: 'yunet', licence: 'MIT', source: 'x' });
    const inference = { ...inferenceConfig(), detector: 'yunet' as const, expression: 'fast' as const, cache };
    const engine = await OnnxEngine.start(inference, 1, silentLogger);
    try {
      expect(engine.info().models.map(({ name }) => name)).toEqual([
        'yunet',
        'facemesh',
        'face_expression',
        'age_gender',
      ]);
      // 640 × 640 seen at 320: a red patch of one cell of eight, and a blue one that is no face.
      const data = new Uint8Array(640 * 640 * 3);
      const paint = (x: number, y: number, channel: number): void => {
        for (let row = y; row < y + 16; row += 1)
          for (let column = x; column < x + 16; column += 1) data[(row * 640 + column) * 3 + channel] = 255;
      };
      paint(160, 320, 0);
      paint(480, 160, 2);
      const picture = { width: 640, height: 640, channels: 3, data } as const;
      const faces = await engine.detect({
        streamId: 'a',
        picture,
        regions: [{ x: 0, y: 0, width: 640, height: 640 }],
      });
      expect(faces).toHaveLength(1);
      const [{ box, score, points } = { box: null, score: 0, points: [] }] = faces;
      expect(score).toBeCloseTo(1, 2);
      // The cell's middle is 168, 328; two cells wide and three high are 32 × 48 pixels of the picture.
      expect(box?.x).toBeCloseTo(168 - 16, 3);
      expect(box?.y).toBeCloseTo(328 - 24, 3);
      expect(box?.width).toBeCloseTo(32, 3);
      expect(box?.height).toBeCloseTo(48, 3);
      expect(points).toHaveLength(12);
      for (const [at, value] of points.entries()) expect(value).toBeCloseTo(at % 2 === 0 ? 168 : 328, 3);
    } finally {
      await engine.close();
    }
  });
});
