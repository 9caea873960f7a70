import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { createLogger } from '../../../src/runtime/logger.js';

const media = process.env['EMOSCOPE_TEST_MEDIA'] ?? path.resolve('../shared/media');
const scenes = path.join(media, 'scenes');
const FPS = 5;

interface Visit {
  readonly arrive_s: number;
  readonly leave_s: number;
  readonly smiles: boolean;
}

interface Followed {
  firstS: number;
  lastS: number;
  frames: number;
  happiness: number[];
}

/** Every recognised track of a recording: when it was seen and what it showed. */
const follow = async (service: InferenceService, file: string, id: string): Promise<Followed[]> => {
  const { quality, attention, metrics } = configSchema.parse({});
  const { smoothingMs } = metrics;
  service.openStream({ id, role: 'customer', fps: FPS, zones: [], quality, attention, smoothingMs });
  const tracks = new Map<string, Followed>();
  const { signal } = new AbortController();
  for await (const frame of readFrames({ streamId: id, url: file, fps: FPS, maxWidth: 1920, startTs: 0, signal })) {
    for (const face of (await service.analyze(frame)).faces) {
      if (face.rejected !== null) continue;
      const seenS = frame.ts / 1000;
      const track = tracks.get(face.trackId) ?? { firstS: seenS, lastS: seenS, frames: 0, happiness: [] };
      track.lastS = seenS;
      track.frames += 1;
      track.happiness.push(face.smoothed.happiness);
      tracks.set(face.trackId, track);
    }
  }
  service.closeStream(id);
  return [...tracks.values()];
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

describe.skipIf(!existsSync(scenes))('tracking on the flow scenes', () => {
  let service: InferenceService;
  let truth: Record<string, { visitors: Visit[] }>;

  beforeAll(async () => {
    const { inference } = configSchema.parse({});
    service = await InferenceService.start({ inference, logger: createLogger({ level: 'silent', pretty: false }) });
    truth = (JSON.parse(await readFile(path.join(scenes, 'scenes.json'), 'utf8')) as { scenes: typeof truth }).scenes;
  });
  afterAll(() => service.close());

  it.each(['entrance', 'exit'])(
    '%s: one track per visitor, at most 10 % splits, no merges, and the smiles are told from the rest',
    async (name) => {
      const visitors = truth[name]?.visitors ?? [];
      const tracks = await follow(service, path.join(scenes, `${name}.mp4`), name);
      const during = (visit: Visit, track: Followed): boolean =>
        track.firstS >= visit.arrive_s - 0.5 && track.lastS <= visit.leave_s + 0.5;
      const merged = tracks.filter((track) => !visitors.some((visit) => during(visit, track)));
      expect(merged).toEqual([]);
      expect(tracks.length).toBeGreaterThanOrEqual(visitors.length);
      expect(tracks.length).toBeLessThanOrEqual(Math.floor(1.1 * visitors.length));
      const smiling = tracks.filter(({ happiness }) => median(happiness) >= 40).length;
      const expected = visitors.filter(({ smiles }) => smiles).length;
      expect(Math.abs(smiling - expected)).toBeLessThanOrEqual(2);
    },
    240_000,
  );
});
