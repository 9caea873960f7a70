import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { inferenceConfig, silentLogger, streamOptions } from './engine-options.js';
import { PHOTOGRAPHS, photograph } from './photographs.js';

let service: InferenceService;
beforeAll(async () => {
  service = await InferenceService.start({ inference: inferenceConfig(), logger: silentLogger });
});
afterAll(() => service.close());

/** Shows a stream one photograph after the other, turned, each for some seconds of its time; what is suggested then. */
const watchTurned = async (id: string, degrees: number): Promise<number | null> => {
  const waiting = new Map<number, () => void>();
  service.onResult(({ streamId, seq }) => {
    if (streamId === id) waiting.get(seq)?.();
  });
  service.openStream(streamOptions(id));
  let seq = 0;
  for (const { file } of PHOTOGRAPHS.slice(0, 4)) {
    const upright = await sharp(photograph(file)).rotate().resize({ width: 960 }).removeAlpha().toBuffer();
    const { data, info } = await sharp(upright).rotate(degrees).raw().toBuffer({ resolveWithObject: true });
    for (let n = 0; n < 12; n += 1) {
      seq += 1;
      const { width, height } = info;
      const done = new Promise<void>((resolve) => waiting.set(seq, resolve));
      service.submit({ streamId: id, seq, ts: seq * 2000, arrivedMs: performance.now(), width, height, data });
      await done;
    }
  }
  const suggested = service.suggestedTurn(id);
  service.closeStream(id);
  return suggested;
};

it.each([
  [0, null],
  [90, 270],
  [180, 180],
  [270, 90],
])('people in pictures turned by %d° are seen upright after %s°', async (degrees, suggested) => {
  expect(await watchTurned(`turned-${degrees}`, degrees)).toBe(suggested);
});
