import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { segment, startBroadcast } from '../../fixtures/broadcast.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { seeded } from '../../fixtures/store-rows.js';
import { ALL_FAULTS, childrenOf, isAlive, PATIENCE, recovery, startUnderFault } from './service.js';
import { waitFor } from '../../fixtures/wait-until.js';

const folder = temporaryFolder('killed');
afterAll(() => folder.remove());

const ROUNDS = 3;
/** A frame is handed over with its samples at once; a commit begins every half second: older ones count. */
const UNCOMMITTED_MS = 1000;

it.skipIf(!ALL_FAULTS)(
  'kill -9: the next start takes the file up, only the newest is missing, no decoder stays behind',
  PATIENCE,
  async ({ onTestFinished }) => {
    const storePath = join(folder.path, 'emoscope.duckdb');
    const faces = segment(join(folder.path, 'faces.ts'), { seconds: 4, size: '640x360', photo: samplePhoto(1) });
    const camera = await startBroadcast(faces, 4);
    onTestFinished(() => camera.close());
    const random = seeded(7);
    const fps = 5;
    let keptBefore = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedMs = performance.now();
      const service = await startUnderFault(onTestFinished, {
        storePath,
        config: { streams: [{ id: 'door', url: camera.url, fps }] },
      });
      const online = async (): Promise<true | null> =>
        (await service.stream('door')).framesAnalysed > 0 ? true : null;
      if (round > 0) await recovery('kill -9, from the start to the first analysed frame', startedMs, online);
      await service.goesOn('door', 40);
      const { framesAnalysed } = await service.stream('door');
      const seenMs = performance.now();
      // Nothing is waited for: the moment is what is tried. Waiting for a frame would only ever kill just after one.
      await new Promise((resolve) => setTimeout(resolve, random() * 1500));
      const decoders = childrenOf(service.pid, 'ffmpeg');
      expect(decoders.length).toBe(1);
      service.signal('SIGKILL');
      const agoMs = performance.now() - seenMs;
      await service.finished;
      await waitFor('decoders that ended by themselves', () => (decoders.some(isAlive) ? null : true));
      const { analysed, framesWithFaces, sampledFrames } = await service.kept();
      const kept = analysed('door');
      // The same frames are missing from both.
      expect(framesWithFaces).toBe(sampledFrames);
      const sure = keptBefore + framesAnalysed - Math.ceil((Math.max(0, UNCOMMITTED_MS - agoMs) / 1000) * fps);
      console.log(`round ${round + 1}: at least ${sure} frames expected, ${kept} kept`);
      expect(kept).toBeGreaterThanOrEqual(sure);
      keptBefore = kept;
    }
  },
);
