import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMOTIONS } from '../../../src/contracts/emotion.js';
import type { FrameResult } from '../../../src/contracts/face.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { inferenceConfig, silentLogger, streamOptions } from './engine-options.js';
import { frameOf, photograph } from './photographs.js';

const recognised = (result: FrameResult | undefined) => result?.faces.filter((face) => face.rejected === null) ?? [];
const overlaps = (a: { x: number; y: number; width: number; height: number }, b: typeof a): boolean =>
  Math.abs(a.x + a.width / 2 - b.x - b.width / 2) < b.width / 2 &&
  Math.abs(a.y + a.height / 2 - b.y - b.height / 2) < b.height / 2;

const FILE = 'sample6.jpg';
const FACES = 4;

describe.each(['onnx', 'human'] as const)('engine %s', (engine) => {
  let service: InferenceService;
  beforeAll(async () => {
    service = await InferenceService.start({ inference: inferenceConfig({ engine }), logger: silentLogger });
  });
  afterAll(() => service.close());

  test('says what it runs on and with which models', () => {
    const info = service.info();
    expect(info).toMatchObject({ engine, requestedDevice: 'auto', device: engine === 'onnx' ? 'cpu' : 'wasm' });
    expect(info.models.length).toBeGreaterThanOrEqual(4);
    expect(info.models.every(({ sha256 }) => sha256.length === 64)).toBe(true);
  });

  test('finds and describes the people of a photograph, keeps their ids, and keeps two streams apart', async () => {
    service.openStream(streamOptions('a'));
    service.openStream(streamOptions('b'));
    const first = await frameOf(photograph(FILE), 'a', { width: 640 });
    const other = await frameOf(photograph('sample1.jpg'), 'b', { width: 640 });
    const [a0, b0, a1] = await Promise.all([
      service.analyze(first),
      service.analyze(other),
      service.analyze({ ...first, seq: 1, ts: first.ts + 200 }),
    ]);
    expect(recognised(a0)).toHaveLength(FACES);
    expect(recognised(b0).length).toBeGreaterThanOrEqual(2);
    for (const face of [...recognised(a0), ...recognised(b0)]) {
      expect(EMOTIONS.reduce((sum, name) => sum + face.emotions[name], 0)).toBeCloseTo(100, 2);
      for (const name of EMOTIONS) expect(face.emotions[name]).toBeGreaterThanOrEqual(0);
      expect(face.age).toBeGreaterThan(5);
      expect(face.gender === null || (face.gender >= 0 && face.gender <= 1)).toBe(true);
      expect(face.score).toBeLessThanOrEqual(1);
      expect(Math.abs(face.pose.yaw)).toBeLessThan(60);
      expect(face.box.x).toBeGreaterThan(0);
      expect(face.box.x + face.box.width).toBeLessThan(1);
    }
    for (const face of recognised(a1)) {
      const before = recognised(a0).find(({ box }) => overlaps(box, face.box));
      expect(face.trackId).toBe(before?.trackId);
    }
    const ids = new Set([...recognised(a0), ...recognised(b0)].map(({ trackId }) => trackId));
    expect(ids.size).toBe(recognised(a0).length + recognised(b0).length);
    service.closeStream('a');
    service.closeStream('b');
  });

  test('a picture of nobody gives no face, and one that is torn a named error', async () => {
    service.openStream(streamOptions('empty'));
    const frame = { streamId: 'empty', seq: 0, ts: 0, arrivedMs: 0, width: 160, height: 120 };
    expect((await service.analyze({ ...frame, data: new Uint8Array(160 * 120 * 3) })).faces).toEqual([]);
    await expect(service.analyze({ ...frame, data: new Uint8Array(7) })).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
    });
    service.closeStream('empty');
  });
});
