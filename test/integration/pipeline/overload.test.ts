import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { join } from 'node:path';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { metricFamilies } from '../../fixtures/metric-families.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { waitFor } from '../../fixtures/wait-until.js';
import { PATIENCE, startUnderFault } from '../faults/service.js';

/** More than one inference thread can do anywhere: three faces a frame, 160 frames a second. */
const STREAMS = 8;
const FPS = 20;
/** Frames of each stream over which rates are compared. */
const COMPARED_FRAMES = 40;

describe('more cameras than the machine can analyse', () => {
  const folder = temporaryFolder('overload');
  const clip = join(folder.path, 'faces.mp4');

  beforeAll(() => {
    ffmpegSync(
      ...['-loop', '1', '-framerate', String(FPS), '-t', '10', '-i', samplePhoto(1)],
      ...['-vf', "scale=500:-2,crop=480:270:'10+8*sin(t)':20", '-g', '20', '-preset', 'ultrafast'],
      ...['-pix_fmt', 'yuv420p', clip],
    );
  });

  afterAll(() => folder.remove());

  it(
    'share it evenly, say so, keep every queue bounded, and recover by themselves when there are fewer',
    PATIENCE,
    async () => {
      const ids = Array.from({ length: STREAMS }, (_, index) => `cam-${index}`);
      const service = await startUnderFault(onTestFinished, {
        config: { streams: ids.map((id) => ({ id, url: clip, fps: FPS, loop: true })) },
      });
      const streams = async (): Promise<StreamStatus[]> =>
        (await service.get<{ items: StreamStatus[] }>('/api/v1/streams')).items;

      const before = await waitFor('every stream shown as overloaded', async () => {
        const statuses = await streams();
        return statuses.every(({ shortfall }) => shortfall === 'overload') ? statuses : null;
      });
      const after = await waitFor('enough frames to compare rates', async () => {
        const statuses = await streams();
        const analysed = statuses.map(
          ({ framesAnalysed }, index) => framesAnalysed - (before[index]?.framesAnalysed ?? 0),
        );
        return Math.max(...analysed) >= COMPARED_FRAMES ? statuses : null;
      });
      const rates = after.map(({ framesAnalysed }, index) => framesAnalysed - (before[index]?.framesAnalysed ?? 0));
      expect(Math.min(...rates), `analysed in the same time: ${rates.join(', ')}`).toBeGreaterThanOrEqual(
        0.75 * Math.max(...rates),
      );
      for (const { fps, targetFps, drops } of after) {
        expect(fps).toBeLessThan(targetFps);
        expect(drops.superseded).toBeGreaterThan(0);
      }

      const text = await (await fetch(`${service.url}/metrics`)).text();
      expect(text).toContain('emoscope_stream_shortfall{stream="cam-0",reason="overload"} 1');
      expect(metricFamilies(text).get('emoscope_queue_items')?.labels).toContain('queue');
      for (const queue of ['frames-in-work', 'frames-waiting', 'store-rows', 'reports']) {
        const items = await service.metric('emoscope_queue_items', { queue });
        expect(items, queue).toBeLessThanOrEqual(await service.metric('emoscope_queue_capacity_items', { queue }));
      }
      expect(await service.metric('emoscope_queue_capacity_items', { queue: 'frames-waiting' })).toBe(STREAMS);

      for (const id of ids.slice(1)) expect(await service.send('DELETE', `/api/v1/streams/${id}`)).toBe(204);
      expect(await service.send('PATCH', '/api/v1/streams/cam-0', { fps: 2 })).toBe(200);
      const [last] = await waitFor('the rest is judged normal again', async () => {
        const statuses = await streams();
        return statuses.every(({ shortfall, fps }) => shortfall === null && fps >= 1.8) ? statuses : null;
      });
      expect(last).toMatchObject({ id: 'cam-0', state: 'online', targetFps: 2 });
      expect(await service.metric('emoscope_queue_capacity_items', { queue: 'frames-waiting' })).toBe(1);
      const ended = await service.stop();
      expect(ended.code).toBe(0);
      const line = ended.stderr.split('\n').find((entry) => entry.includes('fewer frames than asked for are analysed'));
      expect(line).toContain('cam-');
    },
  );
});
