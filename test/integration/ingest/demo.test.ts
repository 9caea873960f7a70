import { statSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { DEMO_CAMERAS } from '../../../src/ingest/demo/demo-cameras.js';
import { DEMO_CONTACT, makeDemoVideos } from '../../../src/ingest/demo/make-demo-videos.js';
import { DEMO_FPS } from '../../../src/ingest/demo/pan-and-zoom.js';
import { probeSource } from '../../../src/ingest/probe.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { temporaryFolder } from '../../fixtures/clips.js';

/** Standard deviation of the bytes of a picture: 0 for one colour. */
const contrastOf = (data: Uint8Array): number => {
  const mean = data.reduce((sum, byte) => sum + byte, 0) / data.length;
  return Math.sqrt(data.reduce((sum, byte) => sum + (byte - mean) ** 2, 0) / data.length);
};

describe('demo cameras', () => {
  const folder = temporaryFolder('demo');
  afterAll(() => folder.remove());

  it('are an entrance, an exit and the two sides of a contact point, of equal length', () => {
    expect(DEMO_CAMERAS.map(({ role }) => role)).toEqual(['entrance', 'exit', 'customer', 'seller']);
    const lengths = [DEMO_CONTACT.seller, DEMO_CONTACT.customer].map((id) =>
      DEMO_CAMERAS.find((camera) => camera.id === id)?.shots.reduce((sum, { seconds }) => sum + seconds, 0),
    );
    expect(lengths[0]).toBeGreaterThan(10);
    expect(lengths[0]).toBeCloseTo(lengths[1] ?? 0);
  });

  it('have shots of whole pictures, so that the two sides of the till do not drift apart loop by loop', () => {
    for (const { shots } of DEMO_CAMERAS)
      for (const { seconds } of shots) expect(seconds * DEMO_FPS).toBeCloseTo(Math.round(seconds * DEMO_FPS), 6);
  });

  it('are made once, show people and, in between, nobody', { timeout: 240_000 }, async () => {
    const shares: number[] = [];
    const only = [DEMO_CONTACT.seller];
    const options = { folder: folder.path, only, onProgress: (_: string, share: number) => shares.push(share) };
    const [video] = await makeDemoVideos(options);
    if (video === undefined) throw new Error('no video');
    expect(shares.at(-1)).toBe(1);
    expect(await probeSource(video.file)).toEqual({ codec: 'h264', width: 960, height: 540, sourceFps: 25 });
    const contrasts: number[] = [];
    for await (const { data } of readFrames({ streamId: 'd', url: video.file, fps: 1, maxWidth: 160, startTs: 0 })) {
      contrasts.push(contrastOf(data));
    }
    expect(contrasts).toHaveLength(Math.ceil(video.seconds));
    expect(contrasts[0]).toBeLessThan(10);
    expect(Math.max(...contrasts)).toBeGreaterThan(30);
    const { mtimeMs } = statSync(video.file);
    await makeDemoVideos(options);
    expect(statSync(video.file).mtimeMs).toBe(mtimeMs);
  });

  it('leave nothing behind when making them is interrupted', async () => {
    const abort = new AbortController();
    const half = makeDemoVideos({
      folder: `${folder.path}/half`,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(half).rejects.toThrow();
    const again = await makeDemoVideos({ folder: `${folder.path}/half`, only: [] });
    expect(again).toEqual([]);
    expect(() => statSync(`${folder.path}/half/entrance.mp4`)).toThrow();
  });
});
