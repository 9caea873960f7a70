import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { createLogger } from '../../../src/runtime/logger.js';

const media = process.env['EMOSCOPE_TEST_MEDIA'] ?? path.resolve('../shared/media');
const file = path.join(media, 'videos', 'intel', 'head-pose-face-detection-female.mp4');

it.skipIf(!existsSync(file))(
  'a head that turns to the picture’s left, then right, has yaw below, then above zero',
  async () => {
    const { inference, quality, attention } = configSchema.parse({});
    const service = await InferenceService.start({
      inference,
      logger: createLogger({ level: 'silent', pretty: false }),
    });
    service.openStream({ id: 'turn', role: 'customer', fps: 2, zones: [], quality, attention, smoothingMs: 300 });
    const yaws: number[] = [];
    const tracks = new Set<string>();
    for await (const frame of readFrames({ streamId: 'turn', url: file, fps: 2, maxWidth: 1280, startTs: 0 })) {
      for (const face of (await service.analyze(frame)).faces) {
        yaws.push(face.pose.yaw);
        tracks.add(face.trackId);
        expect(face.attention).toBe(Math.abs(face.pose.yaw) <= 15 && Math.abs(face.pose.pitch) <= 15);
      }
    }
    await service.close();
    // Seen by eye: a profile to the left at 0 s, half right at 1 s, almost straight at the end.
    expect(yaws[0]).toBeLessThan(-30);
    expect(Math.max(...yaws)).toBeGreaterThan(20);
    expect(Math.abs(yaws.at(-1) ?? 90)).toBeLessThan(15);
    expect(tracks.size).toBe(1);
  },
);
