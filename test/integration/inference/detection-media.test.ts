import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FrameResult } from '../../../src/contracts/face.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { inferenceConfig, mediaFolder, silentLogger, streamOptions } from './engine-options.js';
import { frameOf } from './photographs.js';

const media = mediaFolder();

/** Recognised faces of each frame of a recording. */
const facesIn = async (service: InferenceService, file: string, fps: number): Promise<FrameResult['faces'][]> => {
  service.openStream(streamOptions('recording', { fps }));
  const all: FrameResult['faces'][] = [];
  for await (const frame of readFrames({ streamId: 'recording', url: file, fps, maxWidth: 1920, startTs: 0 })) {
    const { faces } = await service.analyze(frame);
    all.push(faces.filter((face) => face.rejected === null));
  }
  service.closeStream('recording');
  return all;
};

describe.skipIf(media === null)('on the test media', () => {
  const folder = media ?? '';
  let service: InferenceService;
  beforeAll(async () => {
    service = await InferenceService.start({ inference: inferenceConfig(), logger: silentLogger });
  });
  afterAll(() => service.close());

  test('at least 16 of 18 group photographs show the right number of faces', async () => {
    const rows = readFileSync(path.join(folder, 'images/compreface/labels.csv'), 'utf8').trim().split('\n').slice(1);
    const wrong: string[] = [];
    for (const row of rows) {
      const [file = '', count = ''] = row.split(',');
      service.openStream(streamOptions(file));
      const frame = await frameOf(path.join(folder, 'images/compreface', file), file, { maxWidth: 1600 });
      const faces = (await service.analyze(frame)).faces.filter((face) => face.rejected === null);
      service.closeStream(file);
      if (faces.length !== Number(count)) wrong.push(`${file}: ${faces.length} of ${count}`);
    }
    expect(rows).toHaveLength(18);
    expect(wrong.length, wrong.join(', ')).toBeLessThanOrEqual(2);
  });

  test('a street without people shows no face', async () => {
    const frames = await facesIn(service, path.join(folder, 'videos/no_face.mp4'), 5);
    expect(frames.length).toBeGreaterThan(15);
    expect(frames.flat()).toEqual([]);
  });

  test.each(['again', 'brother', 'hungry', 'thanks', 'yes'])(
    'a skull printed on a shirt is no face: %s',
    async (name) => {
      const frames = await facesIn(service, path.join(folder, `videos/intel/asl_gestures/${name}.mkv`), 10);
      const counts = frames.map((faces) => faces.length);
      expect(Math.max(...counts)).toBe(1);
      expect(counts.filter((count) => count === 1).length).toBeGreaterThan(0.8 * counts.length);
      expect(new Set(frames.flat().map(({ trackId }) => trackId)).size).toBe(1);
    },
  );
});
