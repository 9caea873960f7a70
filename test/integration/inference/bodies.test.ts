import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { configSchema } from '../../../src/config/schema.js';
import { BodyEngine } from '../../../src/inference/engine/bodies/body-engine.js';
import { loadModel } from '../../../src/inference/models/load-model.js';
import { Tensor } from '../../../src/inference/models/onnx-runtime.js';
import { frameOf, PHOTOGRAPHS, photograph } from './photographs.js';
import { humanReference, relativeError, startTf, toPlanes } from './reference.js';

const SIDE = 512;
const TOLERANCE = 1e-4;
const CLASSES = 80;

describe('the network that looks for people', () => {
  it('gives what TensorFlow.js gives, of the first of its classes', async () => {
    const tf = await startTf();
    const reference = await humanReference(tf, 'centernet');
    const session = await loadModel('centernet');
    const { data, height } = await frameOf(photograph('sample1.jpg'), 'sample1', { width: SIDE });
    const picture = new Float32Array(SIDE * SIDE * 3);
    picture.set(Float32Array.from(data).subarray(0, Math.min(height, SIDE) * SIDE * 3));
    const theirs = await reference(picture, [SIDE, SIDE, 3]);
    const input = new Tensor('float32', toPlanes(picture, 3), [1, 3, SIDE, SIDE]);
    const ours = await session.run({ input });
    const expected = (theirs.get('tower_0/keypoints') ?? []).filter((_, at) => at % CLASSES === 0);
    expect(expected.length).toBe((SIDE / 4) ** 2);
    expect(relativeError(ours['people']?.data as Float32Array, expected)).toBeLessThan(TOLERANCE);
    const edges = toPlanes(theirs.get('tower_0/wh') ?? new Float32Array(), 4);
    expect(relativeError(ours['edges']?.data as Float32Array, edges)).toBeLessThan(TOLERANCE);
  });
});

describe('the engine that looks for people', () => {
  let engine: BodyEngine;
  beforeAll(() => {
    engine = new BodyEngine(configSchema.parse({}).inference, pino({ level: 'silent' }));
  });
  afterAll(() => engine.close());

  it('has no model before the first look, and then the one of the manifest', async () => {
    expect(engine.models).toEqual([]);
    await engine.detect({ width: 64, height: 36, channels: 3, data: new Uint8Array(64 * 36 * 3) });
    expect(engine.models).toMatchObject([{ name: 'centernet', task: 'bodies', licence: 'MIT' }]);
  });

  it('sees nobody in an empty picture', async () => {
    const data = new Uint8Array(640 * 360 * 3).fill(130);
    expect(await engine.detect({ width: 640, height: 360, channels: 3, data })).toEqual([]);
  });

  it.each(PHOTOGRAPHS)(
    'sees the people of $file, whole and in the picture, whichever way it lies',
    async ({ file }) => {
      for (const width of [960, 400]) {
        const frame = await frameOf(photograph(file), file, { width });
        const found = await engine.detect({ ...frame, channels: 3 });
        const sure = found.filter(({ score }) => score > 0.4);
        expect(sure.length).toBeGreaterThanOrEqual(1);
        expect(sure.length).toBeLessThanOrEqual(6);
        for (const { box, score } of sure) {
          expect(score).toBeLessThanOrEqual(1);
          expect(box.height).toBeGreaterThan(frame.height / 4);
          expect(box.x + box.width).toBeLessThan(1.1 * frame.width);
          expect(box.y + box.height).toBeLessThan(1.1 * frame.height);
        }
      }
    },
  );

  it('gives up with its name after it was closed', async () => {
    const closed = new BodyEngine(configSchema.parse({}).inference, pino({ level: 'silent' }));
    await closed.close();
    const look = closed.detect({ width: 64, height: 36, channels: 3, data: new Uint8Array(64 * 36 * 3) });
    await expect(look).rejects.toMatchObject({ code: 'ENGINE_CLOSED' });
  });
});
